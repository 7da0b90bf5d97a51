import { withLines } from './change-lines.ts';
import type { Change, Refund, RefundProgress, RefundStatus, ReturnLine, ReturnState } from './return-state.ts';
import { isMeantBy } from './split-line.ts';
import type { Task, TaskOf } from './task.ts';

/** The order knows now that these units came back. */
export function settleRegistration(state: ReturnState, task: TaskOf<'REGISTER_RETURN'>): ReturnState {
  return withLines(
    state,
    changeMeant(state, task, (line) => ({ ...line, isRegistered: true })),
  );
}

/** The order says that these units are not its own to come back: they are blind. */
export function detachRefused(state: ReturnState, task: TaskOf<'REGISTER_RETURN'>): ReturnState {
  return withLines(
    state,
    changeMeant(state, task, (line) => ({ ...line, orderLine: null })),
  );
}

/** The ledger has moved these units. */
export function settleDisposal(state: ReturnState, task: TaskOf<'DISPOSE'>): ReturnState {
  const named = { ...task, lines: task.lines.map(({ returnLine }) => ({ line: returnLine })) };
  const dispositions = new Map(task.lines.map(({ returnLine, disposition }) => [returnLine, disposition]));
  return withLines(
    state,
    changeMeant(state, named, (line, meant) => {
      const disposition = dispositions.get(meant);
      return disposition === undefined ? line : { ...line, movedAs: disposition };
    }),
  );
}

/** Lines that a task names, also those that were parted from them since it was added. */
function changeMeant(
  { lines, tasks }: ReturnState,
  task: { readonly id: string; readonly lines: readonly { readonly line: string }[] },
  change: (line: ReturnLine, meant: string) => ReturnLine,
): readonly ReturnLine[] {
  const place = tasks.findIndex(({ id }) => id === task.id);
  return lines.map((line) => {
    const meant = task.lines.find((named) => isMeantBy(line, { named: named.line, place }));
    return meant ? change(line, meant.line) : line;
  });
}

/** How far a refund got by what orders tells of it; without figures it is given back. */
export function refundStatusOf(progress: RefundProgress | undefined): RefundStatus {
  if (!progress) return 'SUCCEEDED';
  if (progress.pendingMinor > 0) return 'SUBMITTED';
  if (progress.failedMinor > 0) return 'FAILED';
  return progress.reversedMinor > 0 ? 'REVERSED' : 'SUCCEEDED';
}

/** The order has registered a refund, has refused it, or tells what became of it. */
export function settleRefund(state: ReturnState, { refund: id, status, progress, nowMs }: RefundOutcome): Change {
  const known = state.refunds.find((refund) => refund.id === id);
  // What was called off stays so: the money is no longer due, whatever is told late.
  if (!known || known.status === 'CANCELLED') return { state, steps: [] };
  const settled = { ...known, status, ...(progress && { progress }) };
  const refunds = state.refunds.map((refund) => (refund.id === id ? settled : refund));
  const isPaid = status === 'SUCCEEDED' && known.status !== 'SUCCEEDED';
  return {
    state: { ...state, refunds },
    steps: isPaid ? [{ step: 'REFUNDED', lines: [], occurredAtMs: nowMs, refund: settled.amount }] : [],
  };
}

export interface RefundOutcome {
  readonly refund: string;
  readonly status: RefundStatus;
  readonly progress?: RefundProgress | undefined;
  readonly nowMs: number;
}

export function setTask(state: ReturnState, task: Task): ReturnState {
  return { ...state, tasks: state.tasks.map((known) => (known.id === task.id ? task : known)) };
}

/** Closes decided lines once everything that follows from them is done; a refused task, a refund that is not given back or an open charge keeps them visible. */
export function closeFinished(state: ReturnState): ReturnState {
  const isOver = ({ status, replacedBy }: Refund): boolean =>
    status === 'SUCCEEDED' || status === 'CANCELLED' || replacedBy !== undefined;
  const over = new Set(state.refunds.filter(isOver).map(({ id }) => id));
  const isDone = (task: Task): boolean =>
    task.state === 'DONE' || (task.state === 'REFUSED' && task.kind === 'REGISTER_REFUND' && over.has(task.refund));
  const isSettled =
    state.tasks.every(isDone) &&
    state.refunds.every(isOver) &&
    (state.charges ?? []).every(({ status }) => status !== 'OPEN');
  const { dueAtMs: _due, ...rest } = state;
  const isWaiting = state.tasks.some((task) => task.state === 'PENDING');
  if (!isSettled) return isWaiting ? state : rest;
  const lines = state.lines.map((line) =>
    line.status === 'DISPOSITIONED' ? { ...line, status: 'CLOSED' as const } : line,
  );
  return withLines(rest, lines);
}
