import type { IngestMessage } from '../../scripts/client/hub-client.ts';

/** A retailer of so many stores and goods. */
export interface Retailer {
  readonly stores: readonly string[];
  readonly skus: readonly string[];
}

/** Lines of receipts one after the other: 2.3 on average. */
const LINES = [2, 2, 3, 2, 2, 3, 2, 2, 3, 2] as const;
const LINES_PER_COUNT = 500;
const UNITS = '1000000';
const UNIT_PRICE_MINOR = 1_000;
/** No multiple of it is a number of goods, so that sales go through all of them. */
const STRIDE = 7_919;

export function retailerOf(storeCount: number, skuCount: number): Retailer {
  return {
    stores: Array.from({ length: storeCount }, (_, index) => `STORE-${String(index).padStart(3, '0')}`),
    skus: Array.from({ length: skuCount }, (_, index) => `SKU-${String(index).padStart(5, '0')}`),
  };
}

/** So much of everything in every store that it never runs out. */
export function* openingCounts({ stores, skus }: Retailer, occurredAt: string): Generator<IngestMessage> {
  for (const location of stores) {
    for (let from = 0; from < skus.length; from += LINES_PER_COUNT) {
      const lines = skus.slice(from, from + LINES_PER_COUNT).map((sku) => ({ lineId: sku, sku, quantity: UNITS }));
      yield { eventId: `opening-${location}-${from}`, type: 'stock-counted', occurredAt, data: { location, lines } };
    }
  }
}

/** The sale of this number: stores take turns, goods are scattered. */
export function saleOf({ stores, skus }: Retailer, ordinal: number, occurredAt: string): IngestMessage {
  const location = stores[ordinal % stores.length] ?? '';
  const lineCount = LINES[ordinal % LINES.length] ?? 2;
  const lines = Array.from({ length: lineCount }, (_, index) => ({
    lineId: String(index + 1),
    sku: skus[(ordinal * STRIDE + index) % skus.length] ?? '',
    quantity: '1',
    unitPriceMinor: UNIT_PRICE_MINOR,
  }));
  const externalId = `R-${ordinal}`;
  const tenders = [{ tender: 'CASH', amountMinor: lineCount * UNIT_PRICE_MINOR }];
  const data = { channel: `STORE:${location}`, externalId, location, currency: 'GBP', lines, charges: [], tenders };
  return { eventId: externalId, type: 'store-sale-recorded', occurredAt, data };
}
