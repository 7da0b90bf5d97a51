import { auditSums } from './audit-sums.ts';
import { auditTrackedStock } from './audit-tracked-stock.ts';
import { BUCKETS, COLUMN, NONE, VIRTUAL_LOCATIONS } from './bucket.ts';
import { virtualBalance, type LedgerState } from './ledger-state.ts';
import { claimedBy } from './reservation.ts';

/**
 * Holds a state against what must be true of it at every moment: nothing appears or disappears, and claims are exactly
 * the open reservations and allocations. It reads everything, so it is for tests and operators.
 * @returns what does not hold, in words; empty when all does
 */
export function auditState(state: LedgerState): readonly string[] {
  return [
    ...unbalanced(state),
    ...wrongClaims(state),
    ...wrongDemand(state),
    ...auditSums(state),
    ...auditTrackedStock(state),
  ];
}

function unbalanced(state: LedgerState): string[] {
  const { positions, skuIds } = state;
  return skuIds.toTexts().flatMap((sku, index) => {
    let sum = 0;
    for (const place of VIRTUAL_LOCATIONS) sum += virtualBalance(state, index, place);
    for (let row = positions.firstOfSku(index); row !== NONE; row = positions.nextOfSku(row)) {
      for (const bucket of BUCKETS) sum += positions.get(row, COLUMN[bucket]);
    }
    return sum === 0 ? [] : [`All places together hold ${sum} steps of ${sku}, and must hold 0.`];
  });
}

interface Claims {
  softReserved: number;
  allocated: number;
  picked: number;
}

const CLAIM_NAMES = ['softReserved', 'allocated', 'picked'] as const;

function wrongClaims(state: LedgerState): string[] {
  const { positions } = state;
  const claims = new Map<number, Claims>();
  const at = (sku: number, location: number): Claims => {
    const row = positions.find(sku, location);
    const found = claims.get(row) ?? { softReserved: 0, allocated: 0, picked: 0 };
    claims.set(row, found);
    return found;
  };
  for (const reservation of state.reservations.active()) {
    if (reservation.location === NONE) continue;
    for (const { sku, steps } of claimedBy(reservation)) at(sku, reservation.location).softReserved += steps;
  }
  const faults: string[] = [];
  for (const { sku, location, steps, picked, order, orderLine } of state.allocations.all()) {
    at(sku, location).allocated += steps;
    at(sku, location).picked += picked;
    if (picked > steps) faults.push(`Line ${orderLine} of order ${order} has more picked than allocated.`);
  }
  for (let row = 0; row < positions.size; row++) {
    for (const name of CLAIM_NAMES) {
      const held = positions.get(row, COLUMN[name]);
      const open = claims.get(row)?.[name] ?? 0;
      if (held !== open)
        faults.push(`${name} of ${nameOf(state, row)} is ${held} steps; what is open sums to ${open}.`);
    }
  }
  if (claims.has(NONE)) faults.push('Something is claimed at a position that does not exist.');
  return faults;
}

/** Demand without a location, by SKU and network. */
function wrongDemand(state: LedgerState): string[] {
  const open = new Map<string, number>();
  for (const reservation of state.reservations.active()) {
    if (reservation.location !== NONE) continue;
    for (const { sku, steps } of claimedBy(reservation)) {
      const key = `${sku}|${reservation.network}`;
      open.set(key, (open.get(key) ?? 0) + steps);
    }
  }
  const skus = state.skuIds.toTexts();
  return [...state.territory.networks.values()].flatMap(({ id, index }) =>
    skus.flatMap((sku, skuIndex) => {
      const held = state.unsourced.of(skuIndex, index);
      const sum = open.get(`${skuIndex}|${index}`) ?? 0;
      return held === sum ? [] : [`The demand for ${sku} in ${id} is ${held} steps; what is open sums to ${sum}.`];
    }),
  );
}

function nameOf({ positions, skuIds, locationIds }: LedgerState, row: number): string {
  return `${skuIds.textOf(positions.skuOf(row))} at ${locationIds.textOf(positions.locationOf(row))}`;
}
