import type { LineStatus } from './line-transitions.ts';
import type { ReturnState } from './return-state.ts';

/** What stands where words of people stood. */
const ERASED = '(erased)';

const ENDED: readonly LineStatus[] = ['REJECTED', 'CANCELLED', 'CLOSED'];

/** Whether nothing of a return is under way: until then it has to be known for whom it is. */
export function hasEnded({ status, dueAtMs }: ReturnState): boolean {
  return ENDED.includes(status) && dueAtMs === undefined;
}

/** Puts a pseudonym in the place of the customer, and takes out what people wrote. Goods and money stay. */
export function withoutCustomer(state: ReturnState, pseudonym: string): ReturnState {
  if (state.customer === pseudonym) return state;
  const { authorization } = state;
  return {
    ...state,
    customer: pseudonym,
    ...(authorization?.note !== undefined && { authorization: { ...authorization, note: ERASED } }),
  };
}
