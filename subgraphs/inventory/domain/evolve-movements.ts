import { changePosition, type ChangeMoment, touchSku } from './change-position.ts';
import { COLUMN, VIRTUAL_LOCATIONS } from './bucket.ts';
import type { LedgerEventOf, Place } from './ledger-event.ts';
import { evolveTrackedLine } from './evolve-tracked-stock.ts';
import type { LedgerState } from './ledger-state.ts';

/** Double entry: what one end loses, the other end gains, so nothing appears or disappears. */
export function evolveMovement(state: LedgerState, event: LedgerEventOf<'stock-moved'>, seq: number): void {
  const moment = { seq, atMs: event.atMs, occurredAtMs: event.occurredAtMs };
  for (const line of event.lines) {
    const { sku, steps, from, to } = line;
    const index = state.skuIds.intern(sku);
    enter(state, { sku: index, place: from, steps: -steps }, moment);
    enter(state, { sku: index, place: to, steps }, moment);
    if (state.skus[index]?.tracking) evolveTrackedLine(state, { sku: index, line }, event);
  }
}

export function evolveCount(state: LedgerState, event: LedgerEventOf<'stock-count-applied'>): void {
  const row = state.positions.open(state.skuIds.intern(event.sku), state.locationIds.intern(event.location));
  state.positions.setCountedAtMs(row, event.asOfMs);
}

function enter(
  state: LedgerState,
  { sku, place, steps }: { readonly sku: number; readonly place: Place; readonly steps: number },
  moment: ChangeMoment & { readonly occurredAtMs: number },
): void {
  if ('virtual' in place) {
    touchSku(state, sku, moment.seq);
    state.virtualBalances.add(sku, VIRTUAL_LOCATIONS.indexOf(place.virtual), steps);
    return;
  }
  const location = state.locationIds.intern(place.location);
  const row = changePosition(state, { sku, location, column: COLUMN[place.bucket], steps }, moment);
  if (place.bucket === 'SELLABLE') state.history.add(row, steps, moment.occurredAtMs);
  else state.bucketHistory.add(row, place.bucket, { steps, occurredAtMs: moment.occurredAtMs });
}
