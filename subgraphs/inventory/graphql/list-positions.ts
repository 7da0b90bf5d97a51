import { encodeCursor, readPage, toConnection, type Page } from '../../../kernel/graphql/connection.ts';
import { parseChangeCursor } from '../../../kernel/model/change-cursor.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import type { PositionFound, PositionsAsked } from '../app/find-positions.ts';
import { CONTEXT, type Ledger } from '../app/ledger.ts';
import { readSkus } from './read-codes.ts';
import type { QueryPositionsArgs } from './resolvers.generated.ts';

const POSITIONS = { list: 'positions', firstDefault: 50, firstMax: 500 };

interface PositionList {
  readonly asked: PositionsAsked;
  readonly page: Page;
  readonly list: string;
}

/** Reads the arguments of `positions`. @throws {Refusal} BAD_USER_INPUT, STALE_EPOCH or what is wrong with a cursor */
export function readPositionList(location: string, args: QueryPositionsArgs, ledger: Ledger): PositionList {
  const { first, after, filter, sort, skus } = args;
  if (sort && skus) throw new Refusal('BAD_USER_INPUT', 'skus and sort exclude each other.', { field: 'sort' });
  const { by, direction = 'ASC' } = sort ?? {};
  // A cursor of one order means nothing in another.
  const list = by === undefined ? POSITIONS.list : `${POSITIONS.list}:${by}:${direction}`;
  const page = readPage({ first: first ?? null, after: after ?? null }, { ...POSITIONS, list });
  const [key, sku = key] = page.after ?? [];
  const asked: PositionsAsked = {
    location,
    limit: page.limit,
    filter: {
      category: filter?.category ?? undefined,
      isNegative: filter?.isNegative ?? undefined,
      changedAfterSeq: seqOf(filter?.changedSince, ledger),
    },
    skus: skus ? readSkus(skus) : undefined,
    sort: by === undefined ? undefined : { by, direction },
    after: page.after && { steps: Number(key), sku: String(sku) },
  };
  return { asked, page, list };
}

/** A page of what was found, in its order. */
export function toPositionConnection(found: readonly PositionFound[], { page, list }: PositionList) {
  const keysetOf = ({ position: { sku }, steps }: PositionFound): readonly (string | number)[] =>
    steps === undefined ? [sku] : [steps, sku];
  const { edges, pageInfo } = toConnection(found, page, { list, keysetOf });
  return {
    edges: edges.map(({ node }) => ({ cursor: encodeCursor(keysetOf(node), list), node: node.position })),
    pageInfo,
  };
}

function seqOf(cursor: string | null | undefined, ledger: Ledger): number | undefined {
  if (cursor === undefined || cursor === null) return undefined;
  const { epoch, seq } = parseChangeCursor(cursor, CONTEXT);
  if (epoch !== ledger.epoch) throw new Refusal('STALE_EPOCH', 'The change cursor belongs to an earlier log.');
  return seq;
}
