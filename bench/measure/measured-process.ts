import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A module that runs in a process of its own, so that its CPU time is its own. */
export interface MeasuredProcess {
  /** Where it serves; empty for one that serves nothing. */
  readonly url: string;
  /** CPU time, user and system, since the process began, in microseconds. */
  cpuUs(): Promise<number>;
  /** Calls a handler of the child. One question at a time. */
  ask(question: string, argument?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** What a child can be asked, by name; arguments and answers are JSON data. */
export type Handlers = Readonly<Record<string, (argument: never) => unknown>>;

interface Question {
  readonly question: string;
  readonly argument?: unknown;
}

/** The child's answer, or why there is none. */
interface Reply {
  readonly answer?: unknown;
  readonly failure?: string;
}

/** How long a child may take to begin, or to answer. */
const ANSWER_TIMEOUT_MS = 300_000;

/**
 * Starts a module that calls `serveMeasured`. `argument` is JSON data. NODE_ENV is production, because libraries do more
 * in development; what the child prints is dropped, what it complains about is shown. `nodeFlags` go before the module.
 */
export async function startMeasuredProcess(
  module: string,
  argument: unknown = {},
  nodeFlags: readonly string[] = [],
): Promise<MeasuredProcess> {
  const directory = mkdtempSync(join(tmpdir(), 'bench-argument-'));
  // A supergraph is longer than an argument of a process may be.
  const argumentFile = join(directory, 'argument.json');
  writeFileSync(argumentFile, JSON.stringify(argument));
  const child = fork(module, [argumentFile], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [...process.execArgv, ...nodeFlags],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  const { url } = (await answerOf(child, module).finally(() => rmSync(directory, { recursive: true }))) as {
    url: string;
  };
  const ask = (question: string, given?: unknown) => answerOf(child, module, { question, argument: given });
  return {
    url,
    ask,
    cpuUs: async () => (await ask('cpu')) as number,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

/** In the child: says that it is ready and where it serves, and answers questions. */
export function serveMeasured(url = '', handlers: Handlers = {}): void {
  const cpu = () => {
    const { user, system } = process.cpuUsage();
    return user + system;
  };
  const all: Handlers = { ...handlers, cpu };
  process.on('message', ({ question, argument }: Question) => {
    void reply(all[question], argument).then((message) => process.send?.(message));
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ answer: { url } } satisfies Reply);
}

/** In the child: what the parent gave. To be asked before `serveMeasured` is called, because it is there no longer then. */
export function measuredArgument(): unknown {
  const [, , file] = process.argv;
  return file === undefined ? {} : JSON.parse(readFileSync(file, 'utf8'));
}

async function reply(handle: Handlers[string] | undefined, argument: unknown): Promise<Reply> {
  try {
    if (!handle) throw new Error('The child knows no such question.');
    return { answer: await handle(argument as never) };
  } catch (error) {
    return { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

async function answerOf(child: ChildProcess, module: string, question?: Question): Promise<unknown> {
  const aborter = new AbortController();
  const signal = AbortSignal.any([aborter.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
  const exit = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`${module} ended with ${String(code)} before it answered.`);
  });
  const message = once(child, 'message', { signal });
  try {
    if (question) child.send(question);
    const [{ answer, failure }] = (await Promise.race([message, exit])) as [Reply];
    if (failure !== undefined) throw new Error(`${module} failed: ${failure}`);
    return answer;
  } finally {
    aborter.abort();
    await Promise.allSettled([message, exit]);
  }
}
