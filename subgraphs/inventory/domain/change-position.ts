import type { Steps } from '../../../kernel/model/quantity.ts';
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
