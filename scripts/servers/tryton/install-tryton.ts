import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findProgram } from '../server-process.ts';

/** The programs that a Tryton on PostgreSQL is made of. */
export interface TrytonPrograms {
  readonly trytond: string;
  readonly trytondAdmin: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly psql: string;
  /** In words for the output of a run. */
  readonly description: string;
}

/** What a retailer's ERP and warehouse need, with the modules that these depend on. */
export const TRYTON_MODULES = [
  'product',
  'product_price_list',
  'stock',
  'stock_lot',
  'sale',
  'sale_price_list',
  'sale_complaint',
  'purchase',
  'account',
  'account_product',
  'account_invoice',
  'account_invoice_stock',
  'account_stock_continental',
  'carrier',
];

const INSTALL_MS_MAX = 600_000;

/**
 * Tryton and PostgreSQL of the machine, else of Debian's packages where the user may install them.
 * @returns what is missing when there is neither
 */
export function installTryton(): TrytonPrograms | { readonly missing: string } {
  const present = find();
  if (present) return present;
  if (process.getuid?.() !== 0 || findProgram('apt-get') === undefined) {
    return { missing: 'trytond, its modules or PostgreSQL are not installed, and packages of Debian cannot be' };
  }
  const modules = TRYTON_MODULES.map((name) => `tryton-modules-${name.replaceAll('_', '-')}`);
  const packages = ['tryton-server', ...modules, 'python3-psycopg2', 'postgresql'];
  console.log('Installing Tryton and PostgreSQL from the packages of Debian.');
  aptGet('update');
  aptGet('install', '--yes', '--no-install-recommends', ...packages);
  return find() ?? { missing: 'the packages of Debian could not be installed' };
}

function aptGet(...args: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['--quiet=2', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env,
    timeout: INSTALL_MS_MAX,
  });
}

function find(): TrytonPrograms | undefined {
  const [trytond, trytondAdmin] = ['trytond', 'trytond-admin'].map(findProgram);
  const [initdb, postgres, psql] = ['initdb', 'postgres', 'psql'].map(findProgram);
  if (!trytond || !trytondAdmin || !initdb || !postgres || !psql || !haveModules()) return undefined;
  const versions = [versionOf(trytond), versionOf(postgres)].join(' on ');
  return { trytond, trytondAdmin, initdb, postgres, psql, description: `real: ${versions}` };
}

/** Where Debian's Python looks for packages. */
const MODULES_FOLDER = '/usr/lib/python3/dist-packages/trytond/modules';

function haveModules(): boolean {
  return TRYTON_MODULES.every((name) => existsSync(`${MODULES_FOLDER}/${name}`));
}

function versionOf(program: string): string {
  return spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout.trim();
}
