import { beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { shipmentRecorded } from '../../schema/events/inbox-work.ts';
import {
  marketplaceAnswerTold,
  marketplaceCancellationTold,
  marketplaceOrderPending,
  marketplaceOrderReceived,
  type MarketplaceCancellationTold,
  type MarketplaceOrderReceived,
} from '../../schema/events/inbox-marketplace.ts';
import { backorderCovered } from '../../schema/events/inventory.ts';
import { orderExceptionCleared, orderExceptionRaised } from '../../schema/events/orders.ts';
import { skuRegistered } from '../../schema/events/products.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { AGENT, storeOf, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

const READ = `query ($externalId: String!) {
  orderByExternalId(channel: "WEB", externalId: $externalId) {
    id status currency
    totals { grand { amountMinor } }
    lines { id states { state quantity } }
    payments { tender authorized { amountMinor } captured { amountMinor } }
    marketplace { system isPaid acknowledgeDueAt acknowledgedAt shipDueAt words { about shipment state reason } }
    labels { status }
    timeline(first: 200) { edges { node { type } } }
  }
}`;

const FULFIL = `mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { order { id } } }`;
const BUYER = { name: 'Sam Buyer', street: '7 Market Row', city: 'London', postalCode: 'N1 7AA', country: 'GB' };

const ACKNOWLEDGE_BY = '2100-01-05T13:00:00.000Z';

interface OrderData {
  readonly id: string;
  readonly status: string;
  readonly currency: string;
  readonly totals: { readonly grand: { readonly amountMinor: number } };
  readonly lines: readonly {
    readonly id: string;
    readonly states: readonly { readonly state: string; readonly quantity: string }[];
  }[];
  readonly payments: readonly Readonly<Record<string, unknown>>[];
  readonly marketplace: {
    readonly acknowledgedAt: string | null;
    readonly words: readonly Readonly<Record<string, string | null>>[];
  };
  readonly labels: readonly { readonly status: string }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

describe('orders of a marketplace', () => {
  let scene: Scene;

  beforeEach(async () => {
    scene = await openScene();
  });

  const sold = (number: string, change: Partial<MarketplaceOrderReceived> = {}): MarketplaceOrderReceived => ({
    channel: 'WEB',
    externalId: number,
    currency: 'GBP',
    acknowledgeBy: ACKNOWLEDGE_BY,
    lines: [
      { lineId: 'item-1', sku: 'MUG', quantity: '2', unitPriceMinor: 100 },
      { lineId: 'item-2', sku: 'JUG', quantity: '1', unitPriceMinor: 250 },
    ],
    charges: [{ kind: 'SHIPPING', description: 'Shipping', amountMinor: 50 }],
    ...change,
  });

  const sell = (number: string, change: Partial<MarketplaceOrderReceived> = {}, eventId = `order:${number}`) =>
    scene.tell(marketplaceOrderReceived, sold(number, change), { system: 'market-north', eventId, key: number });

  const callOff = (number: string, change: Partial<MarketplaceCancellationTold> = {}, eventId = `off:${number}`) =>
    scene.tell(
      marketplaceCancellationTold,
      { channel: 'WEB', externalId: number, kind: 'REQUESTED', reason: 'Changed my mind', ...change },
      { system: 'market-north', eventId, key: number },
    );

  async function read(number: string): Promise<OrderData | null> {
    return (await scene.ask(AGENT, READ, { externalId: number })).data.orderByExternalId as OrderData | null;
  }

  const statesOf = (order: OrderData | null) =>
    order?.lines.map(({ states }) => states.map(({ state, quantity }) => `${quantity} ${state}`).join(' + '));

  async function until(number: string, ...wanted: string[]): Promise<OrderData> {
    await waitFor(async () => JSON.stringify(statesOf(await read(number))) === JSON.stringify(wanted), wanted.join());
    return (await read(number)) as OrderData;
  }

  const send = (id: string, shipment: string, quantity: string) =>
    scene.tell(shipmentRecorded, {
      order: id,
      location: 'DC',
      lines: [{ lineId: '1', orderLine: `${id}.1`, sku: 'MUG', quantity }],
      shipment,
      carrier: 'DPD',
      trackingNumber: `${shipment}-number`,
    });

  async function toldToPeople(type: string): Promise<readonly Readonly<Record<string, string>>[]> {
    await scene.platform.documents.flushOutbox();
    const messages = await scene.platform.streams.read(streamOf('orders'), 0, 1_000);
    const told = messages.filter(({ envelope }) => envelope.type === type);
    return told.map(({ envelope }) => envelope.data as Readonly<Record<string, string>>);
  }

  const exceptions = async (): Promise<readonly (string | undefined)[]> =>
    (await toldToPeople(orderExceptionRaised.type)).map((told) => told['class']);

  test('are claimed, acknowledged and released, and paid for by the marketplace', async () => {
    await sell('M-1');
    const order = await until('M-1', '2 RELEASED', '1 RELEASED');
    expect(order.totals.grand.amountMinor).toBe(500);
    expect(order.payments).toMatchObject([{ tender: 'MARKETPLACE', authorized: { amountMinor: 500 } }]);
    await waitFor(async () => (await read('M-1'))?.marketplace.acknowledgedAt !== null, 'the acknowledgement');
    expect((await read('M-1'))?.marketplace).toMatchObject({
      system: 'market-north',
      acknowledgeDueAt: ACKNOWLEDGE_BY,
      words: [{ about: 'ACKNOWLEDGEMENT', shipment: null, state: 'TAKEN', reason: null }],
    });
    expect(scene.market.words).toEqual([
      expect.objectContaining({
        name: 'acknowledge-order',
        about: { order: order.id, channel: 'WEB', externalId: 'M-1' },
      }),
    ]);
  });

  test('of one number are one order for ever, and the same number with other content waits for a person', async () => {
    await sell('M-1');
    const { id } = await until('M-1', '2 RELEASED', '1 RELEASED');
    await sell('M-1', {}, 'told-again');
    await sell('M-1', { currency: 'EUR' }, 'told-otherwise');
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1, 'the other content');
    expect(scene.telemetry.total('orders_marketplace_repeated_total')).toBe(1);
    expect(await read('M-1')).toMatchObject({ id, currency: 'GBP' });
    expect(scene.market.told('acknowledge-order')).toHaveLength(1);
  });

  test('are not refused for being short: what is missing is owed, and goes on when it is there', async () => {
    for (const location of ['DC', 'LEEDS', 'LONDON']) scene.inventory.put('MUG', location, location === 'DC' ? 1 : 0);
    await sell('M-1');
    const { id } = await until('M-1', '1 BACKORDERED + 1 RELEASED', '1 RELEASED');
    expect(scene.market.told('acknowledge-order')).toHaveLength(1);
    scene.inventory.put('MUG', 'DC', 2);
    const [covered] = scene.inventory.cover('MUG');
    await scene.tell(
      backorderCovered,
      { reservation: covered?.reservation ?? '', sku: 'MUG', quantity: '1', kind: 'ORDER', owner: id },
      { system: 'inventory' },
    );
    await until('M-1', '2 RELEASED', '1 RELEASED');
  });

  test('are taken on while the ledger is away, and are claimed when it is back', async () => {
    scene.isInventoryUp = false;
    await sell('M-1');
    await waitFor(async () => (await read('M-1')) !== null, 'the order');
    expect(await read('M-1')).toMatchObject({ status: 'RECEIVED', marketplace: { words: [] } });
    scene.isInventoryUp = true;
    await until('M-1', '2 RELEASED', '1 RELEASED');
  });

  test('wait for goods that nobody has registered yet, and people hear of it until somebody has', async () => {
    await sell('M-1', { lines: [{ lineId: 'item-1', sku: 'VASE', quantity: '1', unitPriceMinor: 100 }] });
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1, 'the unknown SKU');
    const [raised] = await toldToPeople(orderExceptionRaised.type);
    expect(raised).toMatchObject({
      class: 'MARKETPLACE_ORDER_UNCLAIMED',
      source: 'market-north',
      evidence: 'order:M-1',
    });
    expect(await toldToPeople(orderExceptionCleared.type)).toEqual([]);
    scene.inventory.put('VASE', 'DC', 1);
    await scene.tell(skuRegistered, { sku: 'VASE', baseUnit: 'EA', step: '1', tracking: 'NONE', categories: [] });
    await until('M-1', '1 RELEASED');
    const cleared = { exceptionId: raised?.['exceptionId'] };
    await waitFor(async () => (await toldToPeople(orderExceptionCleared.type)).length === 1, 'its end');
    expect(await toldToPeople(orderExceptionCleared.type)).toMatchObject([cleared]);
  });

  test('tell the marketplace of each parcel, also while it is down, in the order in which they left', async () => {
    await sell('M-1');
    const { id } = await until('M-1', '2 RELEASED', '1 RELEASED');
    await waitFor(() => scene.market.words.length === 1, 'the acknowledgement');
    scene.market.isUp = false;
    await send(id, 'S-1', '1');
    await send(id, 'S-2', '1');
    await until('M-1', '2 SHIPPED', '1 RELEASED');
    expect(scene.market.told('tell-shipment')).toEqual([]);
    scene.market.isUp = true;
    await waitFor(() => scene.market.told('tell-shipment').length === 2, 'both parcels');
    expect(scene.market.told('tell-shipment').map(({ about }) => about)).toEqual([
      expect.objectContaining({
        externalId: 'M-1',
        packageNo: 1,
        carrier: 'DPD',
        trackingNumber: 'S-1-number',
        lines: [{ lineId: 'item-1', quantity: '1' }],
      }),
      expect.objectContaining({ packageNo: 2, trackingNumber: 'S-2-number' }),
    ]);
  });

  test('are called off where the customer asks for it, and the marketplace hears that they are', async () => {
    await sell('M-1');
    await until('M-1', '2 RELEASED', '1 RELEASED');
    await callOff('M-1');
    await until('M-1', '2 CANCELLED', '1 CANCELLED');
    await waitFor(() => scene.market.told('tell-cancellation').length === 1, 'the cancellation');
    expect(scene.market.told('tell-cancellation')[0]?.about).toMatchObject({
      reason: 'BUYER',
      lines: [
        { lineId: 'item-1', quantity: '2' },
        { lineId: 'item-2', quantity: '1' },
      ],
    });
    expect(scene.wms.stops).toHaveLength(1);
  });

  test('are called off line by line', async () => {
    await sell('M-1');
    await until('M-1', '2 RELEASED', '1 RELEASED');
    await callOff('M-1', { lines: ['item-2'] });
    await waitFor(() => scene.market.told('tell-cancellation').length === 1, 'the cancellation');
    expect(scene.market.told('tell-cancellation')[0]?.about).toMatchObject({
      reason: 'BUYER',
      lines: [{ lineId: 'item-2', quantity: '1' }],
    });
    const order = await until('M-1', '2 RELEASED', '1 CANCELLED');
    expect(order.status).toBe('PROCESSING');
  });

  test('that the marketplace has called off by itself it need not hear of', async () => {
    await sell('M-1');
    await until('M-1', '2 RELEASED', '1 RELEASED');
    await callOff('M-1', { kind: 'CANCELLED' });
    await until('M-1', '2 CANCELLED', '1 CANCELLED');
    expect(scene.market.told('tell-cancellation')).toEqual([]);
  });

  test('stay as they are when everything has left before the customer asks', async () => {
    await sell('M-1', { lines: [{ lineId: 'item-1', sku: 'MUG', quantity: '1', unitPriceMinor: 100 }] });
    const { id } = await until('M-1', '1 RELEASED');
    await send(id, 'S-1', '1');
    await until('M-1', '1 SHIPPED');
    await callOff('M-1');
    const typesOf = async () => (await read('M-1'))?.timeline.edges.map(({ node }) => node.type) ?? [];
    await waitFor(async () => (await typesOf()).includes('CANCELLATION_TOO_LATE'), 'the note');
    expect(statesOf(await read('M-1'))).toEqual(['1 SHIPPED']);
    expect(scene.telemetry.total('orders_facts_parked_total')).toBe(0);
  });

  test('are called off also when that was told before them', async () => {
    await callOff('M-1');
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1, 'the cancellation');
    await sell('M-1');
    await until('M-1', '2 CANCELLED', '1 CANCELLED');
    await waitFor(() => scene.market.told('tell-cancellation').length === 1, 'that it is called off');
    expect(scene.market.told('acknowledge-order')).toEqual([]);
  });

  test('count as acknowledged once the marketplace says so, however late', async () => {
    scene.market.isSlow = true;
    await sell('M-1');
    await until('M-1', '2 RELEASED', '1 RELEASED');
    await waitFor(() => scene.market.words.length === 1, 'the acknowledgement');
    expect((await read('M-1'))?.marketplace).toMatchObject({ acknowledgedAt: null, words: [{ state: 'ASKED' }] });
    const [word] = scene.market.words;
    await scene.tell(
      marketplaceAnswerTold,
      { channel: 'WEB', externalId: 'M-1', command: word?.key ?? '', outcome: 'SUCCEEDED' },
      { system: 'market-north', key: 'M-1' },
    );
    await waitFor(async () => (await read('M-1'))?.marketplace.acknowledgedAt !== null, 'the answer');
    expect((await read('M-1'))?.marketplace.words).toMatchObject([{ state: 'TAKEN' }]);
  });

  test('that the marketplace will not hear of are told to people, and go on', async () => {
    scene.market.refuses = 'acknowledge-order';
    await sell('M-1');
    const order = await until('M-1', '2 RELEASED', '1 RELEASED');
    await waitFor(async () => (await exceptions()).includes('MARKETPLACE_REFUSED'), 'the exception');
    expect(order.marketplace.acknowledgedAt).toBeNull();
    expect((await read('M-1'))?.marketplace.words).toMatchObject([
      { state: 'REFUSED', reason: 'The marketplace says no.' },
    ]);
  });

  const order = (number: string) =>
    scene.tell(
      marketplaceOrderPending,
      {
        channel: 'WEB',
        externalId: number,
        lines: sold(number).lines.map(({ lineId, sku, quantity }) => ({ lineId, sku, quantity })),
      },
      { system: 'market-north', eventId: `pending:${number}`, key: number },
    );

  test('that are not paid for keep their stock and nothing else, and go on when they are, also after a restart', async () => {
    await order('M-1');
    const pending = await until('M-1', '2 RESERVED', '1 RESERVED');
    expect(pending).toMatchObject({ status: 'HELD', payments: [], marketplace: { isPaid: false } });
    await scene.restart();
    expect(scene.market.words).toEqual([]);
    expect(scene.wms.releases).toEqual([]);
    await sell('M-1');
    const paid = await until('M-1', '2 RELEASED', '1 RELEASED');
    expect(paid).toMatchObject({
      id: pending.id,
      totals: { grand: { amountMinor: 500 } },
      marketplace: { isPaid: true },
    });
    await waitFor(() => scene.market.told('acknowledge-order').length === 1, 'the acknowledgement');
    await sell('M-1', {}, 'told-again');
    await order('M-1');
    await waitFor(() => scene.telemetry.total('orders_marketplace_repeated_total') === 2, 'the repetition');
    expect(scene.telemetry.total('orders_facts_parked_total')).toBe(0);
    expect(scene.market.words).toHaveLength(1);
  });

  test('that are called off before they are paid for give their stock back', async () => {
    await order('M-1');
    await until('M-1', '2 RESERVED', '1 RESERVED');
    await callOff('M-1', { kind: 'CANCELLED' });
    await until('M-1', '2 CANCELLED', '1 CANCELLED');
    await sell('M-2', { lines: [{ lineId: 'item-1', sku: 'JUG', quantity: '30', unitPriceMinor: 100 }] });
    await until('M-2', '30 RESERVED');
    expect(scene.market.told('tell-cancellation')).toEqual([]);
  });

  /** A mug that the store in London has packed. */
  async function pack(number: string): Promise<string> {
    scene.inventory.put('MUG', 'DC', 0);
    await sell(number, { lines: [{ lineId: 'item-1', sku: 'MUG', quantity: '1', unitPriceMinor: 100 }] });
    const { id } = await until(number, '1 RELEASED');
    for (const step of ['PICK', 'PACK']) {
      const input = { order: id, location: 'LONDON', step, idempotencyKey: `${number}-${step}` };
      expect((await scene.ask(storeOf('LONDON'), FULFIL, { input })).errors).toEqual([]);
    }
    return id;
  }

  const addressesKept = async () => {
    const kept = await scene.platform.documents.collection({ name: 'orders-addresses', indexes: [] });
    return kept.find({ limit: 5 });
  };

  test('are sent with a label of the hub, whose address the marketplace is asked for and which is kept until they have left', async () => {
    scene.market.addresses.set('M-1', BUYER);
    const id = await pack('M-1');
    await waitFor(async () => (await read('M-1'))?.labels[0]?.status === 'BOUGHT', 'the label');
    expect([...scene.carrier.sold.values()]).toMatchObject([{ reference: `${id}.l1`, to: BUYER }]);
    expect(scene.market.addressesAsked).toBe(1);
    expect(await addressesKept()).toMatchObject([{ document: { id, address: BUYER } }]);
    const input = { order: id, location: 'LONDON', step: 'SHIP', idempotencyKey: 'ship' };
    expect((await scene.ask(storeOf('LONDON'), FULFIL, { input })).errors).toEqual([]);
    await waitFor(async () => (await addressesKept()).length === 0, 'the address to be forgotten');
  });

  test('whose address the marketplace does not tell go with a label of their store, and people hear of it', async () => {
    scene.market.refuses = 'address';
    await pack('M-1');
    await waitFor(async () => (await read('M-1'))?.labels[0]?.status === 'REFUSED', 'the label to be refused');
    await waitFor(async () => (await exceptions()).includes('LABEL_REFUSED'), 'the exception');
    expect(await addressesKept()).toEqual([]);
  });
});
