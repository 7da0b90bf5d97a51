import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { MeasuredProcess } from '../measure/measured-process.ts';
import { findProgram } from '../../scripts/servers/server-process.ts';
import type { PublishArgument } from './change-script.ts';
import type { ServeArgument } from './serve-argument.ts';

const SOURCE = join(import.meta.dirname, 'send-loop.c');

/** Whether there is a compiler for the server in C. */
export function canBuildNative(): boolean {
  return findProgram('cc') !== undefined;
}

/**
 * Compiles the loop of `send()` and starts it.
 * @throws when it does not compile or does not start
 */
export async function startNativeServer({ skuCount }: ServeArgument): Promise<MeasuredProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'stockwire-bench-'));
  const program = join(directory, 'send-loop');
  const { status, stderr } = spawnSync('cc', ['-O2', '-o', program, SOURCE], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`send-loop.c does not compile: ${stderr}`);
  const child = spawn(program, [String(skuCount)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { done, value } = await lines.next();
    if (done) throw new Error('send-loop ended before it answered.');
    return value;
  };
  const command = (text: string): Promise<string> => {
    child.stdin.write(`${text}\n`);
    return nextLine();
  };
  return {
    url: await nextLine(),
    cpuUs: async () => Number(await command('cpu')),
    ask: async (_question, argument) => {
      const { events, perSecond, changesPerEvent } = argument as PublishArgument;
      return JSON.parse(await command(`publish ${events} ${perSecond} ${changesPerEvent}`)) as unknown;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
      await rm(directory, { recursive: true, force: true });
    },
  };
}
