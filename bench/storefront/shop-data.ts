/*
 * The shop that all variants serve. Everything follows from the indices, so every process makes the same.
 */
const SKU_COUNT = 2_000;
export const ORDER_COUNT = 100;
export const CHANNEL_ID = 'WEB-UK';

const LOCATION_COUNT = 5;
const LINES_PER_ORDER = 5;
const TIMELINE_ENTRIES = 12;
const PLACED_AT_MS = Date.UTC(2026, 0, 5, 9);
const MINUTE_MS = 60_000;

const range = <T>(length: number, make: (index: number) => T): readonly T[] =>
  Array.from({ length }, (_, index) => make(index));
const gbp = (amountMinor: number) => ({ amountMinor, currencyCode: 'GBP' });
const at = (minutes: number) => new Date(PLACED_AT_MS + minutes * MINUTE_MS).toISOString();

export const skuId = (index: number): string => `SKU-${String(index % SKU_COUNT).padStart(4, '0')}`;
export const orderId = (index: number): string => `order-${String(index % ORDER_COUNT).padStart(4, '0')}`;
const locationId = (index: number): string => `STORE-${index % LOCATION_COUNT}`;

export const SKUS = range(SKU_COUNT, (index) => ({
  id: skuId(index),
  title: `Cotton shirt ${index}, sage, size ${index % 9}`,
  product: { id: `PRODUCT-${Math.floor(index / 4)}`, title: `Cotton shirt ${Math.floor(index / 4)}` },
  price: { amount: gbp(1_999 + index), effectiveFrom: at(0), asOf: at(index) },
}));

export const LOCATIONS = range(LOCATION_COUNT, (index) => ({ id: locationId(index), name: `High Street ${index}` }));

export const AVAILABILITIES = range(SKU_COUNT, (index) => ({
  sku: skuId(index),
  available: String(LOCATION_COUNT * index),
  band: 'OK',
  nodes: LOCATIONS.map((location) => ({ location, available: String(index), band: 'OK' })),
}));

export const ORDERS = range(ORDER_COUNT, (index) => {
  const lines = range(LINES_PER_ORDER, (line) => ({
    id: `${orderId(index)}-line-${line}`,
    lineNo: line + 1,
    sku: { id: skuId(index * LINES_PER_ORDER + line) },
    ordered: '2',
    unitPrice: gbp(1_999 + line),
    location: { id: locationId(line) },
    states: [
      { state: 'DELIVERED', quantity: '1' },
      { state: 'RETURNED', quantity: '1' },
    ],
  }));
  return {
    id: orderId(index),
    externalId: `W-${100_000 + index}`,
    status: 'PARTIALLY_RETURNED',
    placedAt: at(index),
    totals: { items: gbp(11_000), charges: gbp(495), grand: gbp(11_495) },
    lines,
    shipments: lines.slice(0, 2).map((line, parcel) => ({
      id: `${orderId(index)}-parcel-${parcel}`,
      location: line.location,
      carrier: 'Royal Mail',
      trackingNumber: `RM${index}${parcel}GB`,
      shippedAt: at(index + 600),
      deliveredAt: at(index + 2_000),
      lines: [{ orderLine: { id: line.id }, quantity: line.ordered }],
    })),
    timeline: range(TIMELINE_ENTRIES, (entry) => ({
      id: `${orderId(index)}-entry-${entry}`,
      type: 'STATE_CHANGED',
      summary: `Step ${entry} of the order was recorded by its system.`,
      occurredAt: at(index + entry * 60),
      recordedAt: at(index + entry * 60),
      lagMs: 40 * entry,
      source: entry % 2 === 0 ? 'hub' : 'wms-main',
    })),
  };
});

export const RETURNS = ORDERS.map((order, index) => ({
  id: `return-${index}`,
  order: order.id,
  number: `R-${index}`,
  status: 'CLOSED',
  openedAt: at(index + 3_000),
  lines: order.lines.slice(0, 2).map((line) => ({
    id: `${line.id}-return`,
    sku: line.sku,
    quantity: '1',
    reason: 'UNWANTED',
    status: 'CLOSED',
  })),
  refunds: [{ id: `refund-${index}`, amount: gbp(3_998), status: 'SUCCEEDED' }],
}));
