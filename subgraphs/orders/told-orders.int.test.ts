import { describe, expect, test } from '@jest/globals';
import type { EventEnvelope } from '../../kernel/model/event-envelope.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { orderPlacedTold, type OrderPlacedTold } from '../../schema/events/inbox-orders.ts';
import { webSaleRecorded } from '../../schema/events/inbox.ts';
import { skuRegistered } from '../../schema/events/products.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { BY_NUMBER, PLACE } from './testing/documents.ts';
import { AGENT, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

/* Orders and sales that a web shop or a call centre took and tells of: nobody waits for the answer. */

const openScene = useScenes();

/** Three mugs at 1.00 less 0.30 and carriage of 0.99, with tax added to both: 3.69 + 0.74. */
const TOLD: OrderPlacedTold = {
  channel: 'WEB',
  externalId: 'T-1',
  currency: 'GBP',
  customer: 'ann',
  destination: { country: 'GB', postalCode: 'ls1 4ap' },
  pricesIncludeTax: false,
  lines: [
    {
      sku: 'MUG',
      quantity: '3',
      unitPriceMinor: 100,
      discounts: [{ promotion: 'SUMMER', description: 'Off', amountMinor: 30 }],
      taxes: [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: 54 }],
    },
  ],
  charges: [
    {
      kind: 'SHIPPING',
      description: 'Carriage',
      amountMinor: 99,
      taxes: [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: 20 }],
    },
  ],
  tenders: [{ tender: 'CARD', amountMinor: 443 }],
};

const tell = (scene: Scene, change: Partial<OrderPlacedTold> = {}, eventId?: string): Promise<void> => {
  const data = { ...TOLD, ...change };
  return scene.tell(orderPlacedTold, data, {
    system: 'shop',
    key: `${data.channel}/${data.externalId}`,
    ...(eventId !== undefined && { eventId }),
  });
};

const orderOf = async (scene: Scene, externalId = 'T-1', channel = 'WEB') =>
  (await scene.ask(AGENT, BY_NUMBER, { channel, externalId })).data.orderByExternalId;

async function listen(scene: Scene): Promise<readonly EventEnvelope[]> {
  const raised: EventEnvelope[] = [];
  await scene.platform.streams.consume({
    durable: 'test-exceptions',
    stream: streamOf('orders'),
    types: ['order-exception-raised'],
    from: 'first',
    concurrencyMax: 1,
    deliveriesMax: 3,
    backoffMinMs: 1,
    backoffMaxMs: 5,
    handle: async ({ envelope }) => void raised.push(envelope),
  });
  return raised;
}

const dataOf = (envelopes: readonly EventEnvelope[]) => envelopes.map(({ data }) => data);

