import { channelId, locationId } from '../../../kernel/model/codes.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { readPage, toConnection, type Page } from '../../../kernel/graphql/connection.ts';
import { availabilityOf, channelOf, nodeAvailabilityOf } from '../app/availability-query.ts';
import { positionOf, type PositionAnswer } from '../app/position-query.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import { assertStore, callerOf } from './access.ts';
import type { GraphqlContext } from './context.ts';
import { readAtLeast } from './read-at-least.ts';
import { readSkus } from './read-codes.ts';
import { ruleQueries } from './rule-resolvers.ts';
import type { QueryResolvers } from './resolvers.generated.ts';

const POSITIONS = { list: 'positions', firstDefault: 50, firstMax: 500 };

export const queryResolvers: QueryResolvers = {
  ...ruleQueries,

  availability(_parent, { skus, channel, atLeast }, { ledger }) {
    const ids = readSkus(skus);
    return readAtLeast(ledger, atLeast, (state, seq) => {
      const record = channelOf(state, channelId(channel));
      return ids.map((sku) => availabilityOf(state, { sku, channel: record }, seq));
    });
  },

  nodeAvailability(_parent, { skus, channel, location }, { ledger }) {
    const ids = readSkus(skus);
    const at = locationId(location);
    return ledger.read((state) => {
      const record = channelOf(state, channelId(channel));
      return ids.map((sku) => nodeAvailabilityOf(state, { sku, channel: record, location: at }));
    });
  },

  positions(_parent, { location, skus, first, after, atLeast }, context) {
    const at = locationId(location);
    assertStore(context.identity, at);
    const page = readPage({ first, ...(after !== undefined && { after }) }, POSITIONS);
    const ids = skus ? readSkus(skus) : undefined;
    return readAtLeast(context.ledger, atLeast, (state, seq) => {
      if (!state.locations.has(at)) {
        throw new Refusal('UNKNOWN_LOCATION', `No location ${at} is registered.`, { location: at });
      }
      const rows = listPositions(context, { state, seq }, { location: at, page, skus: ids });
      return toConnection(rows, page, { list: POSITIONS.list, keysetOf: ({ sku }) => [sku] });
    });
  },

  location: (_parent, { id }, { ledger }) => ledger.read(({ locations }) => locations.get(locationId(id)) ?? null),

  locations: (_parent, _args, { ledger }) =>
    ledger.read(({ locations }) => [...locations.values()].sort((a, b) => (a.id < b.id ? -1 : 1))),

  channel: (_parent, { id }, { ledger }) =>
    ledger.read(({ territory }) => territory.channels.get(channelId(id)) ?? null),

  channels: (_parent, _args, { ledger }) => ledger.read(({ territory }) => [...territory.channels.values()]),

  reservation: (_parent, { id }, { ledger, identity }) =>
    ledger.read(({ reservations }) => {
      const reservation = reservations.get(id);
      return reservation?.owner === callerOf(identity) ? reservation : null;
    }),
};

interface PositionSearch {
  readonly location: string;
  readonly page: Page;
  readonly skus: readonly string[] | undefined;
}

function listPositions(
  { positionOrder }: GraphqlContext,
  { state, seq }: { readonly state: LedgerState; readonly seq: number },
  { location, page, skus }: PositionSearch,
): readonly PositionAnswer[] {
  const afterSku = page.after === undefined ? undefined : String(page.after[0]);
  if (!skus) {
    return positionOrder.list(state, { location, limit: page.limit, ...(afterSku !== undefined && { afterSku }) }, seq);
  }
  return [...new Set(skus)]
    .filter((sku) => afterSku === undefined || sku > afterSku)
    .sort()
    .map((sku) => positionOf(state, { sku, location }, seq))
    .filter((position) => position !== null)
    .slice(0, page.limit);
}
