import { chown, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { percentile } from '../measure/closed-loop.ts';
import {
  findProgram,
  findUser,
  freePort,
  output,
  startServer,
  type User,
} from '../../scripts/servers/server-process.ts';
import type { LoadArgument, ReservationLoad } from './reservation-load.ts';
import { STOCK_ROWS, STOCK_UNITS, type StockServer } from './stock-server.ts';

const THREADS = 2;

const STOCK_TABLES = [
  'CREATE TABLE stock (sku integer PRIMARY KEY, qty integer NOT NULL)',
  `INSERT INTO stock SELECT sku, ${STOCK_UNITS} FROM generate_series(1, ${STOCK_ROWS}) AS sku`,
  'CREATE TABLE reservation (id uuid PRIMARY KEY, sku integer NOT NULL, qty integer NOT NULL, at timestamptz NOT NULL)',
  'VACUUM ANALYZE stock',
];

/**
 * PostgreSQL with a cluster of its own under `directory`, every commit synced, asked by pgbench over loopback TCP.
 * @returns undefined when it is not installed
 */
export async function openPostgres(directory: string): Promise<StockServer | undefined> {
  const [initdb, postgres, psql, pgbench] = ['initdb', 'postgres', 'psql', 'pgbench'].map(findProgram);
  if (!initdb || !postgres || !psql || !pgbench) return undefined;
  // The server refuses to run as root.
  const user = process.getuid?.() === 0 ? findUser('postgres') : undefined;
  const cwd = await ownFolder(directory, user);
  const data = join(cwd, 'data');
  await output(initdb, ['-D', data, '--auth=trust', '--username=bench', '--encoding=UTF8'], { user, cwd });
  const port = String(await freePort());
  const login = ['-h', '127.0.0.1', '-p', port, '-U', 'bench'];
  const settings = ['listen_addresses=127.0.0.1', 'synchronous_commit=on', 'fsync=on', 'max_connections=100'];
  const args = ['-D', data, '-p', port, '-k', cwd, ...settings.flatMap((setting) => ['-c', setting])];
  const query = (sql: string) => output(psql, [...login, '-v', 'ON_ERROR_STOP=1', '-d', 'postgres', '-c', sql]);
  const server = await startServer(postgres, args, { user, cwd, isReady: () => query('SELECT 1') });
  try {
    for (const statement of STOCK_TABLES) await query(statement);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { load: (argument) => load({ pgbench, login, directory: cwd }, argument), stop: () => server.stop() };
}

async function ownFolder(directory: string, user: User | undefined): Promise<string> {
  const folder = await mkdtemp(join(directory, 'postgres-'));
  if (!user) return folder;
  // The temporary folder above it is made for its owner alone.
  await chown(directory, user.uid, user.gid);
  await chown(folder, user.uid, user.gid);
  return folder;
}

async function load(
  {
    pgbench,
    login,
    directory,
  }: { readonly pgbench: string; readonly login: readonly string[]; readonly directory: string },
  argument: LoadArgument,
): Promise<ReservationLoad> {
  const folder = await mkdtemp(join(directory, 'load-'));
  const script = join(folder, 'reserve.sql');
  await writeFile(script, scriptOf(argument));
  const { callers, durationMs, perSecond } = argument;
  const rate = perSecond === undefined ? [] : ['--rate', String(Math.round(perSecond))];
  const time = String(Math.max(1, Math.round(durationMs / 1_000)));
  const clients = ['-c', String(callers), '-j', String(Math.min(THREADS, callers)), '-T', time];
  const log = ['--log', `--log-prefix=${join(folder, 'times')}`];
  await output(pgbench, ['-n', '-M', 'prepared', '-f', script, ...clients, ...rate, ...log, ...login, 'postgres']);
  const latenciesMs = await latenciesOf(folder);
  await rm(folder, { recursive: true });
  return {
    reservations: latenciesMs.length,
    reservationsPerSecond: latenciesMs.length / Number(time),
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
  };
}

/** One transaction; several lines lock their rows in one order, so that nobody waits for the other in a circle. */
function scriptOf({ distribution, lines }: LoadArgument): string {
  const share = Math.floor(STOCK_ROWS / lines);
  const numbers = Array.from({ length: lines }, (_, index) => index);
  const skuOf = (index: number) =>
    distribution === 'hot' ? String(index + 1) : `random(${index * share + 1}, ${(index + 1) * share})`;
  const take = (index: number) => `
WITH taken AS (UPDATE stock SET qty = qty - 1 WHERE sku = :sku${index} AND qty >= 1 RETURNING sku)
INSERT INTO reservation SELECT gen_random_uuid(), sku, 1, now() FROM taken;`;
  const variables = numbers.map((index) => `\\set sku${index} ${skuOf(index)}`).join('\n');
  const statements = numbers.map(take).join('\n');
  return lines === 1 ? `${variables}${statements}\n` : `${variables}\nBEGIN;${statements}\nEND;\n`;
}

/** pgbench logs a line per transaction, whose third field is its time in microseconds. */
async function latenciesOf(folder: string): Promise<readonly number[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('times'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const lines = texts.flatMap((text) => text.trimEnd().split('\n'));
  return lines.map((line) => Number(line.split(' ')[2]) / 1_000).sort((a, b) => a - b);
}
