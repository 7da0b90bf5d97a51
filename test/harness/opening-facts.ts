import type { IngestMessage } from '../../scripts/client/hub-client.ts';

/** Stores and goods that differ in nothing but their codes. */
export function openingFacts({
  locations,
  skus,
}: {
  readonly locations: readonly string[];
  readonly skus: readonly string[];
}): readonly IngestMessage[] {
  const occurredAt = new Date().toISOString();
  const places = locations.map((location) => ({
    eventId: `place-${location}`,
    type: 'location-recorded',
    occurredAt,
    data: { location, name: location, type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP', 'PICKUP'] },
  }));
  const items = skus.map((sku) => ({
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
