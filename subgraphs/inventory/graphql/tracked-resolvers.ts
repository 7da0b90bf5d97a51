import { readPage, toConnection, type Keyset, type Page } from '../../../kernel/graphql/connection.ts';
import { skuId } from '../../../kernel/model/codes.ts';
import { expiryKey, lotsOf, serialOf, serialsOf, unidentifiedOf, type LotAnswer } from '../app/tracked-query.ts';
import { assertStore } from './access.ts';
import { readAtLeast } from './read-at-least.ts';
import type { InventoryPositionResolvers, QueryResolvers, SerialStockResolvers } from './resolvers.generated.ts';

const LOTS = { list: 'position-lots', firstDefault: 50, firstMax: 200 };
const SERIALS = { list: 'position-serials', firstDefault: 50, firstMax: 500 };
/** Only who acts for every store asks for units that were never at one. */
const ANY_STORE = '*';

export const trackedFields: Pick<InventoryPositionResolvers, 'lots' | 'serials' | 'unidentified'> = {
  lots({ sku, location, past }, { first, after }, { ledger }) {
    const page = readPage({ first, after: after ?? null }, LOTS);
    const keysetOf = (lot: LotAnswer): Keyset => [expiryKey(lot), lot.lot];
    return ledger.read((state) => {
      const lots = past ? null : lotsOf(state, { sku, location });
      return lots && toConnection(pageOf(lots, page, keysetOf), page, { list: LOTS.list, keysetOf });
    });
  },

  serials({ sku, location, past }, { first, after }, { ledger }) {
    const page = readPage({ first, after: after ?? null }, SERIALS);
    const keysetOf = ({ serial }: { readonly serial: string }): Keyset => [serial];
    return ledger.read((state) => {
      const serials = past ? null : serialsOf(state, { sku, location });
      return serials && toConnection(pageOf(serials, page, keysetOf), page, { list: SERIALS.list, keysetOf });
    });
  },

  unidentified: ({ sku, location, past }, _args, { ledger }) =>
    ledger.read((state) => (past ? null : unidentifiedOf(state, { sku, location }))),
};

export const SerialStock: SerialStockResolvers = {
  sku: ({ sku }) => ({ id: sku }),
  location: ({ location }, _args, { ledger }) => ledger.state.locations.get(location ?? '') ?? null,
};

export const serialQuery: Pick<QueryResolvers, 'serial'> = {
  async serial(_parent, { sku, serial, atLeast }, { ledger, identity }) {
    const found = await readAtLeast(ledger, atLeast, (state) => serialOf(state, { sku: skuId(sku), serial }));
    if (found) assertStore(identity, found.location ?? ANY_STORE);
    return found;
  },
};

/** Rows are in the order of their keysets. */
function pageOf<Row>(rows: readonly Row[], { after, limit }: Page, keysetOf: (row: Row) => Keyset): readonly Row[] {
  const from = after ? rows.findIndex((row) => isAfter(keysetOf(row), after)) : 0;
  return from === -1 ? [] : rows.slice(from, from + limit);
}

function isAfter(keyset: Keyset, other: Keyset): boolean {
  const index = keyset.findIndex((value, at) => value !== other[at]);
  return index !== -1 && String(keyset[index]) > String(other[index]);
}
