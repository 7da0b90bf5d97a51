import { NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { positionOf, type PositionAnswer, type PositionOrder } from './position-query.ts';
import { isWanted, searchPositions, type PositionSearch } from './position-search.ts';

/** Which positions of a location are asked for, and in which order. */
export interface PositionsAsked {
  readonly location: string;
  /** At most so many. */
  readonly limit: number;
  readonly filter: Pick<PositionSearch, 'category' | 'isNegative' | 'changedAfterSeq'>;
  /** Only these; never with `sort`. */
  readonly skus: readonly string[] | undefined;
  /** Absent: in the order of SKUs. */
  readonly sort: PositionSearch['sort'] | undefined;
  /** Those after this one: its SKU, and with `sort` its figure. */
  readonly after: { readonly sku: string; readonly steps: number } | undefined;
}

/** A position, with the figure that it is sorted by where there is one. */
export interface PositionFound {
  readonly position: PositionAnswer;
  readonly steps?: number;
}

export function findPositions(
  state: LedgerState,
  { asked, order }: { readonly asked: PositionsAsked; readonly order: PositionOrder },
  seq: number,
): readonly PositionFound[] {
  const { location, limit, filter, sort, after } = asked;
  if (sort) return searchPositions(state, { location, limit, ...filter, sort, after }, seq);
  return inOrderOfSkus(state, { asked, order }, seq).map((position) => ({ position }));
}

function inOrderOfSkus(
  state: LedgerState,
  { asked, order }: { readonly asked: PositionsAsked; readonly order: PositionOrder },
  seq: number,
): readonly PositionAnswer[] {
  const { location, limit, skus, filter, after } = asked;
  const isListed = (row: number) => isWanted(state, row, filter);
  if (!skus) return order.list(state, { location, limit, isListed, ...(after && { afterSku: after.sku }) }, seq);
  const at = state.locationIds.find(location) ?? NONE;
  return [...new Set(skus)]
    .filter((sku) => after === undefined || sku > after.sku)
    .sort()
    .filter((sku) => {
      const row = state.positions.find(state.skuIds.find(sku) ?? NONE, at);
      return row !== NONE && isListed(row);
    })
    .map((sku) => positionOf(state, { sku, location }, seq))
    .filter((position) => position !== null)
    .slice(0, limit);
}
