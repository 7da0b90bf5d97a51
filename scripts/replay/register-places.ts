import { locationRecorded } from '../../schema/events/inbox.ts';
import type { HubClient } from '../client/hub-client.ts';
import { awaitProgress } from './await-hub.ts';
import { handIn, REPLAY_SOURCES } from './hand-in.ts';

/** Where and through which shop the retailer of the file sells. */
export const REPLAY_PLACES = {
  storeLocation: 'GIFT-STORE',
  webLocation: 'GIFT-DC',
  webChannel: 'GIFT-WEB',
  network: 'GIFT-ONLINE',
} as const;

const LOCATIONS = [
  {
    location: REPLAY_PLACES.storeLocation,
    name: 'Gift store',
    type: 'STORE',
    capabilities: ['PICKUP', 'RETURN', 'RECEIVE'],
  },
  {
    location: REPLAY_PLACES.webLocation,
    name: 'Gift warehouse',
    type: 'DC',
    capabilities: ['SHIP', 'RETURN', 'RECEIVE'],
  },
] as const;

const KNOWN = /* GraphQL */ `
  query Known($store: ID!, $warehouse: ID!) {
    store: location(id: $store) {
      id
    }
    warehouse: location(id: $warehouse) {
      id
    }
  }
`;

const REGISTER = /* GraphQL */ `
  mutation Register($network: RegisterNetworkInput!, $channel: RegisterChannelInput!) {
    registerNetwork(input: $network) {
      changeCursor
    }
    registerChannel(input: $channel) {
      changeCursor
    }
  }
`;

/** The location master of the file's retailer as a feed, then its network and its web shop. Idempotent. */
export async function registerPlaces(hub: HubClient, occurredAtMs: number): Promise<void> {
  const messages = LOCATIONS.map((location) => ({
    eventId: location.location,
    definition: locationRecorded,
    occurredAtMs,
    data: { ...location, timeZone: 'Europe/London' },
  }));
  await handIn(hub, REPLAY_SOURCES.locations, messages);
  const { storeLocation, webLocation, webChannel, network } = REPLAY_PLACES;
  await awaitProgress('the locations', async () => {
    const known = await hub.graphql<Record<string, unknown>>(KNOWN, { store: storeLocation, warehouse: webLocation });
    const found = Object.values(known).filter((location) => location !== null).length;
    return { done: found === LOCATIONS.length, progress: found };
  });
  await hub.graphql(REGISTER, {
    network: { id: network, locations: [webLocation] },
    channel: { id: webChannel, network, currency: 'GBP' },
  });
}
