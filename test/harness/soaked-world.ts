import type { IngestMessage } from '../../scripts/client/hub-client.ts';
import type { RetailOptions } from '../../scripts/hub/create-subgraphs.ts';

/** What the clients of a soak follow: one channel that sells from two places. */
export const SOAKED_CHANNEL = 'WEB';
export const SOAKED_LOCATIONS = ['S0', 'S1'] as const;
export const SOAKED_SOURCE = 'wms-soak';
export const SOAKED_SKUS = Array.from({ length: 500 }, (_, index) => `SKU-${index}`);

export const SOAKED_RETAIL: RetailOptions = {
  networks: [{ id: SOAKED_CHANNEL, locations: [...SOAKED_LOCATIONS] }],
  channels: [{ id: SOAKED_CHANNEL, network: SOAKED_CHANNEL, currency: 'GBP', publishes: 'ATS' }],
};

const OPENING_UNITS = 1_000;
const SKUS_PER_RECEIPT = 250;

export function soakedOpening(): readonly IngestMessage[] {
  const occurredAt = new Date().toISOString();
  const places = SOAKED_LOCATIONS.map((location) => ({
    eventId: `place-${location}`,
    type: 'location-recorded',
    occurredAt,
    data: { location, name: location, type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP', 'PICKUP'] },
  }));
  const items = SOAKED_SKUS.map((sku) => ({
    eventId: `item-${sku}`,
    type: 'item-recorded',
    occurredAt,
    data: {
      sku,
      title: sku,
      product: { id: sku, title: sku },
      baseUnit: 'EA',
      step: '1',
      tracking: 'NONE',
      categories: [],
      attributes: [],
      lifecycle: 'ACTIVE',
      prices: [],
    },
  }));
  return [...places, ...items];
}

/** What is there to begin with. */
export function soakedStock(): readonly IngestMessage[] {
  const messages: IngestMessage[] = [];
  for (const location of SOAKED_LOCATIONS) {
    for (let first = 0; first < SOAKED_SKUS.length; first += SKUS_PER_RECEIPT) {
      const skus = SOAKED_SKUS.slice(first, first + SKUS_PER_RECEIPT);
      messages.push(receiptOf(`opening-${location}-${first}`, location, { skus, units: OPENING_UNITS }));
    }
  }
  return messages;
}

export function receiptOf(
  eventId: string,
  location: string,
  { skus, units }: { readonly skus: readonly string[]; readonly units: number },
): IngestMessage {
  const lines = skus.map((sku, index) => ({ lineId: String(index), sku, quantity: String(units) }));
  const data = { location, reference: eventId, lines };
  return { eventId, key: eventId, type: 'goods-received', occurredAt: new Date().toISOString(), data };
}
