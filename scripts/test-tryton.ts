import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APART_DATABASE, TRYTON_VARIABLE } from '../connectors/systems/tryton/testing/config.ts';
import { installTryton } from './servers/tryton/install-tryton.ts';
import { openTryton } from './servers/tryton/open-tryton.ts';
import { SMALL_SEED, seedTryton } from './servers/tryton/seed-tryton.ts';

/** Runs the tests against a real Tryton of their own; arguments go to jest. */
async function testTryton(args: readonly string[]): Promise<number> {
  const programs = installTryton();
  if ('missing' in programs) {
    console.error(`Skipped, there is no Tryton: ${programs.missing}.`);
    return process.env['TRYTON_REQUIRED'] === undefined ? 0 : 1;
  }
  console.log(`Tests run on Tryton, ${programs.description}; making its database takes a minute or two.`);
  const directory = await mkdtemp(join(tmpdir(), 'stockwire-tryton-'));
  const tryton = await openTryton(programs, directory);
  try {
    const underTest = await seedTryton(tryton, SMALL_SEED);
    await tryton.copyAs(APART_DATABASE);
    const jest = join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
    const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
    const run = spawn(process.execPath, [...options, '--config', 'jest.tryton.config.ts', '--runInBand', ...args], {
      env: { ...process.env, [TRYTON_VARIABLE]: JSON.stringify(underTest) },
      stdio: 'inherit',
    });
    const [code] = (await once(run, 'exit')) as [number | null];
    return code ?? 1;
  } finally {
    await tryton.stop();
    await rm(directory, { recursive: true, force: true });
  }
}

process.exitCode = await testTryton(process.argv.slice(2));
