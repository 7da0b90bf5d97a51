import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { keepSale } from '../domain/keep-sale.ts';
import { sampleOrder, told } from '../testing/sample-order.ts';
import { findOrders } from './find-orders.ts';
import { OrderStore } from './order-store.ts';
import { ORDERS_LIMITS } from './orders-limits.ts';

let platform: TestPlatform;

beforeEach(async () => {
  platform = await openTestPlatform();
});

afterEach(() => platform.close());

test('a page of a location is full while the status of a place lags behind its order', async () => {
  const store = await OrderStore.open(platform, ORDERS_LIMITS);
  const cause = { correlationId: 'test' };
  for (const ordinal of [1, 2, 3]) {
    const { channel, customer, currency, contentHash } = sampleOrder();
    const sale = keepSale({
      channel,
      customer,
      currency,
      contentHash,
      charges: [],
      tenders: [],
      id: `order-${ordinal}`,
      origin: 'STORE_SALE',
      externalId: `R-${ordinal}`,
      location: 'LEEDS',
      lines: [{ sku: 'MUG', decimals: 0, ordered: 1, unitPriceMinor: 0 }],
      told: told(`sale-${ordinal}`, ordinal),
    });
    await store.insert(sale, [], cause);
  }
  // Nothing follows the published changes here, so the place goes on to say DELIVERED.
  await store.change(
    'order-3',
    (order) => ({
      type: 'RegisterReturn',
      return: 'ret-1',
      lines: order.lines.map((line) => ({ line: line.id, quantity: 1 })),
      once: { key: 'c1', contentHash: '' },
      told: told('c1', 10),
    }),
    cause,
  );
  const found = await findOrders(store, { locations: ['LEEDS'], statuses: ['DELIVERED'] }, { limit: 2 });
  expect(found.map(({ id }) => id)).toEqual(['order-2', 'order-1']);
});
