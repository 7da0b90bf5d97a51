import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  balanceReported,
  goodsReceived,
  stockAdjusted,
  stockCounted,
  storeSaleRecorded,
} from '../../schema/events/inbox.ts';
import {
  stockExceptionCleared,
  stockExceptionRaised,
  type StockExceptionCleared,
  type StockExceptionRaised,
} from '../../schema/events/inventory.ts';
import { ownershipChanged, type OwnershipChanged } from '../../schema/events/operations.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { InventoryBench } from './testing/inventory-bench.ts';

let bench: InventoryBench;
beforeEach(async () => {
  bench = await InventoryBench.open();
});
afterEach(() => bench.close());

const line = (quantity: string, sku = 'A') => ({ lineId: `${sku}-1`, sku, quantity });

const receive = (quantity: string, location = 'S1', told = {}) =>
  bench.publish(goodsReceived, { location, reference: 'po', lines: [line(quantity)] }, told);
const sell = (quantity: string, location = 'S1', told = {}) =>
  bench.publish(
    storeSaleRecorded,
    {
      channel: 'POS',
      externalId: `receipt-${quantity}`,
      location,
      currency: 'GBP',
      lines: [{ ...line(quantity), unitPriceMinor: 100 }],
      charges: [],
      tenders: [],
    },
    told,
  );
const count = (quantity: string, told: { system?: string; occurredAtMs?: number } = {}) =>
  bench.publish(stockCounted, { location: 'S1', lines: [line(quantity)] }, told);
const report = (quantity: string, told: { occurredAtMs?: number; eventId?: string } = {}, bucket?: 'SUSPECT') =>
  bench.publish(
    balanceReported,
    { location: 'S1', lines: [{ ...line(quantity), ...(bucket && { bucket }) }] },
    { system: 'erp', ...told },
  );
const own = (rule: Partial<OwnershipChanged>) =>
  bench.publish(ownershipChanged, {
    domain: 'STOCK',
    quantity: 'COUNT',
    location: 'S1',
    writerSystem: 'wms',
    ruleVersion: 1,
    ...rule,
  });

/** @returns the claim of an order on the network */
async function accept(owner: string, quantity: string): Promise<string> {
  const lines = [{ lineRef: '1', sku: 'A', quantity }];
  const command = { commandId: owner, kind: 'ORDER', channel: 'WEB', owner, lines };
  const reply = (await bench.request('reserve-stock', command)) as { reservations: readonly { readonly id: string }[] };
  return reply.reservations[0]?.id ?? '';
}
async function setParticipation(key: string, isOn: string): Promise<void> {
  const rules = `[{ kind: PARTICIPATION, location: "S1", ${isOn} }]`;
  const { errors } = await bench.query(
    `mutation { changeAvailabilityRules(input: { idempotencyKey: "${key}", rules: ${rules} }) { effectiveAt } }`,
  );
  expect(errors).toBeUndefined();
}

const sellable = async (): Promise<string | undefined> => {
  const { data } = await bench.query('{ positions(location: "S1") { edges { node { sellable } } } }');
  const { edges } = (data as unknown as { positions: { edges: { node: { sellable: string } }[] } }).positions;
  return edges[0]?.node.sellable;
};
const sellableIs = (quantity: string) =>
  bench.until(async () => ((await sellable()) === quantity ? true : undefined), `${quantity} in S1`);

interface Told {
  readonly raised: readonly StockExceptionRaised[];
  readonly cleared: readonly StockExceptionCleared[];
}
const told = async (): Promise<Told> => {
  const messages = await bench.platform.streams.read(streamOf('inventory'), 0, 1_000);
  const of = (type: string) =>
    messages.filter(({ envelope }) => envelope.type === type).map(({ envelope }) => envelope.data);
  return {
    raised: of(stockExceptionRaised.type) as StockExceptionRaised[],
    cleared: of(stockExceptionCleared.type) as StockExceptionCleared[],
  };
};
const toldUntil = (condition: (all: Told) => boolean, what: string): Promise<Told> =>
  bench.until(async () => {
    const all = await told();
    return condition(all) ? all : undefined;
  }, what);