describe('an order that a channel tells of', () => {
  test('is placed once by channel and number, however often and by whichever way it comes', async () => {
    const scene = await openScene();
    await tell(scene);
    await tell(scene);
    const order = await waitFor(async () => {
      const found = await orderOf(scene);
      return found?.status === 'PROCESSING' ? found : undefined;
    });
    expect(order).toMatchObject({
      customer: 'ann',
      totals: { grand: { amountMinor: 443 } },
      payments: [{ tender: 'CARD', authorized: { amountMinor: 443 } }],
    });
    expect(order.timeline.edges[0].node).toMatchObject({ type: 'ORDER_PLACED', source: 'shop' });
    expect(scene.inventory.done.filter((name) => name === 'reserve-stock')).toHaveLength(1);
    // With other content it is kept aside, and refused to whoever asks for it.
    await tell(scene, { customer: 'bob' });
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1, 'the other order to be kept aside');
    const input = {
      channel: 'WEB',
      externalId: 'T-1',
      lines: [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
      tenders: [{ tender: 'CARD', amountMinor: 100 }],
    };
    const { errors } = await scene.ask(AGENT, PLACE, { input });
    expect(errors[0]?.extensions?.['code']).toBe('IDEMPOTENCY_KEY_REUSED');
    const blank = await scene.ask(AGENT, PLACE, { input: { ...input, externalId: 'T-9', customer: 'ann ' } });
    expect(blank.errors[0]?.extensions?.['details']).toEqual({ field: 'customer' });
  });

  test('waits for the ledger and is never abandoned', async () => {
    const scene = await openScene({ placementTtlMs: 0, abandonedPollMs: 5 });
    scene.isInventoryUp = false;
    await tell(scene);
    await waitFor(async () => (await orderOf(scene))?.status === 'RECEIVED', 'the order');
    // Whoever asks for one and does not come again loses it meanwhile.
    const asked = { ...TOLD, externalId: 'P-1', charges: [], pricesIncludeTax: true };
    const lines = [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }];
    const input = { channel: 'WEB', externalId: 'P-1', lines, tenders: [{ tender: 'CARD', amountMinor: 100 }] };
    expect((await scene.ask(AGENT, PLACE, { input })).errors).toHaveLength(1);
    await waitFor(async () => (await orderOf(scene, asked.externalId))?.status === 'CANCELLED', 'the abandoned one');
    expect((await orderOf(scene)).status).toBe('RECEIVED');
    scene.isInventoryUp = true;
    await waitFor(async () => (await orderOf(scene)).status === 'PROCESSING', 'the claim');
  });

  test('waits for a SKU that is not registered', async () => {
    const scene = await openScene();
    const lines = [{ sku: 'VASE', quantity: '1', unitPriceMinor: 443 }];
    await tell(scene, { lines, charges: [] });
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1);
    scene.inventory.put('VASE', 'DC', 1);
    await scene.tell(skuRegistered, { sku: 'VASE', baseUnit: 'EA', step: '1', tracking: 'NONE', categories: [] });
    await waitFor(async () => (await orderOf(scene))?.status === 'PROCESSING', 'the order');
  });

  test('is taken on although there is not enough of it: the rest is owed', async () => {
    const scene = await openScene();
    const lines = [{ sku: 'MUG', quantity: '33', unitPriceMinor: 1 }];
    await tell(scene, { lines, charges: [], tenders: [{ tender: 'CARD', amountMinor: 33 }] });
    const isOwed = async () => {
      const states: readonly object[] = (await orderOf(scene))?.lines[0].states ?? [];
      return states.some((each) => JSON.stringify(each) === JSON.stringify({ state: 'BACKORDERED', quantity: '3' }));
    };
    await waitFor(isOwed, 'what is owed');
  });

  test('is an exception when it does not add up', async () => {
    const scene = await openScene();
    const raised = await listen(scene);
    await tell(scene, { tenders: [{ tender: 'CARD', amountMinor: 442 }] }, 'shop-1');
    await waitFor(() => raised.length === 1, 'the exception');
    expect(dataOf(raised)).toMatchObject([
      { class: 'FACT_REFUSED', exceptionId: 'fact-shop-refused-TOTALS_MISMATCH', source: 'shop', evidence: 'shop-1' },
    ]);
    expect(await orderOf(scene)).toBeNull();
  });

  test('is an exception when its money is refused', async () => {
    const scene = await openScene();
    const raised = await listen(scene);
    const provider = { system: scene.psp.system, reference: 'no-such-payment' };
    await tell(scene, { tenders: [{ tender: 'CARD', amountMinor: 443, provider }] });
    await waitFor(async () => (await orderOf(scene))?.status === 'CANCELLED', 'the order to be called off');
    await waitFor(() => raised.length > 0, 'the exception');
    const { id } = await orderOf(scene);
    expect(dataOf(raised)[0]).toMatchObject({ class: 'FACT_REFUSED', severity: 'HIGH', source: 'shop', order: id });
  });
});

describe('a sale that was completed elsewhere', () => {
  const SOLD = {
    channel: 'WEB',
    externalId: 'S-1',
    location: 'DC',
    currency: 'GBP',
    pricesIncludeTax: false,
    lines: [{ lineId: '1', ...TOLD.lines[0], sku: 'MUG', quantity: '3', unitPriceMinor: 100 }],
    charges: [],
    tenders: [{ tender: 'CARD' as const, amountMinor: 324 }],
  };

  test('costs what its lines came to, with what was taken off and the taxes', async () => {
    const scene = await openScene();
    const raised = await listen(scene);
    await scene.tell(webSaleRecorded, SOLD);
    const order = await waitFor(() => orderOf(scene, 'S-1'), 'the sale');
    expect(order.totals).toMatchObject({ items: { amountMinor: 300 }, grand: { amountMinor: 324 } });
    // A minor unit less is told, and the sale kept: it has happened.
    await scene.tell(webSaleRecorded, { ...SOLD, externalId: 'S-2', tenders: [{ tender: 'CARD', amountMinor: 323 }] });
    await waitFor(() => orderOf(scene, 'S-2'), 'the other sale');
    await waitFor(() => raised.length === 1, 'the exception');
    expect(dataOf(raised)).toMatchObject([{ class: 'PAYMENT_MISMATCH', severity: 'HIGH' }]);
  });

  test('waits for a channel that is not registered', async () => {
    const scene = await openScene();
    await scene.tell(webSaleRecorded, { ...SOLD, channel: 'NOWHERE' });
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1, 'the sale to be kept aside');
    expect(await orderOf(scene, 'S-1', 'NOWHERE')).toBeNull();
  });
});
