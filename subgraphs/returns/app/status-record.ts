import type { ReturnStatusChanged } from '../../../schema/events/returns.ts';
import type { ReturnState } from '../domain/return-state.ts';

/** A return as its subscribers see it after a change. */
export function statusRecordOf(state: ReturnState, previous?: ReturnState): ReturnStatusChanged {
  const { id, order, customer, location, status, changedAtMs } = state;
  const former = previous?.location ?? null;
  return {
    return: id,
    order,
    customer,
    location,
    ...(former !== null && former !== location && { formerLocation: former }),
    status,
    changedAt: new Date(changedAtMs).toISOString(),
  };
}
