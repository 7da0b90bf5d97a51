import type { HubClient, IngestMessage } from '../../scripts/client/hub-client.ts';
import type { RetailOptions } from '../../scripts/hub/create-subgraphs.ts';
import { openingFacts } from './opening-facts.ts';

/** Sold online from both of these, and over the counter in the third. */
export const ONLINE_LOCATIONS = ['S0', 'S1'] as const;
export const COUNTER = 'S2';
export const SKUS = ['K0', 'K1', 'K2'] as const;
export const SOURCE = 'wms-kill';

const CHANNEL = 'WEB';
export const OPENING_UNITS = 25;

export const RETAIL: RetailOptions = {
  networks: [{ id: CHANNEL, locations: [...ONLINE_LOCATIONS] }],
  channels: [{ id: CHANNEL, network: CHANNEL, currency: 'GBP', publishes: 'ATS' }],
};

/** Places, goods and the stock to begin with. */
export function openingMessages(): readonly IngestMessage[] {
  return openingFacts({ locations: [...ONLINE_LOCATIONS, COUNTER], skus: SKUS });
}

export function receiptOf(eventId: string, location: string, units: Readonly<Record<string, number>>): IngestMessage {
  const lines = Object.entries(units).map(([sku, quantity], index) => {
    return { lineId: String(index), sku, quantity: String(quantity) };
  });
  const data = { location, reference: eventId, lines };
  // Each message is its own key, so that many are under way at the same time.
  return { eventId, key: eventId, type: 'goods-received', occurredAt: new Date().toISOString(), data };
}

export function saleOf(eventId: string, sku: string): IngestMessage {
  const lines = [{ lineId: '1', sku, quantity: '1', unitPriceMinor: 100 }];
  const tenders = [{ tender: 'CASH', amountMinor: 100 }];
  const data = { channel: `STORE:${COUNTER}`, externalId: eventId, location: COUNTER, currency: 'GBP', lines };
  const sale = { ...data, charges: [], tenders };
  return { eventId, key: eventId, type: 'store-sale-recorded', occurredAt: new Date().toISOString(), data: sale };
}

const RESERVE = `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { reservations { id } } }`;
const CANCEL = `mutation ($input: CancelReservationInput!) { cancelReservation(input: $input) { reservation { status } } }`;
const RESERVATION = `query ($id: ID!) { reservation(id: $id) { status quantity } }`;
const AVAILABLE = `query ($skus: [ID!]!) { availability(skus: $skus, channel: "${CHANNEL}") { available } }`;

export async function reserve(client: HubClient, key: string, sku: string, units: number): Promise<string> {
  const input = { idempotencyKey: key, channel: CHANNEL, kind: 'MANUAL', lines: [{ sku, quantity: String(units) }] };
  const answer = await client.graphql<{ reserveStock: { reservations: { id: string }[] } }>(RESERVE, { input });
  return answer.reserveStock.reservations[0]?.id ?? '';
}

export async function cancel(client: HubClient, key: string, reservation: string): Promise<void> {
  await client.graphql(CANCEL, { input: { idempotencyKey: key, reservation } });
}

export async function readReservation(client: HubClient, id: string) {
  const { reservation } = await client.graphql<{ reservation: { status: string; quantity: string } | null }>(
    RESERVATION,
    { id },
  );
  return reservation;
}

/** Undefined while the channel or the SKUs are not registered. */
export async function readAvailable(client: HubClient): Promise<readonly number[] | undefined> {
  const { availability } = await client.graphql<{ availability: readonly ({ available: string } | null)[] }>(
    AVAILABLE,
    {
      skus: SKUS,
    },
  );
  if (availability.some((each) => each === null)) return undefined;
  return availability.map((each) => Number(each?.available));
}
