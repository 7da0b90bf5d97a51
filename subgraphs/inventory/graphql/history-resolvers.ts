import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { formatChangeCursor } from '../../../kernel/model/change-cursor.ts';
import { CONTEXT } from '../app/ledger.ts';
import { positionHistory, type HistoryPlace } from '../app/position-history.ts';
import type { Keyset } from '../../../kernel/graphql/connection.ts';
import type { InventoryPositionResolvers, PositionHistoryEntryResolvers } from './resolvers.generated.ts';

const HISTORY = { list: 'position-history', firstDefault: 20, firstMax: 100 };

export const history: NonNullable<InventoryPositionResolvers['history']> = async (
  { sku, location, seq, past },
  { first, after },
  { ledger, positionLog },
) => {
  const page = readPage({ first: first ?? null, after: after ?? null }, HISTORY);
  // Of a past position, what came after it is not told.
  const end = past && { seq: seq + 1, index: 0, figures: past.figures };
  const before = page.after ? placeOf(page.after) : end;
  const asked = { limit: page.limit, before };
  const { entries, isComplete } = await positionHistory({ ledger, log: positionLog }, { sku, location }, asked);
  const connection = toConnection(entries, page, {
    list: HISTORY.list,
    keysetOf: ({ seq, index, address, before: { onHand, sellable, softReserved, allocated } }) => {
      return [seq, index, onHand, sellable, softReserved, allocated, address];
    },
  });
  return { ...connection, isComplete };
};

export const PositionHistoryEntry: PositionHistoryEntryResolvers = {
  kind: ({ effect }) => effect.kind,
  reason: ({ effect }) => effect.reason,
  source: ({ effect }) => effect.source?.system ?? null,
  eventId: ({ effect }) => effect.source?.eventId ?? null,
  document: ({ effect }) => effect.document,
  lot: ({ effect }) => effect.lot ?? null,
  serials: ({ effect }) => effect.serials ?? [],
  occurredAt: ({ effect }) => new Date(effect.occurredAtMs).toISOString(),
  recordedAt: ({ recordedAtMs }) => new Date(recordedAtMs).toISOString(),
  changeCursor: ({ seq }, _args, { ledger }) => formatChangeCursor({ context: CONTEXT, epoch: ledger.epoch, seq }),
};

/** A cursor holds the figures before its change, so that the next page need not begin at the newest one. */
function placeOf(keyset: Keyset): HistoryPlace {
  const [seq = 0, index = 0, onHand = 0, sellable = 0, softReserved = 0, allocated = 0, address] = keyset.map(Number);
  const figures = { onHand, sellable, softReserved, allocated };
  return { seq, index, figures, ...(address !== undefined && { address }) };
}
