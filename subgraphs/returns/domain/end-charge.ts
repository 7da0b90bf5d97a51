import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Change, ReturnState } from './return-state.ts';

export interface ChargeEnd {
  readonly charge: string;
  /** SETTLED: the customer has paid it. */
  readonly outcome: 'SETTLED' | 'WAIVED';
  readonly reason: string;
}

/** The customer owes it no more. A repeat of the same end changes nothing. */
export function endCharge(state: ReturnState, { charge: id, outcome, reason }: ChargeEnd): Change | RefusalValue {
  const charge = state.charges?.find((each) => each.id === id);
  if (!charge) return refuse('BAD_USER_INPUT', `The return has no charge ${id}.`, { field: 'charge', charge: id });
  if (charge.status === outcome) return { state, steps: [] };
  if (charge.status !== 'OPEN') {
    return refuse('ILLEGAL_TRANSITION', `The charge is ${charge.status}.`, { from: charge.status, to: outcome });
  }
  const ended = { ...charge, status: outcome, reason };
  return {
    state: { ...state, charges: state.charges?.map((each) => (each.id === id ? ended : each)) ?? [] },
    steps: [],
  };
}
