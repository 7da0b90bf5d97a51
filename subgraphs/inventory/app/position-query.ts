import { NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { positionValue, type PositionValue } from './change-records.ts';
import type { PositionFigures } from './position-effects.ts';
import type { SupplyAnswer } from './supply-query.ts';

/** A position as of one sequence. */
export type PositionAnswer = Omit<PositionValue, 'categories'> & {
  readonly seq: number;
  /** Of a past state, what cannot be asked of it later. */
  readonly past?: { readonly figures: PositionFigures; readonly supply: readonly SupplyAnswer[] };
};

/** Null when there never was any stock of the SKU at the location. */
export function positionOf(
  state: LedgerState,
  key: { readonly sku: string; readonly location: string },
  seq: number,
): PositionAnswer | null {
  const sku = state.skuIds.find(key.sku);
  const location = state.locationIds.find(key.location);
  const row = sku === undefined || location === undefined ? NONE : state.positions.find(sku, location);
  return row === NONE ? null : { ...positionValue(state, row), seq };
}

/** The positions of each location in the order of their SKUs. Sorted once for as long as no position is added. */
export class PositionOrder {
  readonly #sorted = new Map<number, Int32Array>();

  /** At most `limit` positions whose SKU comes after `afterSku`, of those that are to be listed. */
  list(
    state: LedgerState,
    page: {
      readonly location: string;
      readonly afterSku?: string;
      readonly limit: number;
      /** Absent: all are. */
      readonly isListed?: (row: number) => boolean;
    },
    seq: number,
  ): readonly PositionAnswer[] {
    const location = state.locationIds.find(page.location);
    if (location === undefined) return [];
    const rows = this.#rowsOf(state, location);
    const from = page.afterSku === undefined ? 0 : firstAfter(state, rows, page.afterSku);
    const { isListed = () => true, limit } = page;
    const listed: PositionAnswer[] = [];
    for (let at = from; at < rows.length && listed.length < limit; at++) {
      const row = rows[at] as number;
      if (isListed(row)) listed.push({ ...positionValue(state, row), seq });
    }
    return listed;
  }

  #rowsOf(state: LedgerState, location: number): Int32Array {
    const { positions } = state;
    const known = this.#sorted.get(location);
    if (known?.length === positions.sizeOfLocation(location)) return known;
    const rows: number[] = [];
    for (let row = positions.firstOfLocation(location); row !== NONE; row = positions.nextOfLocation(row))
      rows.push(row);
    rows.sort((a, b) => (skuOf(state, a) < skuOf(state, b) ? -1 : 1));
    const sorted = Int32Array.from(rows);
    this.#sorted.set(location, sorted);
    return sorted;
  }
}

function firstAfter(state: LedgerState, rows: Int32Array, sku: string): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (skuOf(state, rows[middle] as number) <= sku) low = middle + 1;
    else high = middle;
  }
  return low;
}

function skuOf({ positions, skuIds }: LedgerState, row: number): string {
  return skuIds.textOf(positions.skuOf(row));
}
