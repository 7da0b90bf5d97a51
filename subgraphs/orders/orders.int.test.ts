import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import {
  cancellationRefused,
  deliveryRecorded,
  packRecorded,
  pickRecorded,
  shipmentRecorded,
  shortPickRecorded,
} from '../../schema/events/inbox-work.ts';
import { skuRegistered } from '../../schema/events/products.ts';
import { BY_NUMBER, CANCEL, FULFIL, ONE, PLACE } from './testing/documents.ts';
import { AGENT, ANN, BOB, type Scene, storeOf } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

/* The orders context between its neighbours: everything is asked and told through graph, events and commands. */

const INPUT = {
  channel: 'WEB',
  externalId: 'W-1',
  lines: [
    { sku: 'mug', quantity: '3', unitPriceMinor: 100 },
    { sku: 'JUG', quantity: '2', unitPriceMinor: 250 },
  ],
  charges: [{ kind: 'SHIPPING', description: 'Carriage', amountMinor: 101 }],
  tenders: [{ tender: 'CARD', amountMinor: 901 }],
};

interface Line {
  readonly id: string;
  readonly lineNo: number;
  readonly sku: { readonly id: string };
  readonly location: { readonly id: string } | null;
  readonly states: readonly { readonly state: string; readonly quantity: string }[];
}

