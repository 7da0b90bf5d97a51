import type { Decision, DecisionMoment } from './decision.ts';
import type { LedgerEvent } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** Reservations ended by one command; the rest follows with the next. */
const EXPIRIES_PER_COMMAND_MAX = 1_000;

/** Ends what is due. Time alone changes nothing before this is in the log. */
export function decideExpireReservations(
  state: LedgerState,
  { nowMs }: DecisionMoment,
): Decision<'expire-reservations'> {
  const events = state.reservations.due(nowMs, EXPIRIES_PER_COMMAND_MAX).map((reservation): LedgerEvent => {
    const { id, sku, steps, kind, owner } = reservation;
    const expired = { reservation: id, sku: state.skuIds.textOf(sku), steps, kind };
    return { type: 'reservation-expired', atMs: nowMs, ...expired, ...(owner !== undefined && { owner }) };
  });
  return { events, answer: { expired: events.length } };
}
