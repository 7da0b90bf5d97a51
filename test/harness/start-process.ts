import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { dirname, join } from 'node:path';

/** A process as it is started from a shell. */
export interface StartProcess {
  /** All it has written so far. */
  output(): string;
  errorOutput(): string;
  /** Undefined while it runs; null when a signal has ended it. */
  exitCode(): number | null | undefined;
  stop(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<number | null>;
  ended(): Promise<number | null>;
}

const ROOT = join(import.meta.dirname, '..', '..');

/** Runs what `npm start` runs, with these variables beside those of this process. */
export function startProcess(env: Readonly<Record<string, string>>): StartProcess {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: { start: string } };
  const [, ...args] = scripts.start.split(' ');
  const compiled = getCompileCacheDir();
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: '', ...(compiled && { NODE_COMPILE_CACHE: dirname(compiled) }), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, errorOutput] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errorOutput += text));
  let exitCode: number | null | undefined;
  const ended = once(child, 'close').then(([code]) => (exitCode = code as number | null));
  return {
    output: () => output,
    errorOutput: () => errorOutput,
    exitCode: () => exitCode,
    ended: () => ended,
    stop: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}
