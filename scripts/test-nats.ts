import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findNats } from './servers/find-nats.ts';

/** Runs the tests that need a NATS server, with one that is found or made; arguments go to jest. */
function testNats(args: readonly string[]): number {
  const server = findNats();
  if (!server) {
    console.error('No nats-server: put one on the PATH, name it by NATS_SERVER, or install Go.');
    return 1;
  }
  const given = process.env['NATS_URL'];
  const kills = `nats-server ${server.version} (${server.from}: ${server.binary})`;
  console.log(
    given === undefined ? `Tests run on ${kills}.` : `Contracts run on ${given}; what is killed is ${kills}.`,
  );
  const jest = join(import.meta.dirname, '..', 'node_modules', 'jest', 'bin', 'jest.js');
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', jest];
  const run = spawnSync(process.execPath, [...options, '--config', 'jest.nats.config.ts', ...args], {
    env: { ...process.env, NATS_SERVER: server.binary },
    stdio: 'inherit',
  });
  return run.status ?? 1;
}

process.exitCode = testNats(process.argv.slice(2));
