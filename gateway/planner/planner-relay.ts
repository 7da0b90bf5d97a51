import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { workerData } from 'node:worker_threads';
import type { PlannerQuestion, PlannerReply, RelayData } from './planner-messages.ts';

/** In a thread of its own, because the one that asks sleeps until it is answered: one question at a time. */
const { port, signal, module } = workerData as RelayData;

/** How much longer the first answer of a process may take. */
const START_MS_MAX = 10_000;

let child: ChildProcess | undefined;
/** The question that waits for its answer. */
let asked: number | undefined;
let overdue: NodeJS.Timeout | undefined;

port.on('message', (question: PlannerQuestion) => {
  asked = question.sequence;
  const startMs = child ? 0 : START_MS_MAX;
  const planner = (child ??= start());
  overdue = setTimeout(() => planner.kill('SIGKILL'), startMs + question.answerMsMax);
  planner.send(question);
});

function start(): ChildProcess {
  const started = fork(module, { execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
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