/** Nothing more comes of what was told before: a later exception is told, and what was before it is known. */
const settled = async (): Promise<Told> => {
  await sell('1', 'S2', { eventId: 'marker', system: 'marker' });
  const all = await toldUntil(({ raised }) => raised.some(({ source }) => source === 'marker'), 'the marker');
  return { ...all, raised: all.raised.filter(({ source }) => source !== 'marker') };
};

describe('a shortage', () => {
  test('of what was taken but not recorded is one exception that grows, and closes when stock comes in', async () => {
    await receive('2');
    await sell('3', 'S1', { eventId: 'sale-1' });
    const { raised } = await toldUntil((all) => all.raised.length === 1, 'the exception');
    expect(raised[0]).toMatchObject({
      class: 'NEGATIVE_STOCK',
      sku: 'A',
      location: 'S1',
      quantity: '1',
      source: 'pos',
      evidence: 'sale-1',
      correlationId: 'sale-1',
    });

    await sell('4');
    await toldUntil((all) => all.raised.length === 2, 'the greater quantity');
    await receive('9');
    const all = await toldUntil(({ cleared }) => cleared.length === 1, 'its end');
    expect(new Set([...all.raised, ...all.cleared].map(({ exceptionId }) => exceptionId)).size).toBe(1);
    expect(all.raised.map(({ quantity }) => quantity)).toEqual(['1', '5']);
  });

  test('of what is promised at a location names the orders that are concerned', async () => {
    await receive('3');
    await sellableIs('3');
    await bench.request('reserve-stock', {
      commandId: 'c1',
      kind: 'ORDER',
      channel: 'WEB',
      location: 'S1',
      owner: 'order-7',
      lines: [{ lineRef: '1', sku: 'A', quantity: '3' }],
    });
    await sell('1');

    const { raised } = await toldUntil((all) => all.raised.length === 2, 'both exceptions');
    expect(raised.find((each) => each.class === 'OVERSOLD')).toMatchObject({
      quantity: '1',
      location: 'S1',
      severity: 'HIGH',
      orders: ['order-7'],
    });
    expect(raised.find((each) => each.class === 'NETWORK_SHORTAGE')).toMatchObject({ channel: 'WEB', quantity: '1' });
  });

  test('of a network is raised when accepted demand cannot be served any more, and cleared when it is given up', async () => {
    await receive('3');
    await sellableIs('3');
    const reply = (await bench.request('reserve-stock', {
      commandId: 'c1',
      kind: 'ORDER',
      channel: 'WEB',
      owner: 'order-8',
      lines: [{ lineRef: '1', sku: 'A', quantity: '3' }],
    })) as { reservations: { id: string }[] };
    await sell('2');
    const { raised } = await toldUntil((all) => all.raised.length === 1, 'the exception');
    expect(raised[0]).toMatchObject({ class: 'NETWORK_SHORTAGE', channel: 'WEB', quantity: '2', orders: ['order-8'] });

    const reservations = reply.reservations.map(({ id }) => id);
    await bench.request('cancel-reservations', { commandId: 'c2', reservations });
    await toldUntil(({ cleared }) => cleared.length === 1, 'its end');
  });

  test('of a network is raised when a rule takes away what accepted demand was to come from, and cleared with the rule', async () => {
    await receive('3');
    await sellableIs('3');
    await accept('order-9', '3');
    await setParticipation('off', 'isOn: false');
    const { raised } = await toldUntil((all) => all.raised.length === 1, 'the exception');
    expect(raised[0]).toMatchObject({ class: 'NETWORK_SHORTAGE', channel: 'WEB', quantity: '3', orders: ['order-9'] });

    await setParticipation('on', 'isOn: true');
    await toldUntil(({ cleared }) => cleared.length === 1, 'its end');
  });

  test('of a network is raised when a location that takes no part gives back what it was to serve', async () => {
    await receive('3');
    await sellableIs('3');
    const order = 'order-9';
    const reservation = await accept(order, '3');
    const served = { orderLine: '1', sku: 'A', location: 'S1', quantity: '3' };
    await bench.request('allocate-stock', { commandId: 'a', order, lines: [{ ...served, reservation }] });
    await setParticipation('off', 'isOn: false');
    // What a location holds it may still serve.
    expect((await settled()).raised).toEqual([]);

    const freed = { commandId: 'd', order, channel: 'WEB', lines: [served] };
    // oxlint-disable-next-line unicorn/no-thenable -- a word of the contract, and no function
    await bench.request('deallocate-stock', { ...freed, afterwards: 'RESERVE' });
    const short = ({ raised }: Told) => raised.find((each) => each.class === 'NETWORK_SHORTAGE');
    const all = await toldUntil((each) => short(each) !== undefined, 'the exception');
    expect(short(all)).toMatchObject({ channel: 'WEB', quantity: '3' });
  });

  test('that a process left behind is found at the next start, and told once however often it starts', async () => {
    await receive('1');
    await sell('2');
    await toldUntil((all) => all.raised.length === 1, 'the exception');
    await bench.killAndStart();
    await bench.killAndStart();

    expect((await settled()).raised).toHaveLength(1);
  });
});

