import { COLUMN, BUCKETS, NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { Steps } from '../../../kernel/model/quantity.ts';
import { positionValue } from './change-records.ts';
import type { PositionAnswer } from './position-query.ts';

export type PositionFigure = 'ON_HAND' | 'SELLABLE';

export interface PositionSearch {
  readonly location: string;
  readonly limit: number;
  readonly category?: string | undefined;
  /** Only those whose SELLABLE is below zero. */
  readonly isNegative?: boolean | undefined;
  /** Only those that changed after this sequence. */
  readonly changedAfterSeq?: number | undefined;
  readonly sort: { readonly by: PositionFigure; readonly direction: 'ASC' | 'DESC' };
  /** Continue after the position with this figure and SKU. */
  readonly after?: { readonly steps: Steps; readonly sku: string } | undefined;
}

/** A position with the figure that it is sorted by. */
export interface FoundPosition {
  readonly position: PositionAnswer;
  readonly steps: Steps;
}

interface Ranked {
  readonly row: number;
  readonly steps: Steps;
  readonly sku: string;
}

/**
 * The first positions of a location by a figure. It looks at every position of the location once and keeps no more than
 * it answers, so its cost grows with the size of the location and not with the depth of the page.
 */
export function searchPositions(state: LedgerState, search: PositionSearch, seq: number): readonly FoundPosition[] {
  const kept: Ranked[] = [];
  const isBefore = orderOf(search.sort.direction);
  const after = search.after && { row: NONE, ...search.after };
  const location = state.locationIds.find(search.location) ?? NONE;
  const { positions, skuIds } = state;
  for (let row = positions.firstOfLocation(location); row !== NONE; row = positions.nextOfLocation(row)) {
    if (!isWanted(state, row, search)) continue;
    const ranked = { row, steps: figureOf(state, row, search.sort.by), sku: skuIds.textOf(positions.skuOf(row)) };
    if (after && !isBefore(after, ranked)) continue;
    keepFirst(kept, ranked, { limit: search.limit, isBefore });
  }
  return kept.map(({ row, steps }) => ({ position: { ...positionValue(state, row), seq }, steps }));
}

/** Whether a position passes the filter, however the list is sorted. */
export function isWanted(
  state: LedgerState,
  row: number,
  { category, isNegative, changedAfterSeq }: Pick<PositionSearch, 'category' | 'isNegative' | 'changedAfterSeq'>,
): boolean {
  const { positions, skus } = state;
  if (isNegative === true && positions.get(row, COLUMN.SELLABLE) >= 0) return false;
  if (changedAfterSeq !== undefined && positions.changedSeqOf(row) <= changedAfterSeq) return false;
  return category === undefined || skus[positions.skuOf(row)]?.categories.includes(category) === true;
}

type IsBefore = (one: Ranked, other: Ranked) => boolean;

/** By the figure, and by SKU where it is the same. */
function orderOf(direction: 'ASC' | 'DESC'): IsBefore {
  const sign = direction === 'ASC' ? 1 : -1;
  return (one, other) => {
    if (one.steps !== other.steps) return sign * (one.steps - other.steps) < 0;
    return one.sku < other.sku;
  };
}

/** Binary insertion into the first `limit`. */
function keepFirst(
  kept: Ranked[],
  ranked: Ranked,
  { limit, isBefore }: { readonly limit: number; readonly isBefore: IsBefore },
): void {
  const last = kept.at(-1);
  if (kept.length === limit && last && !isBefore(ranked, last)) return;
  let low = 0;
  let high = kept.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isBefore(kept[middle] as Ranked, ranked)) low = middle + 1;
    else high = middle;
  }
  kept.splice(low, 0, ranked);
  if (kept.length > limit) kept.pop();
}

/** Steps of different SKUs compare as base units would only when their steps are alike; so ten-thousandths are compared. */
function figureOf({ positions, skus }: LedgerState, row: number, by: PositionFigure): Steps {
  const scale = 10 ** (4 - (skus[positions.skuOf(row)]?.decimals ?? 0));
  if (by === 'SELLABLE') return positions.get(row, COLUMN.SELLABLE) * scale;
  return BUCKETS.reduce((sum, bucket) => sum + positions.get(row, COLUMN[bucket]), 0) * scale;
}
