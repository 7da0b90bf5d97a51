import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A server in a process of its own, so that its CPU time is its own. */
export interface MeasuredProcess {
  readonly url: string;
  /** CPU time, user and system, since the process began, in microseconds. */
  cpuUs(): Promise<number>;
  stop(): Promise<void>;
}

const READY_TIMEOUT_MS = 60_000;

/** Starts a module that calls `serveMeasured`. `argument` is JSON data. */
export async function startMeasuredProcess(module: string, argument: unknown = {}): Promise<MeasuredProcess> {
  const child = fork(module, [JSON.stringify(argument)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const { url } = (await answerOf(child, undefined)) as { url: string };
  return {
    url,
    cpuUs: async () => ((await answerOf(child, 'cpu')) as { cpuUs: number }).cpuUs,
    stop: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** In the child: announces its address and answers questions about its CPU time. */
export function serveMeasured(url: string): void {
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuUs: user + system });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ url });
}

/** In the child: what the parent gave. */
export function measuredArgument<T>(): T {
  return JSON.parse(process.argv[2] ?? '{}') as T;
}

async function answerOf(child: ChildProcess, question: string | undefined): Promise<unknown> {
  const answer = once(child, 'message', { signal: AbortSignal.timeout(READY_TIMEOUT_MS) });
  const exit = once(child, 'exit').then(([code]) => {
    throw new Error(`A measured process ended with ${String(code)} before it answered.`);
  });
  if (question !== undefined) child.send(question);
  const [message] = (await Promise.race([answer, exit])) as [unknown];
  return message;
}
