import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Tender } from '../../../schema/events/fields.ts';
import { addTasks } from './add-tasks.ts';
import type { Change, ReturnState } from './return-state.ts';
import type { TaskContent } from './task.ts';

export interface ChargeEnd {
  readonly charge: string;
  /** SETTLED: the customer has paid it. */
  readonly outcome: 'SETTLED' | 'WAIVED';
  /** How it was paid, of SETTLED. Absent: outside the hub, which cannot give it back then. */
  readonly tender?: Tender;
  readonly reason: string;
  readonly nowMs: number;
}

/** The customer owes it no more. A repeat of the same end changes nothing. */
export function endCharge(
  state: ReturnState,
  { charge: id, outcome, reason, tender, nowMs }: ChargeEnd,
): Change | RefusalValue {
  const charge = state.charges?.find((each) => each.id === id);
  if (!charge) return refuse('BAD_USER_INPUT', `The return has no charge ${id}.`, { field: 'charge', charge: id });
  if (charge.status === outcome) return { state, steps: [] };
  if (charge.status !== 'OPEN') {
    return refuse('ILLEGAL_TRANSITION', `The charge is ${charge.status}.`, { from: charge.status, to: outcome });
  }
  if (tender !== undefined && outcome === 'WAIVED') {
    return refuse('BAD_USER_INPUT', 'What is waived is not paid.', { field: 'tender' });
  }
  const ended = { ...charge, status: outcome, reason };
  const charges = state.charges?.map((each) => (each.id === id ? ended : each)) ?? [];
  const tasks: readonly TaskContent[] = tender === undefined ? [] : [{ kind: 'REGISTER_CHARGE', charge: id, tender }];
  return { state: addTasks({ ...state, charges }, tasks, nowMs), steps: [] };
}
