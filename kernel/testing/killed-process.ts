import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What is waited for before the patience ends and the test fails. */
const PATIENCE_MS = 60_000;

export interface KilledProcess {
  /** The lines that it wrote before it died, the last one only if it is whole. */
  readonly lines: readonly string[];
}

/**
 * Runs a script in a process of its own and kills it with SIGKILL as soon as it has written `linesBefore` lines.
 * @throws when it ends by itself before, with what it wrote to its error output
 */
export async function killAfterLines(
  script: URL,
  args: readonly string[],
  linesBefore: number,
): Promise<KilledProcess> {
  const child = spawn(process.execPath, [script.pathname, ...args], { stdio: 'pipe' });
  const errors: string[] = [];
  child.stderr.on('data', (data: Buffer) => errors.push(data.toString()));
  const patience = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS);
  const ended = new Promise<NodeJS.Signals | null>((resolve) =>
    child.once('close', (_code, signal) => resolve(signal)),
  );
  const lines = await readUntilKilled(child, linesBefore);
  const signal = await ended;
  clearTimeout(patience);
  if (signal !== 'SIGKILL' || lines.length < linesBefore) {
    throw new Error(`The process ended after ${lines.length} lines (${String(signal)}): ${errors.join('')}`);
  }
  return { lines };
}

async function readUntilKilled(child: ChildProcessWithoutNullStreams, linesBefore: number): Promise<string[]> {
  const lines: string[] = [];
  // Every line ends with a full stop, so that one that was cut off is told from a whole one.
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.endsWith('.')) lines.push(line.slice(0, -1));
    if (lines.length === linesBefore) child.kill('SIGKILL');
  }
  return lines;
}
