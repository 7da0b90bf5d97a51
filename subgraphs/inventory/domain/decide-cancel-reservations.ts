import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Steps } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import { answerOf } from './decide-reserve-stock.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { CommandOf, ReservationAnswer } from './ledger-command.ts';
import type { LedgerEvent, ReservedLine } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { readLine } from './read-line.ts';
import type { Reservation } from './reservation.ts';

type Cancelling = CommandOf<'cancel-reservations'>;

/**
 * Those that are not active any more stay as they are. Whoever cancels as an owner is refused what is not its own. What is
 * left of a claim that is given up in part is a claim of its own, which keeps its terms and its place among those that wait.
 */
export function decideCancelReservations(
  state: LedgerState,
  { request, owner }: Cancelling,
  moment: DecisionMoment,
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
  const rests = restsOf(state, request.parts ?? [], active);
  if (isRefusal(rests)) return rests;
  const cancelled = [...active];
  const atMs = moment.nowMs;
  if (cancelled.length === 0) return { events: [], answer: { cancelled } };
  const events: LedgerEvent[] = [{ type: 'reservations-cancelled', atMs, reservations: cancelled }];
  if (rests.length === 0) return { events, answer: { cancelled }, isAnswerOfEvents: true };
  const reservations: ReservationAnswer[] = [];
  for (const rest of rests) {
    const event = claimedAnew(state, rest, moment);
    events.push(event.event);
    reservations.push(answerOf(state, event.line, rest.reservation.expiresAtMs));
  }
  return { events, answer: { cancelled, reservations } };
}

interface Rest {
  readonly reservation: Reservation;
  /** What is left of it. */
  readonly steps: Steps;
  readonly backordered: Steps;
}

/** What is left of claims, each of which is added to those that end. */
function restsOf(
  state: LedgerState,
  parts: NonNullable<Cancelling['request']['parts']>,
  ending: Set<string>,
): readonly Rest[] | RefusalValue {
  const rests: Rest[] = [];
  for (const { reservation: id, quantity } of parts) {
    const reservation = state.reservations.get(id);
    if (reservation?.status !== 'ACTIVE' || ending.has(id)) continue;
    const givenUp = readLine(state, { sku: state.skuIds.textOf(reservation.sku), quantity });
    if (isRefusal(givenUp)) return givenUp;
    ending.add(id);
    const steps = reservation.steps - givenUp.steps;
    const backordered = Math.max(0, reservation.backordered - givenUp.steps);
    if (steps > 0) rests.push({ reservation, steps, backordered });
  }
  return rests;
}

function claimedAnew(
  { skuIds, locationIds }: LedgerState,
  { reservation, steps, backordered }: Rest,
  moment: DecisionMoment,
): { readonly event: LedgerEvent; readonly line: ReservedLine } {
  const { kind, channel, owner, location, expiresAtMs, priority, reservedAtMs, lineRef, sku, components } = reservation;
  const line: ReservedLine = {
    id: moment.nextId(),
    lineRef,
    sku: skuIds.textOf(sku),
    steps,
    ...(backordered > 0 && { backordered }),
    ...(components && { components: components.map((part) => ({ ...part, sku: skuIds.textOf(part.sku) })) }),
  };
  const event: LedgerEvent = {
    type: 'stock-reserved',
    atMs: moment.nowMs,
    kind,
    channel,
    ...(owner !== undefined && { owner }),
    ...(location !== NONE && { location: locationIds.textOf(location) }),
    expiresAtMs,
    priority,
    sinceMs: reservedAtMs,
    lines: [line],
  };
  return { event, line };
}
