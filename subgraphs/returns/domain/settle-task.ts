import type { Money } from '../../../kernel/model/money.ts';
import { addTasks } from './add-tasks.ts';
import { withLines } from './change-lines.ts';
import type { Change, RefundStatus, ReturnState } from './return-state.ts';
import type { Task, TaskOf } from './task.ts';

/** The order knows now that these units came back. */
export function settleRegistration(state: ReturnState, task: TaskOf<'REGISTER_RETURN'>): ReturnState {
  const registered = new Set(task.lines.map(({ line }) => line));
  const lines = state.lines.map((line) => (registered.has(line.id) ? { ...line, isRegistered: true } : line));
  return withLines(state, lines);
}

/** The order says that these units are not its own to come back: they are blind. */
export function detachRefused(state: ReturnState, task: TaskOf<'REGISTER_RETURN'>): ReturnState {
  const refused = new Set(task.lines.map(({ line }) => line));
  const lines = state.lines.map((line) => (refused.has(line.id) ? { ...line, orderLine: null } : line));
  return withLines(state, lines);
}

/** Money is to be given back for goods that were decided on. */
export function grantRefund(
  state: ReturnState,
  { id, amount, nowMs }: { readonly id: string; readonly amount: Money; readonly nowMs: number },
): ReturnState {
  if (amount.amountMinor === 0) return state;
  const refund = { id, amount, status: 'REQUESTED', requestedAtMs: nowMs, isStated: false } as const;
  const granted = { ...state, refunds: [...state.refunds, refund] };
  return addTasks(granted, [{ kind: 'REGISTER_REFUND', refund: id }], nowMs);
}

/** The order has registered a refund, or has refused it. */
export function settleRefund(
  state: ReturnState,
  { refund: id, status, nowMs }: { readonly refund: string; readonly status: RefundStatus; readonly nowMs: number },
): Change {
  const refunds = state.refunds.map((refund) => (refund.id === id ? { ...refund, status } : refund));
  const refund = refunds.find((candidate) => candidate.id === id);
  const isPaid = refund !== undefined && status === 'SUCCEEDED';
  return {
    state: { ...state, refunds },
    steps: isPaid ? [{ step: 'REFUNDED', lines: [], occurredAtMs: nowMs, refund: refund.amount }] : [],
  };
}

export function setTask(state: ReturnState, task: Task): ReturnState {
  return { ...state, tasks: state.tasks.map((known) => (known.id === task.id ? task : known)) };
}

/** Closes decided lines once everything that follows from them is done; a refused task or refund keeps them visible. */
export function closeFinished(state: ReturnState): ReturnState {
  const isSettled =
    state.tasks.every((task) => task.state === 'DONE') &&
    state.refunds.every((refund) => refund.status === 'SUCCEEDED');
  const { dueAtMs: _due, ...rest } = state;
  const isWaiting = state.tasks.some((task) => task.state === 'PENDING');
  if (!isSettled) return isWaiting ? state : rest;
  const lines = state.lines.map((line) =>
    line.status === 'DISPOSITIONED' ? { ...line, status: 'CLOSED' as const } : line,
  );
  return withLines(rest, lines);
}
