import { refuse } from '../../../kernel/model/errors.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { CommandOf } from './ledger-command.ts';
import type { LedgerState } from './ledger-state.ts';

/** Those that are not active any more stay as they are. Whoever cancels as an owner is refused what is not its own. */
export function decideCancelReservations(
  state: LedgerState,
  { request, owner }: CommandOf<'cancel-reservations'>,
  { nowMs }: DecisionMoment,
): Decision<'cancel-reservations'> {
  const active = new Set<string>();
  for (const id of request.reservations) {
    const reservation = state.reservations.get(id);
    const isKnown = reservation && (owner === undefined || reservation.owner === owner);
    if (owner !== undefined && !isKnown) {
      return refuse('UNKNOWN_RESERVATION', `No reservation ${id} is known.`, { reservation: id });
    }
    if (reservation?.status === 'ACTIVE') active.add(id);
  }
  const cancelled = [...active];
  if (cancelled.length === 0) return { events: [], answer: { cancelled } };
  const events = [{ type: 'reservations-cancelled' as const, atMs: nowMs, reservations: cancelled }];
  return { events, answer: { cancelled }, isAnswerOfEvents: true };
}
