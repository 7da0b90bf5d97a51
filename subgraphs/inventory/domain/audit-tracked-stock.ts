import { BUCKETS, COLUMN, NONE } from './bucket.ts';
import { stepsOfSerial } from './evolve-tracked-stock.ts';
import type { LedgerState } from './ledger-state.ts';

/** Lots and serials against the positions: together they are what each bucket holds, and no serial is in two places. */
export function auditTrackedStock(state: LedgerState): readonly string[] {
  return [...wrongSums(state), ...missingPositions(state), ...wrongSerials(state), ...wrongLots(state)];
}

function wrongSums(state: LedgerState): string[] {
  const faults: string[] = [];
  for (const [row, { unidentified, lots, serials }] of state.tracked.positions()) {
    const sums = [...unidentified];
    for (const balances of lots.values()) balances.forEach((steps, bucket) => addTo(sums, bucket, steps));
    const each = stepsOfSerial(state, state.positions.skuOf(row));
    for (const bucket of serials.values()) addTo(sums, bucket, each);
    BUCKETS.forEach((bucket, index) => {
      const held = state.positions.get(row, COLUMN[bucket]);
      if (sums[index] === held) return;
      faults.push(`${bucket} of ${nameOf(state, row)} is ${held} steps; its lots or serials are ${sums[index]}.`);
    });
  }
  return faults;
}

/** A position of a tracked SKU that holds something is tracked, and no other is. */
function missingPositions(state: LedgerState): string[] {
  const faults: string[] = [];
  for (const [row] of state.tracked.positions()) {
    const isTracked = state.skus[state.positions.skuOf(row)]?.tracking !== undefined;
    if (!isTracked) faults.push(`${nameOf(state, row)} has lots or serials, and its SKU is not tracked.`);
  }
  state.skus.forEach((record, sku) => {
    if (!record?.tracking) return;
    for (let row = state.positions.firstOfSku(sku); row !== NONE; row = state.positions.nextOfSku(row)) {
      const isEmpty = BUCKETS.every((bucket) => state.positions.get(row, COLUMN[bucket]) === 0);
      if (!isEmpty && !state.tracked.at(row)) faults.push(`${nameOf(state, row)} is not tracked, and its SKU is.`);
    }
  });
  return faults;
}

/** The register and the positions say the same of every serial. */
function wrongSerials(state: LedgerState): string[] {
  const faults: string[] = [];
  let listed = 0;
  for (const [row, { serials }] of state.tracked.positions()) {
    listed += serials.size;
    for (const [serial, bucket] of serials) {
      const record = state.tracked.serials.get(state.positions.skuOf(row), serial);
      if (record?.row === row && record.bucket === bucket) continue;
      faults.push(`Serial ${serial} of ${nameOf(state, row)} is said to be elsewhere.`);
    }
  }
  const held = [...state.tracked.serials.held()].length;
  if (held !== listed) faults.push(`${held} serials lie somewhere, and positions list ${listed}.`);
  return faults;
}

function wrongLots(state: LedgerState): string[] {
  const places = new Map<string, number>();
  for (const [row, { lots }] of state.tracked.positions()) {
    for (const [lot, balances] of lots) {
      const key = `${state.positions.skuOf(row)}|${lot}`;
      places.set(key, (places.get(key) ?? 0) + balances.filter((steps) => steps !== 0).length);
    }
  }
  const faults: string[] = [];
  for (const { sku, lot, places: known } of state.tracked.lots.held()) {
    const found = places.get(`${sku}|${lot}`) ?? 0;
    places.delete(`${sku}|${lot}`);
    if (found !== known)
      faults.push(`Lot ${lot} of ${state.skuIds.textOf(sku)} lies in ${found} places, not ${known}.`);
  }
  return [...faults, ...[...places.keys()].map((key) => `Lot ${key} lies somewhere and is not known.`)];
}

function addTo(sums: number[], bucket: number, steps: number): void {
  sums[bucket] = (sums[bucket] as number) + steps;
}

function nameOf({ positions, skuIds, locationIds }: LedgerState, row: number): string {
  return `${skuIds.textOf(positions.skuOf(row))} at ${locationIds.textOf(positions.locationOf(row))}`;
}
