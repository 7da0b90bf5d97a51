import { DocumentConflict } from '../../../kernel/ports/document-errors.ts';
import type { Versioned } from '../../../kernel/ports/documents.ts';
import { partitionOf, PARTITIONS } from '../../../schema/events/partition.ts';
import { inPresentForm } from '../domain/present-form.ts';
import type { Change, ReturnState, Step } from '../domain/return-state.ts';
import { closeFinished, setTask } from '../domain/settle-task.ts';
import { TASK_LANES, type Task } from '../domain/task.ts';
import type { ReturnsLimits } from './returns-limits.ts';
import type { ReturnsParts } from './returns-parts.ts';
import { saveReturn } from './save-return.ts';
import { performTask } from './tasks/perform-task.ts';
import type { TaskOutcome } from './tasks/task-outcome.ts';

/**
 * Does what a return waits for, as far as the owners answer; the rest is due again later. May run in several processes
 * at once and after a crash at any point: each task is repeated under its own id until its outcome is saved.
 */
export async function runTasks(parts: ReturnsParts, id: string): Promise<void> {
  for (let round = 0; round < parts.limits.roundsMax; round++) {
    const current = await parts.store.returns.get(id);
    if (!current?.document.tasks.some((task) => task.state === 'PENDING')) return;
    const advance = await advanceTasks(parts, current);
    try {
      await saveReturn(parts, advance, current);
      if (advance.isThrough) return;
    } catch (error) {
      // Somebody else changed the return meanwhile; its tasks are looked at anew.
      if (!(error instanceof DocumentConflict)) throw error;
    }
  }
}

interface Advance extends Change {
  /** False: what was decided has to be saved before the next task. */
  readonly isThrough: boolean;
}

async function advanceTasks(parts: ReturnsParts, current: Versioned<ReturnState>): Promise<Advance> {
  let state = inPresentForm(current.document);
  const steps: Step[] = [];
  const waiting = new Set<string>();
  const tried: Task[] = [];
  for (const task of current.document.tasks) {
    if (task.state !== 'PENDING' || waiting.has(TASK_LANES[task.kind])) continue;
    const outcome = await tryTask(parts, { ...current, document: state }, task);
    const settled = settle(task, outcome);
    if (outcome.status !== 'NOT_YET') {
      state = outcome.change.state;
      steps.push(...outcome.change.steps);
    }
    state = setTask(state, settled);
    const isDecision = outcome.status === 'DONE' && outcome.isDecision === true;
    if (isDecision && state.tasks.some((each) => each.state === 'PENDING')) return { state, steps, isThrough: false };
    if (settled.state === 'PENDING') {
      waiting.add(TASK_LANES[task.kind]);
      tried.push(settled);
    }
  }
  const finished = closeFinished(state);
  return { state: postpone(parts, finished, tried), steps, isThrough: true };
}

type Tried = TaskOutcome | { readonly status: 'NOT_YET'; readonly reason: string; readonly isUnanswered: true };

async function tryTask(parts: ReturnsParts, current: Versioned<ReturnState>, task: Task): Promise<Tried> {
  const { telemetry } = parts.platform;
  try {
    const outcome = await performTask({ parts, state: current.document, version: current.version }, task);
    if (outcome.status === 'REFUSED') {
      telemetry.count('returns_tasks_refused_total', { task: task.kind });
      telemetry.log('warn', 'a task of a return was refused', { task: task.id, code: outcome.code });
    }
    return outcome;
  } catch (error) {
    telemetry.count('returns_task_failures_total', { task: task.kind });
    telemetry.log('warn', 'a task of a return has to wait', { task: task.id, error: String(error) });
    return { status: 'NOT_YET', reason: String(error), isUnanswered: true };
  }
}

function settle(task: Task, outcome: Tried): Task {
  const attempts = task.attempts + 1;
  switch (outcome.status) {
    case 'DONE':
      return { ...task, state: 'DONE', attempts };
    case 'REFUSED':
      return { ...task, state: 'REFUSED', attempts, refusal: { code: outcome.code, message: outcome.message } };
    case 'NOT_YET':
      return { ...task, attempts, unfitAnswers: task.unfitAnswers + ('isUnanswered' in outcome ? 0 : 1) };
  }
}

function postpone({ platform, limits }: ReturnsParts, state: ReturnState, tried: readonly Task[]): ReturnState {
  if (tried.length === 0) return state;
  const waitMs = Math.min(...tried.map((task) => backoffMs(task, limits)));
  return { ...state, dueAtMs: platform.clock.nowMs() + waitMs };
}

/** Doubles with each attempt; the id spreads returns that wait for the same owner over half of the time. */
function backoffMs({ id, attempts }: Task, { taskBackoffMinMs, taskBackoffMaxMs }: ReturnsLimits): number {
  const wholeMs = Math.min(taskBackoffMaxMs, taskBackoffMinMs * 2 ** Math.min(attempts - 1, 30));
  return Math.ceil(wholeMs * (0.5 + partitionOf(id) / (2 * PARTITIONS)));
}
