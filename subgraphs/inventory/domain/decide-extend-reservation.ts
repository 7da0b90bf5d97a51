import { refuse } from '../../../kernel/model/errors.ts';
import { answerOf } from './decide-reserve-stock.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { CommandOf } from './ledger-command.ts';
import type { LedgerState } from './ledger-state.ts';
import { LIFETIME_MS_MAX_BY_KIND, TTL_MS_BY_KIND, TTL_MS_MAX, TTL_MS_MIN, type Reservation } from './reservation.ts';

/**
 * Lets a reservation last for `ttlMs` from now, never shorter than before, within the lifetime of its kind. A reservation
 * whose time is up is still active until the writer has ended it, so whichever of the two comes first holds.
 */
export function decideExtendReservation(
  state: LedgerState,
  { request, owner }: CommandOf<'extend-reservation'>,
  { nowMs }: DecisionMoment,
): Decision<'extend-reservation'> {
  const { reservation: id } = request;
  const reservation = state.reservations.get(id);
  if (!reservation || (owner !== undefined && reservation.owner !== owner)) {
    return refuse('UNKNOWN_RESERVATION', `No reservation ${id} is known.`, { reservation: id });
  }
  const { kind, status, expiresAtMs: formerMs } = reservation;
  if (status !== 'ACTIVE') {
    return refuse('RESERVATION_NOT_ACTIVE', `Reservation ${id} is not active.`, { reservation: id, status });
  }
  const ttlMs = request.ttlMs ?? TTL_MS_BY_KIND[kind];
  const lifetimeMs = LIFETIME_MS_MAX_BY_KIND[kind];
  if (ttlMs === null || lifetimeMs === null || formerMs === null) {
    return refuse('BAD_USER_INPUT', `A reservation of kind ${kind} never expires.`, { reservation: id, kind });
  }
  if (ttlMs < TTL_MS_MIN || ttlMs > TTL_MS_MAX) {
    const bounds = { field: 'ttlMs', min: TTL_MS_MIN, max: TTL_MS_MAX };
    return refuse('BAD_USER_INPUT', `ttlMs must be ${TTL_MS_MIN} to ${TTL_MS_MAX}.`, bounds);
  }
  const expiresAtMs = Math.max(formerMs, nowMs + ttlMs);
  const latestMs = reservation.reservedAtMs + lifetimeMs;
  if (expiresAtMs > latestMs) {
    const details = { reservation: id, limit: 'LIFETIME_MS_MAX_BY_KIND', latest: new Date(latestMs).toISOString() };
    return refuse('LIMIT_EXCEEDED', `A reservation of kind ${kind} may not last that long.`, details);
  }
  const answer = { reservation: toldAs(state, reservation, expiresAtMs) };
  if (expiresAtMs === formerMs) return { events: [], answer };
  return { events: [{ type: 'reservation-extended', atMs: nowMs, reservation: id, expiresAtMs }], answer };
}

function toldAs(state: LedgerState, { id, lineRef, sku, steps, backordered }: Reservation, expiresAtMs: number) {
  const owing = backordered > 0 ? { backordered } : {};
  return answerOf(state, { id, lineRef, sku: state.skuIds.textOf(sku), steps, ...owing }, expiresAtMs);
}
