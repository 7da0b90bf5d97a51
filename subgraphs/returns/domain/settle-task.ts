import { withLines } from './change-lines.ts';
import type { LineStatus } from './line-transitions.ts';
import type { Change, Refund, RefundProgress, RefundStatus, ReturnLine, ReturnState } from './return-state.ts';
import { evenOut, missedOf } from './settle-money.ts';
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
export function settleRefund(
  state: ReturnState,
  { refund: id, status, progress, nowMs, nextId }: RefundOutcome,
): Change {
  const known = state.refunds.find((refund) => refund.id === id);
  if (!known) return { state, steps: [] };
  const isGivenUp = known.status === 'CANCELLED' || known.replacedBy !== undefined;
  // What was called off stays so: the money is no longer due, whatever is told late.
  const next = known.status === 'CANCELLED' ? known.status : status;
  const settled = { ...known, status: next, ...(progress && { progress }) };
  const refunds = state.refunds.map((refund) => (refund.id === id ? settled : refund));
  const isPaid = next === 'SUCCEEDED' && known.status !== 'SUCCEEDED';
  const lateMinor = isGivenUp ? missedOf(known) - missedOf(settled) : 0;
  return {
    state: evenOut({ ...state, refunds }, { amountMinor: lateMinor, nowMs, nextId }),
    steps: isPaid ? [{ step: 'REFUNDED', lines: [], occurredAtMs: nowMs, refund: settled.amount }] : [],
  };
}

export interface RefundOutcome {
  readonly refund: string;
  readonly status: RefundStatus;
  readonly progress?: RefundProgress | undefined;
  readonly nowMs: number;
  readonly nextId: () => string;
}

export function setTask(state: ReturnState, task: Task): ReturnState {
  return { ...state, tasks: state.tasks.map((known) => (known.id === task.id ? task : known)) };
}

/**
 * Closes decided lines once everything that follows from them is done; a refused task, a refund that is not given back or
 * an open charge keeps them visible, and brings them back when it comes later.
 */
export function closeFinished(state: ReturnState): ReturnState {
  const over = new Set(state.refunds.filter(isOver).map(({ id }) => id));
  const isDone = (task: Task): boolean =>
    task.state === 'DONE' || (task.state === 'REFUSED' && task.kind === 'REGISTER_REFUND' && over.has(task.refund));
  const isOwed = (state.charges ?? []).some(({ status }) => status === 'OPEN');
  const isSettled = !isOwed && state.tasks.every(isDone) && state.refunds.every(isOver);
  const { dueAtMs: _due, ...rest } = state;
  const isWaiting = state.tasks.some((task) => task.state === 'PENDING');
  if (isSettled) return moveAll(rest, 'DISPOSITIONED', 'CLOSED');
  const isMissed = state.refunds.some((refund) => !isOver(refund) && missedOf(refund) > 0);
  const kept = isWaiting ? state : rest;
  return isOwed || isMissed ? moveAll(kept, 'CLOSED', 'DISPOSITIONED') : kept;
}

const isOver = ({ status, replacedBy }: Refund): boolean =>
  status === 'SUCCEEDED' || status === 'CANCELLED' || replacedBy !== undefined;

function moveAll(state: ReturnState, from: LineStatus, to: LineStatus): ReturnState {
  if (!state.lines.some(({ status }) => status === from)) return state;
  return withLines(
    state,
    state.lines.map((line) => (line.status === from ? { ...line, status: to } : line)),
  );
}
