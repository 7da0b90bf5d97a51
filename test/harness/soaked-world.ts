import type { IngestMessage } from '../../scripts/client/hub-client.ts';
import type { RetailOptions } from '../../scripts/hub/create-subgraphs.ts';
import { openingFacts } from './opening-facts.ts';

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
  return openingFacts({ locations: SOAKED_LOCATIONS, skus: SOAKED_SKUS });
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
