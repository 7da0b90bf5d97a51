import type { Steps } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import type { LedgerState } from './ledger-state.ts';

export interface ChangeMoment {
  readonly seq: number;
  /** Epoch milliseconds of the recording. */
  readonly atMs: number;
}

/** Must come before any change of what concerns the SKU. */
export function touchSku(state: LedgerState, sku: number, seq: number): void {
  state.observer?.skuChanges(sku);
  state.skuSeqs[sku] = seq;
  // What may be sold of a kit follows from its components.
  for (const kit of state.kits.of(sku)) {
    state.observer?.skuChanges(kit);
    state.skuSeqs[kit] = seq;
  }
}

/** For what changes of a position beside its figures; the position is made when there is none. */
export function touchPosition(
  state: LedgerState,
  { sku, location }: { readonly sku: number; readonly location: number },
  { seq, atMs }: ChangeMoment,
): void {
  touchSku(state, sku, seq);
  state.observer?.positionChanges(sku, location);
  state.positions.date(state.positions.open(sku, location), NONE, { seq, recordedAtMs: atMs });
}

/** Adds to one figure of a position, which is made when there is none, and gives its row. */
export function changePosition(
  state: LedgerState,
  position: { readonly sku: number; readonly location: number; readonly column: number; readonly steps: Steps },
  { seq, atMs }: ChangeMoment,
): number {
  const { sku, location, column, steps } = position;
  touchSku(state, sku, seq);
  state.observer?.positionChanges(sku, location);
  const row = state.positions.open(sku, location);
  state.positions.add(row, column, steps);
  state.positions.date(row, column, { seq, recordedAtMs: atMs });
  return row;
}