interface OneOrder {
  readonly lines: readonly { readonly states: readonly { readonly state: string }[] }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

interface OrderData {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly Line[];
  readonly shipments: readonly { readonly deliveredAt: string | null }[];
  readonly payments: readonly { readonly captured: { readonly amountMinor: number } }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

async function place(scene: Scene, changes: object = {}): Promise<OrderData> {
  const { data, errors } = await scene.ask(AGENT, PLACE, { input: { ...INPUT, ...changes } });
  expect(errors).toEqual([]);
  return data.placeOrder.order as OrderData;
}

async function read(scene: Scene, id: string): Promise<OrderData> {
  return (await scene.ask(AGENT, ONE, { id })).data.order as OrderData;
}

const isAll =
  (state: string) =>
  ({ lines }: OrderData): boolean =>
    lines.every((line) => line.states.length === 1 && line.states[0]?.state === state);

function until(scene: Scene, id: string, condition: (order: OrderData) => boolean): Promise<OrderData> {
  return waitFor(async () => {
    const order = await read(scene, id);
    return condition(order) ? order : undefined;
  }, `order ${id}`);
}

const typesOf = (order: OrderData): readonly string[] => order.timeline.edges.map(({ node }) => node.type);
const capturedOf = (order: OrderData): number =>
  order.payments.reduce((sum, payment) => sum + payment.captured.amountMinor, 0);
const work = (order: OrderData, lines: readonly Line[] = order.lines) => ({
  order: order.id,
  location: 'DC',
  lines: lines.map((line, index) => ({
    lineId: `l${index}`,
    orderLine: line.id,
    sku: line.sku.id,
    quantity: line.states[0]?.quantity ?? '0',
  })),
});

describe('placing', () => {
  test('claims, sources and releases an order, and takes in pick, pack, shipment and delivery', async () => {
    const scene = await openScene();
    const placed = await place(scene);
    expect(placed.status).toBe('PROCESSING');
    const released = await until(scene, placed.id, isAll('RELEASED'));
    expect(released.lines.map((line) => line.location?.id)).toEqual(['DC', 'DC']);
    expect(scene.wms.releases).toHaveLength(1);
    expect(scene.wms.releases[0]).toMatchObject({ order: placed.id, location: 'DC', lines: [{}, {}] });

    await scene.tell(pickRecorded, work(released));
    await scene.tell(packRecorded, work(released));
    await scene.tell(shipmentRecorded, { ...work(released, released.lines.slice(0, 1)), shipment: 'P1' });
    const half = await until(scene, placed.id, (order) => order.status === 'PARTIALLY_SHIPPED');
    // 3.00 of 8.00 goods have left: that part of 9.01.
    expect(capturedOf(half)).toBe(337);
    await scene.tell(shipmentRecorded, {
      ...work(released, released.lines.slice(1)),
      shipment: 'P2',
      carrier: 'Swift',
      trackingNumber: 'T2',
    });
    await scene.tell(deliveryRecorded, { order: placed.id, shipment: 'P1' });
    await scene.tell(deliveryRecorded, { order: placed.id, shipment: 'P2' });
    const delivered = await until(scene, placed.id, (order) => order.status === 'DELIVERED');
    expect(capturedOf(delivered)).toBe(901);
    expect(delivered.shipments.every((shipment) => shipment.deliveredAt !== null)).toBe(true);
    expect(typesOf(delivered)).toEqual([
      'ORDER_PLACED',
      'STOCK_RESERVED',
      'STOCK_ALLOCATED',
      'WORK_RELEASED',
      'PICK_RECORDED',
      'PACK_RECORDED',
      'SHIPMENT_RECORDED',
      'SHIPMENT_RECORDED',
      'DELIVERY_RECORDED',
      'DELIVERY_RECORDED',
    ]);
  });

  test('answers the same number with the same content by the same order, and refuses other content', async () => {
    const scene = await openScene();
    const [first, second] = await Promise.all([place(scene), place(scene)]);
    const third = await place(scene);
    expect([second?.id, third.id]).toEqual([first?.id, first?.id]);
    const other = await scene.ask(AGENT, PLACE, { input: { ...INPUT, customer: 'ann' } });
    expect(other.errors[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect([...scene.inventory.reservations.values()]).toHaveLength(2);
  });

  test('refuses an order that is short with what is available, and remembers it', async () => {
    const scene = await openScene();
    const input = { ...INPUT, lines: [{ sku: 'MUG', quantity: '31', unitPriceMinor: 0 }], charges: [] };
    const tenders = [{ tender: 'CARD', amountMinor: 31 }];
    const short = { ...input, lines: [{ sku: 'MUG', quantity: '31', unitPriceMinor: 1 }], tenders };
    const first = await scene.ask(AGENT, PLACE, { input: short });
    expect(first.errors[0]?.extensions).toMatchObject({
      code: 'INSUFFICIENT_STOCK',
      retryable: false,
      details: { lines: [{ sku: 'MUG', asked: '31', available: '30' }] },
    });
    scene.inventory.put('MUG', 'DC', 100);
    const again = await scene.ask(AGENT, PLACE, { input: short });
    expect(again.errors[0]?.extensions).toEqual(first.errors[0]?.extensions);
    const found = await scene.ask(AGENT, BY_NUMBER, { channel: 'WEB', externalId: 'W-1' });
    expect(found.data.orderByExternalId.status).toBe('REJECTED');
    expect([...scene.inventory.reservations.values()]).toEqual([]);
  });

  test('gives the stock back when the answer of the ledger was lost and nobody comes again', async () => {
    const scene = await openScene({ placementTtlMs: 50, abandonedPollMs: 5 });
    scene.losesAnswers = true;
    const { errors } = await scene.ask(AGENT, PLACE, { input: INPUT });
    expect(errors).toMatchObject([{ extensions: { code: 'CONTEXT_UNAVAILABLE' } }]);
    expect(scene.inventory.available('MUG')).toBe(27);
    scene.losesAnswers = false;
    await waitFor(() => scene.inventory.available('MUG') === 30 && scene.inventory.available('JUG') === 30);
    const { data } = await scene.ask(AGENT, BY_NUMBER, { channel: 'WEB', externalId: 'W-1' });
    expect(data.orderByExternalId).toMatchObject({ status: 'CANCELLED' });
    expect(scene.telemetry.total('orders_abandoned_total')).toBe(1);
  });

  test('stays captured while the ledger is away, and goes on under the same number', async () => {
    const scene = await openScene();
    scene.isInventoryUp = false;
    const away = await scene.ask(AGENT, PLACE, { input: INPUT });
    expect(away.errors[0]?.extensions).toMatchObject({ code: 'CONTEXT_UNAVAILABLE', retryable: true });
    const kept = await scene.ask(AGENT, BY_NUMBER, { channel: 'WEB', externalId: 'W-1' });
    expect(kept.data.orderByExternalId.status).toBe('RECEIVED');
    scene.isInventoryUp = true;
    const placed = await place(scene);
    expect(placed.id).toBe(kept.data.orderByExternalId.id);
    expect(placed.status).toBe('PROCESSING');
  });

  test('is taken on while the ledger is away where its channel does, and goes on by itself', async () => {
    const scene = await openScene({ placementTtlMs: 1_000, abandonedPollMs: 5 });
    scene.isInventoryUp = false;
    const input = { ...INPUT, channel: 'TILL' };
    const taken = await scene.ask(AGENT, PLACE, { input });
    expect(taken.errors).toEqual([]);
    const { order } = taken.data.placeOrder;
    expect(order.status).toBe('RECEIVED');
    const again = await scene.ask(AGENT, PLACE, { input });
    expect([again.errors, again.data.placeOrder.order.id]).toEqual([[], order.id]);
    // Another channel is told to try again, and called off meanwhile; this one stays.
    expect((await scene.ask(AGENT, PLACE, { input: INPUT })).errors).toHaveLength(1);
    await waitFor(() => scene.telemetry.total('orders_abandoned_total') === 1, 'the order of the other channel');
    const read = async () => (await scene.ask(AGENT, ONE, { id: order.id })).data.order as OneOrder;
    const statesOf = ({ lines }: OneOrder) => new Set(lines.flatMap(({ states }) => states.map(({ state }) => state)));
    expect(statesOf(await read())).toEqual(new Set(['CAPTURED']));
    scene.isInventoryUp = true;
    await waitFor(async () => statesOf(await read()).has('RELEASED'), 'its work');
    const types = (await read()).timeline.edges.map(({ node }) => node.type);
    expect(types.slice(0, 3)).toEqual(['ORDER_PLACED', 'ORDER_TAKEN_ON', 'STOCK_RESERVED']);
    // Under one claim for each line, however often it was asked for.
    const claims = [...scene.inventory.reservations.values()].filter(({ line }) => line.startsWith(order.id));
    expect(claims).toHaveLength(INPUT.lines.length);
  });

  test('that was taken on is owed what is not there when the ledger is back', async () => {
    const scene = await openScene();
    scene.isInventoryUp = false;
    const taken = await scene.ask(AGENT, PLACE, { input: { ...INPUT, channel: 'TILL' } });
    for (const location of ['DC', 'LONDON', 'LEEDS']) scene.inventory.put('MUG', location, 0);
    scene.isInventoryUp = true;
    const { id } = taken.data.placeOrder.order as { readonly id: string };
    const read = async () => (await scene.ask(AGENT, ONE, { id })).data.order as OneOrder;
    await waitFor(async () => {
      const [mugs] = (await read()).lines;
      return mugs?.states.some(({ state }) => state === 'BACKORDERED');
    }, 'the mugs to be owed');
    expect((await read()).timeline.edges.map(({ node }) => node.type)).not.toContain('ORDER_REJECTED');
  });

  test.each<[string, object]>([
    ['UNKNOWN_SKU', { lines: [{ sku: 'NONE', quantity: '1', unitPriceMinor: 800 }] }],
    ['UNKNOWN_CHANNEL', { channel: 'NOWHERE' }],
    ['INVALID_QUANTITY', { lines: [{ sku: 'MUG', quantity: '0.5', unitPriceMinor: 800 }] }],
    ['INVALID_QUANTITY', { lines: [{ sku: 'MUG', quantity: '0', unitPriceMinor: 800 }] }],
    ['INVALID_QUANTITY', { lines: [{ sku: 'MUG', quantity: '-1', unitPriceMinor: 800 }] }],
    ['TOTALS_MISMATCH', { tenders: [{ tender: 'CARD', amountMinor: 900 }] }],
    ['BAD_USER_INPUT', { lines: [], charges: [], tenders: [] }],
    ['BAD_USER_INPUT', { externalId: ' ' }],
  ])('refuses bad input with %s and keeps nothing', async (code, changes) => {
    const scene = await openScene();
    const { errors } = await scene.ask(AGENT, PLACE, { input: { ...INPUT, ...changes } });
    expect(errors[0]?.extensions.code).toBe(code);
    const found = await scene.ask(AGENT, BY_NUMBER, { channel: 'WEB', externalId: 'W-1' });
    expect(found.data.orderByExternalId).toBeNull();
  });
});

describe('fulfilment', () => {
  test('hands work over once the warehouse is up again, while the orders of a store go on', async () => {
    const scene = await openScene();
    scene.wms.isUp = false;
    const waiting = await place(scene);
    scene.inventory.put('MUG', 'DC', 3);
    scene.inventory.put('JUG', 'DC', 2);
    await until(scene, waiting.id, isAll('ALLOCATED'));
    const atStore = await place(scene, { externalId: 'W-2' });
    const released = await until(scene, atStore.id, isAll('RELEASED'));
    expect(released.lines[0]?.location?.id).toBe('LONDON');
    expect((await read(scene, waiting.id)).lines[0]?.states[0]?.state).toBe('ALLOCATED');
    scene.wms.isUp = true;
    await until(scene, waiting.id, isAll('RELEASED'));
    expect(scene.wms.releases).toHaveLength(1);
  });

  test('sources what was not found from the next location, with the reservation that the ledger made of it', async () => {
    const scene = await openScene();
    const placed = await place(scene);
    const released = await until(scene, placed.id, isAll('RELEASED'));
    const [mug] = released.lines;
    const missing = work(released, [mug as Line]).lines.map((line) => ({ ...line, quantity: '2' }));
    await scene.tell(shortPickRecorded, { order: placed.id, location: 'DC', lines: missing }, { eventId: 'short-1' });
    const resourced = await until(scene, placed.id, isAll('RELEASED'));
    await waitFor(() => scene.inventory.allocations.get(`${mug?.id}|LONDON`) === 2);
    expect(scene.inventory.allocations.get(`${mug?.id}|DC`)).toBe(1);
    expect([...scene.inventory.reservations.values()].filter((each) => each.isActive)).toEqual([]);
    expect(resourced.id).toBe(placed.id);
    const after = await until(
      scene,
      placed.id,
      (order) => typesOf(order).filter((t) => t === 'WORK_RELEASED').length > 1,
    );
    expect(typesOf(after)).toContain('SHORT_PICK_RECORDED');
  });

  test('takes a repeated fact in once, and keeps one that points backwards as evidence', async () => {
    const scene = await openScene();
    const placed = await place(scene);
    const released = await until(scene, placed.id, isAll('RELEASED'));
    const shipment = { ...work(released), shipment: 'P1' };
    await scene.tell(shipmentRecorded, shipment, { eventId: 'ship-1' });
    await scene.tell(shipmentRecorded, shipment, { eventId: 'ship-1' });
    await scene.tell(pickRecorded, work(released), { eventId: 'pick-late' });
    const after = await until(scene, placed.id, (order) => typesOf(order).includes('STATUS_REGRESSION'));
    expect(after.status).toBe('SHIPPED');
    expect(after.shipments).toHaveLength(1);
    expect(typesOf(after).filter((type) => type === 'SHIPMENT_RECORDED')).toHaveLength(1);
  });

  test('takes in work that is told in another unit of the SKU', async () => {
    const scene = await openScene();
    const placed = await place(scene);
    const released = await until(scene, placed.id, isAll('RELEASED'));
    for (const { id: sku } of released.lines.map((line) => line.sku)) {
      const conversions = [{ unit: 'HALF', numerator: 1, denominator: 2 }];
      await scene.tell(skuRegistered, {
        sku,
        baseUnit: 'EA',
        step: '1',
        tracking: 'NONE',
        categories: [],
        conversions,
      });
    }
    const told = work(released);
    const lines = told.lines.map((line) => ({ ...line, quantity: String(Number(line.quantity) * 2), unit: 'HALF' }));
    await scene.tell(pickRecorded, { ...told, lines });
    await until(scene, placed.id, isAll('PICKED'));
    await scene.tell(shipmentRecorded, { ...told, lines, shipment: 'P1' });
    await until(scene, placed.id, isAll('SHIPPED'));
  });

  test('keeps a fact about an order that it does not know, and counts it', async () => {
    const scene = await openScene();
    const lines = [{ lineId: '1', orderLine: 'x.1', sku: 'MUG', quantity: '1' }];
    await scene.tell(pickRecorded, { order: 'x', location: 'DC', lines });
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1);
    expect(await scene.platform.streams.deadLetters('INBOX_EVENTS', 10)).toEqual([]);
  });

  test('lets a store do its steps in order, once per key, and tells the ledger of pick and shipment', async () => {
    const scene = await openScene();
    scene.inventory.put('MUG', 'DC', 0);
    scene.inventory.put('JUG', 'DC', 0);
    const placed = await place(scene, { customer: 'ann' });
    await until(scene, placed.id, isAll('RELEASED'));
    const london = storeOf('LONDON');
    const step = (name: string, key: string, more: object = {}) =>
      scene.ask(london, FULFIL, {
        input: { order: placed.id, location: 'LONDON', idempotencyKey: key, step: name, ...more },
      });
    expect((await step('SHIP', 'k0')).errors[0]?.extensions.code).toBe('ILLEGAL_TRANSITION');
    const picked = await step('PICK', 'k1');
    expect(picked.errors).toEqual([]);
    expect(isAll('PICKED')(picked.data.fulfilOrder.order as OrderData)).toBe(true);
    expect((await step('PICK', 'k1')).errors).toEqual([]);
    expect((await step('PACK', 'k1')).errors[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    await step('PACK', 'k2');
    await step('SHIP', 'k3');
    const done = await step('DELIVER', 'k4');
    expect(done.data.fulfilOrder.order.status).toBe('DELIVERED');
    expect(capturedOf(done.data.fulfilOrder.order as OrderData)).toBe(901);
    await waitFor(() => scene.inventory.movements.length === 2);
    expect(scene.inventory.movements.map((movement) => movement.kind)).toEqual(['PICK', 'SHIP']);
    expect(scene.inventory.stockOf('MUG', 'LONDON')).toBe(7);
    const foreign = await scene.ask(storeOf('LEEDS'), FULFIL, {
      input: { order: placed.id, location: 'LONDON', idempotencyKey: 'f', step: 'PICK' },
    });
    expect(foreign.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const unseen = await scene.ask(storeOf('LEEDS'), FULFIL, {
      input: { order: placed.id, location: 'LEEDS', idempotencyKey: 'f', step: 'PICK' },
    });
    expect(unseen.errors[0]?.extensions.code).toBe('UNKNOWN_ORDER');
  });
});

describe('cancelling', () => {
  const cancel = (scene: Scene, id: string, identity = AGENT) => scene.ask(identity, CANCEL, { input: { order: id } });
  const holdsNothing = (scene: Scene): boolean =>
    scene.inventory.allocations.size === 0 &&
    [...scene.inventory.reservations.values()].every((each) => !each.isActive);

  test('gives back what the ledger claimed for an order that stayed captured', async () => {
    const scene = await openScene();
    scene.isInventoryUp = false;
    await scene.ask(AGENT, PLACE, { input: INPUT });
    const { id } = (await scene.ask(AGENT, BY_NUMBER, { channel: 'WEB', externalId: 'W-1' })).data.orderByExternalId;
    const { data } = await cancel(scene, id as string);
    expect(data.cancelOrder.order.status).toBe('CANCELLED');
    scene.isInventoryUp = true;
    await waitFor(() => scene.inventory.done.includes('cancel-reservations'));
    expect(holdsNothing(scene)).toBe(true);
  });

  test('gives the claim back of an order that no location can serve', async () => {
    const scene = await openScene();
    scene.inventory.put('MUG', 'DC', 0);
    const placed = await place(scene, {
      lines: [{ sku: 'MUG', quantity: '20', unitPriceMinor: 45 }],
      charges: [],
      tenders: [{ tender: 'CARD', amountMinor: 900 }],
    });
    // No location alone can serve twenty: the claim waits.
    await until(scene, placed.id, (order) => typesOf(order).includes('NO_LOCATION_FOUND'));
    const { data } = await cancel(scene, placed.id);
    expect(data.cancelOrder.order.status).toBe('CANCELLED');
    await waitFor(() => holdsNothing(scene));
  });

  test('asks the warehouse, and calls off when it agrees', async () => {
    const scene = await openScene();
    const placed = await place(scene);
    await until(scene, placed.id, isAll('RELEASED'));
    const { data } = await cancel(scene, placed.id);
    expect(isAll('CANCEL_REQUESTED')(data.cancelOrder.order as OrderData)).toBe(true);
    const cancelled = await until(scene, placed.id, (order) => order.status === 'CANCELLED');
    await waitFor(() => holdsNothing(scene));
    const again = await cancel(scene, placed.id);
    expect(again.errors).toEqual([]);
    expect(scene.wms.stops).toHaveLength(1);
    expect(scene.inventory.done.filter((name) => name === 'deallocate-stock')).toHaveLength(1);
    expect(capturedOf(cancelled)).toBe(0);
  });

  test('goes on when the warehouse refuses to stop', async () => {
    const scene = await openScene();
    scene.wms.answer = 'REFUSED';
    const placed = await place(scene);
    const released = await until(scene, placed.id, isAll('RELEASED'));
    await cancel(scene, placed.id);
    await until(scene, placed.id, (order) => typesOf(order).includes('CANCELLATION_REFUSED'));
    await scene.tell(cancellationRefused, { order: placed.id, location: 'DC', reason: 'on the lorry' });
    await scene.tell(shipmentRecorded, { ...work(released), shipment: 'P1' });
    await until(scene, placed.id, (order) => order.status === 'SHIPPED');
    expect((await cancel(scene, placed.id)).errors[0]?.extensions.code).toBe('ILLEGAL_TRANSITION');
  });

  test('waits for a warehouse that is down and may have the work already', async () => {
    const scene = await openScene();
    scene.wms.isUp = false;
    const placed = await place(scene);
    await until(scene, placed.id, isAll('ALLOCATED'));
    await waitFor(() => scene.telemetry.total('orders_work_obstacles_total') > 0);
    const { data } = await cancel(scene, placed.id);
    expect(isAll('CANCEL_REQUESTED')(data.cancelOrder.order as OrderData)).toBe(true);
    scene.wms.isUp = true;
    await until(scene, placed.id, (order) => order.status === 'CANCELLED');
    await waitFor(() => holdsNothing(scene));
  });

  test('is for the customer of the order and for agents', async () => {
    const scene = await openScene();
    const placed = await place(scene, { customer: 'ann' });
    expect((await cancel(scene, placed.id, BOB)).errors[0]?.extensions.code).toBe('UNKNOWN_ORDER');
    expect((await cancel(scene, placed.id, ANN)).errors).toEqual([]);
  });
});
