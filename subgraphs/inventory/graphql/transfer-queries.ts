import { locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { mayActForStore } from '../../../kernel/model/identity.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { readPage, toConnection } from '../../../kernel/graphql/connection.ts';
import { NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { inTransitOf, statusOf } from '../domain/transfer.ts';
import { assertStore } from './access.ts';
import type { GraphqlContext } from './context.ts';
import { readAtLeast } from './read-at-least.ts';
import type { QueryResolvers, Resolvers } from './resolvers.generated.ts';
import { locationOf } from './type-resolvers.ts';

const TRANSFERS = { list: 'transfers', firstDefault: 50, firstMax: 200 };

export const transferQueryResolvers: Pick<QueryResolvers, 'transfer' | 'transfers'> = {
  transfer: (_parent, { id }, { ledger, identity }) =>
    ledger.read((state) => {
      const transfer = state.transfers.get(id);
      if (!transfer) return null;
      const ends = [transfer.from, transfer.to].filter((end) => end !== NONE);
      return ends.some((end) => mayActForStore(identity, state.locationIds.textOf(end))) ? transfer : null;
    }),

  transfers(_parent, { location, statuses, first, after, atLeast }, { ledger, identity }) {
    const at = locationId(location);
    assertStore(identity, at);
    const page = readPage({ first, ...(after !== undefined && { after }) }, TRANSFERS);
    return readAtLeast(ledger, atLeast, (state) => {
      const afterId = page.after === undefined ? '' : String(page.after[0]);
      const rows = state.transfers
        .ofLocation(indexOf(state, at))
        .filter((transfer) => transfer.id > afterId && (!statuses || statuses.includes(statusOf(transfer))));
      return toConnection(rows.slice(0, page.limit), page, { list: TRANSFERS.list, keysetOf: ({ id }) => [id] });
    });
  },
};

export const transferTypeResolvers: Pick<Resolvers, 'Transfer' | 'TransferLine'> = {
  Transfer: {
    from: ({ from }, _args, context) => (from === NONE ? null : placeOf(context, from)),
    to: ({ to }, _args, context) => placeOf(context, to),
    status: (transfer) => statusOf(transfer),
    requestedAt: ({ requestedAtMs }) => new Date(requestedAtMs).toISOString(),
    expectedAt: ({ expectedAtMs }) => (expectedAtMs === null ? null : new Date(expectedAtMs).toISOString()),
  },
  TransferLine: {
    id: ({ line }) => line,
    sku: ({ sku }, _args, { ledger }) => ({ id: ledger.state.skuIds.textOf(sku) }),
    quantity: ({ sku, asked }, _args, context) => told(context, sku, asked),
    shipped: ({ sku, shipped }, _args, context) => told(context, sku, shipped),
    received: ({ sku, received }, _args, context) => told(context, sku, received),
    lost: ({ sku, lost }, _args, context) => told(context, sku, lost),
    inTransit: (line, _args, context) => told(context, line.sku, inTransitOf(line)),
  },
};

function placeOf({ ledger }: GraphqlContext, location: number) {
  return locationOf(ledger, ledger.state.locationIds.textOf(location));
}

function told({ ledger }: GraphqlContext, sku: number, steps: number): string {
  return formatQuantity(steps, ledger.state.skus[sku]?.decimals ?? 0);
}

function indexOf(state: LedgerState, location: string): number {
  const record = state.locations.get(location);
  if (record) return record.index;
  throw new Refusal('UNKNOWN_LOCATION', `No location ${location} is registered.`, { location });
}
