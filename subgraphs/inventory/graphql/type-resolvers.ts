import { formatChangeCursor } from '../../../kernel/model/change-cursor.ts';
import { channelId, locationId, skuId } from '../../../kernel/model/codes.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { availabilityOf, channelOf } from '../app/availability-query.ts';
import { explainAvailability } from '../app/explain-availability.ts';
import { CONTEXT, type Ledger } from '../app/ledger.ts';
import { positionOf } from '../app/position-query.ts';
import { supplyOfNetwork, supplyOfPosition } from '../app/supply-query.ts';
import { NONE } from '../domain/bucket.ts';
import type { LocationRecord } from '../domain/location-record.ts';
import { assertStore } from './access.ts';
import { askPast, isGiven } from './ask-past.ts';
import { history, PositionHistoryEntry } from './history-resolvers.ts';
import { readAtLeast } from './read-at-least.ts';
import { readFirst } from './supply-resolvers.ts';
import { SerialStock, trackedFields } from './tracked-resolvers.ts';
import { ruleTypes } from './rule-resolvers.ts';
import type { LocationType, Resolvers } from './resolvers.generated.ts';

/** Locations are never taken away, so what refers to one finds it. */
export function locationOf({ state }: Ledger, id: string): LocationRecord {
  return state.locations.get(id) as LocationRecord;
}

function cursorOf({ epoch }: Ledger, seq: number): string {
  return formatChangeCursor({ context: CONTEXT, epoch, seq });
}

export const typeResolvers: Omit<Resolvers, 'Query' | 'Mutation' | 'DatedSupply' | 'Transfer' | 'TransferLine'> = {
  ...ruleTypes,

  Sku: {
    __resolveReference: ({ id }) => ({ id: skuId(id) }),
    availability({ id: sku }, { channel, atLeast, asOf }, context) {
      if (isGiven(asOf)) {
        const question = { type: 'availabilities', skus: [sku], channels: [channelId(channel)] } as const;
        return askPast(context, { asOf, atLeast }, question).then(([availability]) => availability ?? null);
      }
      const { ledger } = context;
      return readAtLeast(ledger, atLeast, (state, seq) =>
        availabilityOf(state, { sku, channel: channelOf(state, channelId(channel)) }, seq),
      );
    },
    position({ id }, { location, atLeast, asOf }, context) {
      const { ledger, identity } = context;
      const at = locationId(location);
      assertStore(identity, at);
      if (isGiven(asOf)) {
        const asked = { location: at, limit: 1, filter: {}, skus: [id], sort: undefined, after: undefined };
        const found = askPast(context, { asOf, atLeast }, { type: 'positions', asked });
        return found.then(([first]) => first?.position ?? null);
      }
      return readAtLeast(ledger, atLeast, (state, seq) => positionOf(state, { sku: id, location: at }, seq));
    },
  },

  Location: {
    __resolveReference: ({ id }, { ledger }) => ledger.state.locations.get(locationId(id)) ?? null,
    type: ({ type }) => type as LocationType,
    feed({ index }, _args, { ledger }) {
      const feed = ledger.state.feeds.of(index);
      if (!feed) return null;
      const { system, staleAfterMs, heardUntilMs, staleSinceMs } = feed;
      const staleFrom = staleSinceMs === null ? null : new Date(staleSinceMs).toISOString();
      return { system, staleAfterMs, heardAt: new Date(heardUntilMs).toISOString(), staleFrom };
    },
  },

  Network: {
    __resolveReference: ({ id }, { ledger }) => ledger.state.territory.networks.get(id) ?? null,
    locations: ({ locations }, _args, { ledger }) =>
      locations.map((location) => locationOf(ledger, ledger.state.locationIds.textOf(location))),
  },

  Channel: {
    __resolveReference: ({ id }, { ledger }) => ledger.state.territory.channels.get(channelId(id)) ?? null,
    network: (channel, _args, { ledger }) => ledger.state.territory.networkOf(channel),
  },

  Availability: {
    sku: ({ sku }) => ({ id: sku }),
    shipsAt: ({ shipsAtMs }, _args, { nowMs }) =>
      shipsAtMs === null || shipsAtMs <= nowMs() ? null : new Date(shipsAtMs).toISOString(),
    supply: ({ sku, channel, past }, { first }, { ledger }) =>
      past?.supply.slice(0, readFirst(first)) ??
      ledger.read((state) => supplyOfNetwork(state, { sku, channel, first: readFirst(first) })),
    terms: (availability, _args, { ledger }) =>
      availability.past?.terms ?? explainAvailability(ledger.state, availability),
    changeCursor: ({ seq }, _args, { ledger }) => cursorOf(ledger, seq),
  },

  Offers: {
    pickupAt: ({ pickupAt }, _args, { ledger }) => pickupAt.map((id) => locationOf(ledger, id)),
    shipFrom: ({ shipFrom }, _args, { ledger }) => shipFrom.map((id) => locationOf(ledger, id)),
    changeCursor: ({ seq }, _args, { ledger }) => cursorOf(ledger, seq),
  },

  OfferLine: {
    sku: ({ sku }) => ({ id: sku }),
    pickupAt: ({ pickupAt }, _args, { ledger }) => pickupAt.map((id) => locationOf(ledger, id)),
    shipFrom: ({ shipFrom }, _args, { ledger }) => shipFrom.map((id) => locationOf(ledger, id)),
  },

  NodeAvailability: {
    location: ({ location }, _args, { ledger }) => locationOf(ledger, location),
  },

  AvailabilityTerm: {
    location: ({ location }, _args, { ledger }) => (location === null ? null : locationOf(ledger, location)),
  },

  PositionHistoryEntry,

  SerialStock,

  InventoryPosition: {
    ...trackedFields,
    history,
    sku: ({ sku }) => ({ id: sku }),
    location: ({ location }, _args, { ledger }) => locationOf(ledger, location),
    supply: ({ sku, location, past }, { first }, { ledger }) =>
      past?.supply.slice(0, readFirst(first)) ??
      ledger.read((state) => supplyOfPosition(state, { sku, location, first: readFirst(first) })),
    // Nobody remembers what a warehouse told of its bins.
    bins: async ({ sku, location, past }, _args, { bins }) =>
      past ? null : ((await bins.load({ sku, location })) ?? null),
    changeCursor: ({ seq }, _args, { ledger }) => cursorOf(ledger, seq),
  },

  Reservation: {
    sku: ({ sku }, _args, { ledger }) => ({ id: ledger.state.skuIds.textOf(sku) }),
    quantity: ({ sku, steps }, _args, { ledger }) => formatQuantity(steps, ledger.state.skus[sku]?.decimals ?? 0),
    backordered: ({ sku, backordered }, _args, { ledger }) =>
      formatQuantity(backordered, ledger.state.skus[sku]?.decimals ?? 0),
    location: ({ location }, _args, { ledger }) =>
      location === NONE ? null : locationOf(ledger, ledger.state.locationIds.textOf(location)),
    expiresAt: ({ expiresAtMs }) => (expiresAtMs === null ? null : new Date(expiresAtMs).toISOString()),
  },
};
