import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import type { PlannerQuestion, PlannerReply } from './planner-messages.ts';

/** How long one answer may take before the process is ended. */
const ANSWER_MS_MAX = 5_000;

const CHILD = fileURLToPath(new URL('./planner-child.ts', import.meta.url));

/** In a thread of its own, because the one that asks sleeps until it is answered: one question at a time. */
const { port, signal } = workerData as { readonly port: MessagePort; readonly signal: Int32Array };

let child: ChildProcess | undefined;
/** The question that waits for its answer. */
let asked: number | undefined;
let overdue: NodeJS.Timeout | undefined;

port.on('message', (question: PlannerQuestion) => {
  asked = question.sequence;
  const planner = (child ??= start());
  overdue = setTimeout(() => planner.kill('SIGKILL'), ANSWER_MS_MAX);
  planner.send(question);
});

function start(): ChildProcess {
  const started = fork(CHILD, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  started.on('message', (answered: PlannerReply) => reply(answered));
  // What could not be sent is answered by the end of the process.
  started.on('error', () => started.kill('SIGKILL'));
  started.once('exit', () => {
    child = undefined;
    if (asked !== undefined) reply({ sequence: asked, answer: { type: 'crashed' } });
  });
  return started;
}

function reply(answered: PlannerReply): void {
  clearTimeout(overdue);
  asked = undefined;
  port.postMessage(answered);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}
