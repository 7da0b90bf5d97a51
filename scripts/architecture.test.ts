import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';

const ROOT = join(import.meta.dirname, '..');
const CONFIG = '.dependency-cruiser.cjs';
const FOLDERS = ['schema', 'kernel', 'connectors', 'subgraphs', 'gateway', 'scripts'];

interface CruiseSummary {
  readonly totalCruised: number;
  readonly violations: readonly {
    readonly from: string;
    readonly to: string;
    readonly rule: { readonly name: string };
  }[];
}

/** Rule -> a file and what it may not import. A path starting with `npm:` is a package. */
const BREACHES: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'no-cycles': ['kernel/model/a.ts', 'kernel/model/b.ts'],
  'schema-imports-nothing': ['schema/events/a.ts', 'kernel/model/b.ts'],
  'model-knows-only-error-codes': ['kernel/model/a.ts', 'kernel/ports/b.ts'],
  'ports-know-only-the-model': ['kernel/ports/a.ts', 'kernel/engine/b.ts'],
  'adapters-know-only-ports': ['kernel/adapters/embedded/a.ts', 'kernel/engine/b.ts'],
  'engine-knows-only-ports': ['kernel/engine/a.ts', 'kernel/adapters/embedded/b.ts'],
  'kernel-graphql-knows-only-ports': ['kernel/graphql/a.ts', 'kernel/engine/b.ts'],
  'telemetry-knows-only-ports': ['kernel/telemetry/a.ts', 'kernel/engine/b.ts'],
  'kernel-knows-no-part-above-it': ['kernel/engine/a.test.ts', 'subgraphs/orders/domain/b.ts'],
  'drivers-only-in-their-adapter': ['subgraphs/orders/main.ts', 'npm:node:sqlite'],
  'kernel-testing-only-in-tests': ['kernel/engine/a.ts', 'kernel/testing/b.ts'],
  'simulators-know-nothing-of-the-hub': ['connectors/simulators/erp/a.ts', 'kernel/model/b.ts'],
  'connectors-know-kernel-and-schema': ['connectors/erp/vendor/a.ts', 'gateway/transport/b.ts'],
  'simulators-only-in-tests-and-scripts': ['connectors/erp/vendor/a.ts', 'connectors/simulators/erp/b.ts'],
  'connector-kinds-meet-only-in-the-runtime': ['connectors/erp/vendor/a.ts', 'connectors/pos/square/b.ts'],
  'gateway-knows-subgraphs-as-handles': ['gateway/executor/a.ts', 'subgraphs/orders/main.ts'],
  ...Object.fromEntries(
    ['inventory', 'operations', 'orders', 'products', 'returns'].flatMap((context): [string, [string, string]][] => [
      [`${context}-composes-its-own`, [`subgraphs/${context}/main.test.ts`, 'subgraphs/other/app/b.ts']],
      [`${context}-domain-is-pure`, [`subgraphs/${context}/domain/a.ts`, 'kernel/ports/b.ts']],
      [`${context}-domain-uses-no-package`, [`subgraphs/${context}/domain/a.ts`, 'npm:graphql']],
      [`${context}-app-knows-ports`, [`subgraphs/${context}/app/a.ts`, 'kernel/adapters/embedded/b.ts']],
      [`${context}-graphql-decides-nothing`, [`subgraphs/${context}/graphql/a.ts`, 'kernel/ports/b.ts']],
    ]),
  ),
};

const temporary: string[] = [];

afterAll(() => temporary.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

describe('the import rules', () => {
  test('hold for the whole project, and every module was read', () => {
    const { totalCruised, violations } = cruise(ROOT, FOLDERS);

    expect(violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
    expect(totalCruised).toBeGreaterThan(150);
  });

  const rules = (createRequire(import.meta.url)(join(ROOT, CONFIG)) as { forbidden: { name: string }[] }).forbidden;

  test('have one planted breach each', () => {
    expect(Object.keys(BREACHES).sort()).toEqual(rules.map((rule) => rule.name).sort());
  });

  test('see the planted breach of each rule', () => {
    const seen = new Set(cruise(plantedTree(), FOLDERS).violations.map(({ rule, from }) => `${rule.name} in ${from}`));
    const unseen = Object.entries(BREACHES).filter(
      ([rule, [from]]) => !seen.has(`${rule} in ${plantedName(from, rule)}`),
    );

    expect(unseen.map(([rule]) => rule)).toEqual([]);
  });
});

/** A project of nothing but breaches, each in files of its own. */
function plantedTree(): string {
  const root = mkdtempSync(join(tmpdir(), 'stockwire-architecture-'));
  temporary.push(root);
  for (const file of [CONFIG, 'tsconfig.json', 'package.json']) copyFileSync(join(ROOT, file), join(root, file));
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'));
  for (const folder of FOLDERS) mkdirSync(join(root, folder));
  for (const [rule, [from, to]] of Object.entries(BREACHES)) {
    if (to.startsWith('npm:')) {
      plant(root, plantedName(from, rule), to.slice('npm:'.length));
    } else {
      plant(root, plantedName(from, rule), relativeTo(from, plantedName(to, rule)));
      plant(root, plantedName(to, rule), rule === 'no-cycles' ? relativeTo(to, plantedName(from, rule)) : 'node:fs');
    }
  }
  return root;
}

function plantedName(file: string, rule: string): string {
  return join(dirname(file), `${rule}-${basename(file)}`);
}

function relativeTo(file: string, target: string): string {
  return '../'.repeat(file.split('/').length - 1) + target;
}

function plant(root: string, file: string, imported: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), `import * as other from '${imported}';\nexport const a = other;\n`);
}

function cruise(folder: string, paths: readonly string[]): CruiseSummary {
  const cli = join(ROOT, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const args = [cli, '--config', CONFIG, '--output-type', 'json', '--no-progress', ...paths];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { summary: CruiseSummary }).summary;
}
