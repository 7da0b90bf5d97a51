import type { MovementLine } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

/** What a line may say of the units that it moves. */
export interface TrackedLine {
  readonly lot?: string;
  /** The day that the label of the lot says. */
  readonly expiresOn?: string;
  readonly serials?: readonly string[];
}

/** As much of it as the SKU is tracked by: a lot of a SKU without lots says nothing to the ledger. */
export function trackedPartOf(state: LedgerState, sku: number, line: TrackedLine): Partial<MovementLine> {
  const tracking = state.skus[sku]?.tracking;
  const { lot, expiresOn, serials } = line;
  if (tracking === 'LOT' && lot !== undefined) return { lot, ...(expiresOn !== undefined && { expiresOn }) };
  if (tracking === 'SERIAL' && serials !== undefined && serials.length > 0) {
    // The same serial twice is one unit.
    return { serials: [...new Set(serials)] };
  }
  return {};
}
