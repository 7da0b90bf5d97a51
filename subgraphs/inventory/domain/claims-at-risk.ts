import type { Steps } from '../../../kernel/model/quantity.ts';
import { COLUMN, NONE } from './bucket.ts';
import type { ClaimAtRisk } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';
import { claimedBy, type Reservation } from './reservation.ts';

/** Reservations that one shortage names. */
const CLAIMS_AT_RISK_MAX = 100;

/**
 * Which reservations at a location give way first when `short` of what is promised there is missing: the lowest priority,
 * then the newest. What is left after them is missing from allocations, which hold the promises made to order lines.
 */
export function claimsAtRisk(
  { positions, reservations }: Pick<LedgerState, 'positions' | 'reservations'>,
  { sku, location }: { readonly sku: number; readonly location: number },
  short: Steps,
): readonly ClaimAtRisk[] {
  const row = positions.find(sku, location);
  let unseen = row === NONE ? 0 : positions.get(row, COLUMN.softReserved);
  const bound: Reservation[] = [];
  if (unseen === 0) return [];
  for (const reservation of reservations.active()) {
    if (reservation.location !== location) continue;
    const claim = claimedBy(reservation).find((claimed) => claimed.sku === sku);
    if (!claim) continue;
    // Of a kit, what is missing is told in steps of its component.
    bound.push({ ...reservation, ...claim });
    unseen -= claim.steps;
    if (unseen === 0) break;
  }
  bound.sort(firstToGiveWay);
  const named: ClaimAtRisk[] = [];
  let missing = short;
  for (const reservation of bound.slice(0, CLAIMS_AT_RISK_MAX)) {
    if (missing <= 0) break;
    const steps = Math.min(missing, reservation.steps);
    named.push({ ...atRiskOf(reservation), steps });
    missing -= steps;
  }
  return named;
}

function firstToGiveWay(a: Reservation, b: Reservation): number {
  return a.priority - b.priority || b.reservedAtMs - a.reservedAtMs || (a.id < b.id ? 1 : -1);
}

function atRiskOf({ id, steps, kind, priority, owner }: Reservation): ClaimAtRisk {
  return { reservation: id, steps, kind, priority, ...(owner !== undefined && { owner }) };
}
