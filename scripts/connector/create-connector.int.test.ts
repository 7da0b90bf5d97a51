import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { check, resolveConfig } from 'prettier';
import { findVendors } from '../systems/find-vendors.ts';
import { CONNECTOR_KINDS, ConnectorRefused, createConnector } from './create-connector.ts';

/*
 * Makes a connector of each kind in a tree of its own, which stands on this one, and does with it what whoever made it does
 * next: types, lint, format, the suite of its port, the start with it. The templates are tested here and nowhere else.
 */

const ROOT = join(import.meta.dirname, '../..');
const NAME = 'acme-two';

let tree: string;
const made: string[] = [];

beforeAll(async () => {
  tree = mkdtempSync(join(tmpdir(), 'stockwire-connector-'));
  standOn(tree, ['kernel', 'schema', 'node_modules', 'package.json', '.oxlintrc.json', '.prettierrc.json']);
  standOn(join(tree, 'connectors'), ['connectors/runtime', 'connectors/simulators', 'connectors/systems']);
  for (const kind of CONNECTOR_KINDS) {
    standOn(join(tree, 'connectors', kind), filesOf(`connectors/${kind}`));
    const order = { kind, name: NAME, templates: join(ROOT, 'connectors'), into: join(tree, 'connectors') };
    made.push(...(await createConnector(order)));
  }
  const tsconfig = { extends: join(ROOT, 'tsconfig.json'), include: ['connectors/*/acme-two/**/*.ts'] };
  writeFileSync(join(tree, 'tsconfig.json'), JSON.stringify(tsconfig));
});

afterAll(() => rmSync(tree, { recursive: true }));

/** Links to what lies in this tree. */
function standOn(folder: string, paths: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  for (const path of paths) symlinkSync(join(ROOT, path), join(folder, path.split('/').at(-1) ?? ''));
}

function filesOf(folder: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => `${folder}/${name}`);
}

function run(command: string, ...args: readonly string[]): { readonly status: number | null; readonly output: string } {
  const { status, stdout, stderr } = spawnSync(join(ROOT, 'node_modules/.bin', command), args, {
    cwd: tree,
    encoding: 'utf8',
  });
  return { status, output: `${stdout}${stderr}` };
}

/** Of what was made, whatever else may be under way. */
function faultsOfTypes(): readonly string[] {
  const lines = run('tsc', '-p', tree).output.split('\n');
  return lines.filter((line) => line.startsWith('connectors/') && line.includes(NAME));
}

/** As `npm test` runs, of what was made alone. */
function runSuites(...only: readonly string[]): { readonly status: number | null; readonly output: string } {
  const config = {
    rootDir: tree,
    testEnvironment: 'node',
    testMatch: ['**/*.int.test.ts'],
    testTimeout: 180_000,
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '\\.ts$': join(ROOT, 'scripts/test/strip-types-transform.cjs') },
  };
  const jest = join(ROOT, 'node_modules/jest/bin/jest.js');
  const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const { status, stderr } = spawnSync(
    process.execPath,
    [...flags, jest, '--config', JSON.stringify(config), ...only],
    {
      cwd: tree,
      encoding: 'utf8',
    },
  );
  return { status, output: stderr };
}

describe('a connector that was made from its template', () => {
  test('has an adapter, a fake of its vendor and a test, all under its own name', () => {
    for (const kind of CONNECTOR_KINDS) {
      expect(made).toEqual(
        expect.arrayContaining(
          [
            'README.md',
            'acme-two.int.test.ts',
            'connect-acme-two.ts',
            'testing/fake-acme-two.ts',
            'testing/play-acme-two.ts',
            'vendor.ts',
          ].map((file) => `${kind}/${NAME}/${file}`),
        ),
      );
    }
    for (const file of made) expect([file, read(file).match(/template/i)]).toEqual([file, null]);
  });

  test('is formatted', async () => {
    for (const file of made) {
      const filepath = join(tree, 'connectors', file);
      expect([
        file,
        await check(read(file), { ...(await resolveConfig(join(ROOT, 'package.json'))), filepath }),
      ]).toEqual([file, true]);
    }
  });

  test('fits the types, and its faults would be seen', () => {
    const vendor = join(tree, 'connectors/pos', NAME, 'vendor.ts');
    expect(faultsOfTypes()).toEqual([]);
    writeFileSync(vendor, read(`pos/${NAME}/vendor.ts`).replace('VendorDefinition<Pos>', 'VendorDefinition<string>'));
    expect(faultsOfTypes().join()).toContain(`connectors/pos/${NAME}/vendor.ts`);
    writeFileSync(vendor, read(`pos/${NAME}/vendor.ts`).replace('VendorDefinition<string>', 'VendorDefinition<Pos>'));
  });

  test('passes the lint', () => {
    const folders = CONNECTOR_KINDS.map((kind) => `connectors/${kind}/${NAME}`);
    expect(run('oxlint', '--quiet', ...folders)).toEqual({ status: 0, output: expect.any(String) });
  });

  test('passes the suite of its port at once, and fails it when it is wrong', () => {
    const whole = runSuites();
    expect([whole.status, whole.output]).toEqual([0, expect.stringContaining('Test Suites: 3 passed, 3 total')]);
    expect(whole.output).toMatch(/Tests: +7\d passed/);
    const intake = join(tree, 'connectors/pos', NAME, 'acme-two-intake.ts');
    writeFileSync(intake, read(`pos/${NAME}/acme-two-intake.ts`).replace("'hex')", "'base64')"));
    const wrong = runSuites('--testPathPatterns', 'connectors/pos', '--testNamePattern', 'a webhook brings each fact');
    expect(wrong.output).toMatch(/Tests: +1 failed/);
  });

  test('may be named in the file of systems, with what it needs', async () => {
    const found = await findVendors(join(tree, 'connectors'));
    expect(Object.keys(found)).toEqual(CONNECTOR_KINDS.map((kind) => `${kind}/${NAME}`));
    expect(found[`pos/${NAME}`]?.options['properties']).toHaveProperty('webhookSecret');
    expect(await findVendors(join(ROOT, 'connectors'))).not.toHaveProperty('pos/template');
  });

  test.each([
    ['till', 'acme', 'There is no template of "till"'],
    ['pos', 'Acme', '"Acme" is no NAME'],
    ['pos', '../acme', 'is no NAME'],
    ['pos', 'template', 'is no NAME'],
    ['pos', NAME, 'pos/acme-two is there already'],
  ])('is refused as %s %s', async (kind, name, words) => {
    const into = join(tree, 'connectors');
    const order = createConnector({ kind, name, templates: join(ROOT, 'connectors'), into });
    await expect(order).rejects.toThrow(ConnectorRefused);
    await expect(order).rejects.toThrow(words);
  });
});

function read(file: string): string {
  return readFileSync(join(tree, 'connectors', file), 'utf8');
}