describe('a comparison', () => {
  beforeEach(async () => {
    await receive('5');
    await sellableIs('5');
  });

  test('with an equal balance raises nothing, and one per difference otherwise, without moving stock', async () => {
    await report('5');
    expect((await settled()).raised).toEqual([]);

    await report('7', { eventId: 'balance-2' });
    const { raised } = await toldUntil((all) => all.raised.some(({ source }) => source === 'erp'), 'the variance');
    expect(raised.filter(({ source }) => source === 'erp')).toEqual([
      expect.objectContaining({ class: 'BALANCE_VARIANCE', quantity: '2', evidence: 'balance-2', location: 'S1' }),
    ]);
    expect(await sellable()).toBe('5');

    await report('5');
    await toldUntil(({ cleared }) => cleared.length === 1, 'the end of the variance');
  });

  test('holds a balance against what was there at its instant', async () => {
    const beforeSaleMs = bench.clock.nowMs();
    bench.clock.advance(1_000);
    await sell('2');
    await sellableIs('3');

    await report('5', { occurredAtMs: beforeSaleMs });
    await report('0', { occurredAtMs: beforeSaleMs }, 'SUSPECT');
    expect((await settled()).raised).toEqual([]);
  });

  test('adds up bins of one SKU before it compares', async () => {
    const lines = [
      { lineId: '1', sku: 'A', quantity: '2' },
      { lineId: '2', sku: 'A', quantity: '3' },
    ];
    await bench.publish(balanceReported, { location: 'S1', lines }, { system: 'erp' });

    expect((await settled()).raised).toEqual([]);
  });
});

