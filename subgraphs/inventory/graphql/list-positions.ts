import { encodeCursor, readPage, toConnection, type Page } from '../../../kernel/graphql/connection.ts';
import { parseChangeCursor } from '../../../kernel/model/change-cursor.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { CONTEXT, type Ledger } from '../app/ledger.ts';
import { positionOf, type PositionAnswer, type PositionOrder } from '../app/position-query.ts';
import { isWanted, searchPositions, type PositionSearch } from '../app/position-search.ts';
import { NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { readSkus } from './read-codes.ts';
import type { QueryPositionsArgs } from './resolvers.generated.ts';

const POSITIONS = { list: 'positions', firstDefault: 50, firstMax: 500 };

type Filter = Pick<PositionSearch, 'category' | 'isNegative' | 'changedAfterSeq'>;

interface PositionList {
  readonly location: string;
  readonly page: Page;
  readonly list: string;
  readonly filter: Filter;
  readonly skus: readonly string[] | undefined;
  readonly sort: PositionSearch['sort'] | undefined;
}

/** Reads the arguments of `positions`. @throws {Refusal} BAD_USER_INPUT, STALE_EPOCH or what is wrong with a cursor */
export function readPositionList(location: string, args: QueryPositionsArgs, ledger: Ledger): PositionList {
  const { first, after, filter, sort, skus } = args;
  if (sort && skus) throw new Refusal('BAD_USER_INPUT', 'skus and sort exclude each other.', { field: 'sort' });
  const { by, direction = 'ASC' } = sort ?? {};
  // A cursor of one order means nothing in another.
  const list = by === undefined ? POSITIONS.list : `${POSITIONS.list}:${by}:${direction}`;
  return {
    location,
    page: readPage({ first: first ?? null, after: after ?? null }, { ...POSITIONS, list }),
    list,
    filter: {
      category: filter?.category ?? undefined,
      isNegative: filter?.isNegative ?? undefined,
      changedAfterSeq: seqOf(filter?.changedSince, ledger),
    },
    skus: skus ? readSkus(skus) : undefined,
    sort: by === undefined ? undefined : { by, direction },
  };
}

/** A page of positions, in the order asked. */
export function listPositions(
  positionOrder: PositionOrder,
  { state, seq }: { readonly state: LedgerState; readonly seq: number },
  asked: PositionList,
) {
  const { location, page, list, filter, sort } = asked;
  if (!sort) {
    const rows = inOrderOfSkus(positionOrder, { state, seq }, asked);
    return toConnection(rows, page, { list, keysetOf: ({ sku }) => [sku] });
  }
  const [steps, sku] = page.after ?? [];
  const after = page.after && { steps: Number(steps), sku: String(sku) };
  const found = searchPositions(state, { location, limit: page.limit, ...filter, sort, after }, seq);
  const { edges, pageInfo } = toConnection(found, page, {
    list,
    keysetOf: ({ position, steps: figure }) => [figure, position.sku],
  });
  return {
    edges: edges.map(({ node }) => ({
      cursor: encodeCursor([node.steps, node.position.sku], list),
      node: node.position,
    })),
    pageInfo,
  };
}

function inOrderOfSkus(
  positionOrder: PositionOrder,
  { state, seq }: { readonly state: LedgerState; readonly seq: number },
  { location, page, skus, filter }: PositionList,
): readonly PositionAnswer[] {
  const afterSku = page.after === undefined ? undefined : String(page.after[0]);
  const isListed = (row: number) => isWanted(state, row, filter);
  if (!skus) {
    const asked = { location, limit: page.limit, isListed, ...(afterSku !== undefined && { afterSku }) };
    return positionOrder.list(state, asked, seq);
  }
  const at = state.locationIds.find(location) ?? NONE;
  return [...new Set(skus)]
    .filter((sku) => afterSku === undefined || sku > afterSku)
    .sort()
    .filter((sku) => {
      const row = state.positions.find(state.skuIds.find(sku) ?? NONE, at);
      return row !== NONE && isListed(row);
    })
    .map((sku) => positionOf(state, { sku, location }, seq))
    .filter((position) => position !== null)
    .slice(0, page.limit);
}

function seqOf(cursor: string | null | undefined, ledger: Ledger): number | undefined {
  if (cursor === undefined || cursor === null) return undefined;
  const { epoch, seq } = parseChangeCursor(cursor, CONTEXT);
  if (epoch !== ledger.epoch) throw new Refusal('STALE_EPOCH', 'The change cursor belongs to an earlier log.');
  return seq;
}
