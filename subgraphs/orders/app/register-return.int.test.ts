import { afterEach, expect, test } from '@jest/globals';
import { openTestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { RegisterReturn } from '../../../schema/commands/orders.ts';
import { keepSale } from '../domain/keep-sale.ts';
import { closeOrder } from '../domain/times/close-order.ts';
import { entriesOf, sampleOrder, statesOf, told } from '../testing/sample-order.ts';
import { OrderStore } from './order-store.ts';
import { ORDERS_LIMITS } from './orders-limits.ts';
import type { OrdersServices } from './orders-services.ts';
import { registerReturn } from './register-return.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

test('keeps with a closed order that goods came back, once, and takes none back', async () => {
  const platform = await openTestPlatform();
  close = () => platform.close();
  const store = await OrderStore.open(platform, ORDERS_LIMITS);
  const { lines, channel, currency } = sampleOrder();
  const sale = keepSale({
    id: 'sale-1',
    origin: 'STORE_SALE',
    channel,
    externalId: 'R-1',
    contentHash: 'h',
    currency,
    customer: null,
    location: 'STORE',
    charges: [],
    tenders: [],
    told: told('sale'),
    lines: lines.map(({ sku, decimals, ordered, unitPriceMinor }) => ({ sku, decimals, ordered, unitPriceMinor })),
  });
  await store.insert(closeOrder(sale, told('over')), [], { correlationId: 'test' });
  const changeLog = { headCursor: async () => 'orders:e.1' } as unknown as OrdersServices['changeLog'];
  const services = { store, clock: platform.clock, changeLog };
  const request: RegisterReturn = {
    commandId: 'c-1',
    order: 'sale-1',
    return: 'r-1',
    occurredAt: '2026-05-05T09:00:00.000Z',
    lines: [{ orderLine: 'sale-1.1', quantity: '1' }],
  };
  for (let attempt = 0; attempt < 2; attempt++) {
    await expect(registerReturn(services, request, { correlationId: 'test' })).rejects.toMatchObject({
      code: 'RETURN_EXCEEDS_SOLD',
    });
  }
  const after = await store.get('sale-1');
  if (!after) throw new Error('The order is gone.');
  expect(statesOf(after, 1)).toEqual({ CLOSED: 3 });
  expect(entriesOf(after).filter((type) => type === 'STATUS_REGRESSION')).toHaveLength(1);
  expect(after.timeline.at(-1)?.told).toMatchObject({ source: 'returns', evidence: 'r-1' });
});