describe('the ownership register', () => {
  beforeEach(async () => {
    await receive('5');
    await sellableIs('5');
  });
  const ruled = (system: string, quantity: 'COUNT' | 'ADJUSTMENT' | 'RECEIPT') =>
    bench.until(async () => {
      const saved = await bench.platform.documents.collection<{ id: string; writerSystem: string }>({
        name: 'inventory-ownership',
        indexes: [],
      });
      return (await saved.get(`${quantity}|S1`))?.document.writerSystem === system ? true : undefined;
    }, 'the rule');

  test('lets the count of the owner apply, and compares the counts of all others', async () => {
    await own({});
    await ruled('wms', 'COUNT');
    await count('9', { system: 'pos' });
    const { raised } = await toldUntil((all) => all.raised.length === 1, 'the variance');
    expect(raised[0]).toMatchObject({ class: 'COUNT_VARIANCE', quantity: '4', source: 'pos' });
    expect(await sellable()).toBe('5');

    await count('8', { system: 'wms' });
    await sellableIs('8');
  });

  test('keeps a write of a system that does not own the quantity, and never applies it, however often it comes', async () => {
    await own({ quantity: 'ADJUSTMENT' });
    await own({ quantity: 'RECEIPT' });
    await ruled('wms', 'ADJUSTMENT');
    await ruled('wms', 'RECEIPT');
    const atMs = bench.clock.nowMs();
    const adjust = (quantity: string, eventId: string, system: string) =>
      bench.publish(
        stockAdjusted,
        { location: 'S1', lines: [{ ...line(quantity), reason: 'FOUND' }] },
        { eventId, system, occurredAtMs: atMs },
      );
    await adjust('2', 'adj-1', 'pos');
    await adjust('2', 'adj-1', 'pos');
    await receive('4', 'S1', { system: 'erp' });

    const { raised } = await settled();
    const named = raised.map(({ class: kind, quantity, source }) => [kind, quantity, source]);
    expect(named).toEqual([['FOREIGN_WRITE', '2', 'pos']]);
    expect(await sellable()).toBe('5');

    await adjust('3', 'adj-2', 'wms');
    await sellableIs('8');
  });

  test('waits a day for the owner to tell the receipt that another system told, and then tells people', async () => {
    await own({ quantity: 'RECEIPT' });
    await ruled('wms', 'RECEIPT');
    const tell = (quantity: string, system: string, reference: string) =>
      bench.publish(goodsReceived, { location: 'S1', reference, lines: [line(quantity)] }, { system });
    await tell('4', 'erp', 'PO-1');
    await tell('6', 'erp', 'PO-2');
    await tell('4', 'wms', 'PO-1');
    await sellableIs('9');
    await bench.killAndStart();
    expect((await settled()).raised).toEqual([]);
    bench.clock.advance(86_400_000);
    const open = await bench.until(
      async () => (await told()).raised.find((each) => each.class === 'FOREIGN_WRITE'),
      'the receipt that nobody else told',
    );
    expect(open).toMatchObject({ quantity: '6', source: 'erp', sku: 'A', location: 'S1' });
    expect(await sellable()).toBe('9');
    await tell('6', 'wms', 'PO-2');
    const { cleared } = await toldUntil((all) => all.cleared.length === 1, 'its end');
    expect(cleared[0]).toMatchObject({ exceptionId: open.exceptionId });
    await sellableIs('15');
  });

  test('is remembered across a restart, and an older rule that comes late changes nothing', async () => {
    await own({ ruleVersion: 2 });
    await ruled('wms', 'COUNT');
    await own({ ruleVersion: 1, writerSystem: 'pos' });
    await bench.killAndStart();

    await count('9', { system: 'pos' });
    await toldUntil((all) => all.raised.length === 1, 'the variance');
    expect(await sellable()).toBe('5');
  });

  test('leaves the count of the owner as it is when an earlier movement comes to light', async () => {
    await own({});
    await ruled('wms', 'COUNT');
    const earlierMs = bench.clock.nowMs();
    bench.clock.advance(1_000);
    await count('4', { system: 'wms' });
    await sellableIs('4');
    await sell('3', 'S1', { occurredAtMs: earlierMs });
    await sell('1');

    await sellableIs('3');
  });
});

test('codes that facts have waited for too long are one exception each, until they are registered', async () => {
  for (const quantity of ['1', '2']) {
    await bench.publish(goodsReceived, { location: 'S1', reference: 'po', lines: [line(quantity, 'NEW')] });
  }
  await bench.until(() => bench.telemetry.total('inventory_parked_lines_total') === 2, 'both to be parked');
  const passUntil = (condition: (all: Told) => boolean, what: string) =>
    toldUntil((all) => {
      bench.clock.advance(60_000);
      return condition(all);
    }, what);
  const { raised } = await passUntil((all) => all.raised.length > 0, 'the exception');
  expect(raised).toEqual([expect.objectContaining({ class: 'UNKNOWN_CODE', sku: 'NEW', location: 'S1' })]);

  await bench.registerSku('NEW');
  await passUntil((all) => all.cleared.length === 1, 'its end');
});
