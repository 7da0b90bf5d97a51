import { afterEach, describe, expect, test } from '@jest/globals';
import type { Erp } from '../../connectors/erp/port.ts';
import { Obstacle } from '../../kernel/model/errors.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { ROLES } from '../../schema/scopes.ts';
import { goodsReceived, stockCounted, storeSaleRecorded } from '../../schema/events/inbox.ts';
import { shortPickRecorded } from '../../schema/events/inbox-work.ts';
import { shortPickCommandId } from '../../schema/commands/inventory.ts';
import { BenchWms, InventoryBench } from './testing/inventory-bench.ts';

const opened: InventoryBench[] = [];

async function open(options: Parameters<typeof InventoryBench.open>[0] = {}): Promise<InventoryBench> {
  const bench = await InventoryBench.open(options);
  opened.push(bench);
  return bench;
}

afterEach(async () => {
  for (const bench of opened.splice(0)) await bench.close();
});

const receive = (bench: InventoryBench, quantity: string, { sku = 'A', location = 'S1', eventId = '' } = {}) =>
  bench.publish(
    goodsReceived,
    { location, reference: 'po', lines: [{ lineId: '1', sku, quantity }] },
    eventId === '' ? {} : { eventId },
  );

const sale = (quantity: string, { sku = 'A', location = 'S1' } = {}) => ({
  channel: 'TILL',
  externalId: 'receipt',
  location,
  currency: 'GBP',
  lines: [{ lineId: '1', sku, quantity, unitPriceMinor: 100 }],
  charges: [],
  tenders: [],
});

const reserve = (quantity: string, key = 'k', more = '') =>
  `mutation { reserveStock(input: { idempotencyKey: "${key}", channel: "WEB", ${more}
    lines: [{ sku: "A", quantity: "${quantity}" }] }) { reservations { id quantity status expiresAt } changeCursor } }`;

describe('facts', () => {
  test('become positions and availability, each once however often they are told', async () => {
    const bench = await open();
    await receive(bench, '10', { eventId: 'r1' });
    await receive(bench, '10', { eventId: 'r1' });
    await bench.publish(storeSaleRecorded, sale('3'));
    await bench.until(async () => (await bench.available()) === '7', 'the sale');
    const { data, errors } = await bench.query(
      '{ positions(location: "S1") { edges { node { sku { id } onHand sellable } } pageInfo { hasNextPage } } }',
    );
    expect(errors).toBeUndefined();
    expect(data).toMatchObject({ positions: { edges: [{ node: { sku: { id: 'A' }, onHand: '7', sellable: '7' } }] } });
  });

  test('wait for their SKU or location and replay by themselves when it is registered', async () => {
    const bench = await open();
    await receive(bench, '5', { sku: 'NEW' });
    await receive(bench, '6', { location: 'S9' });
    await bench.until(() => bench.telemetry.total('inventory_parked_lines_total') === 2, 'both lines parked');
    await bench.registerSku('NEW');
    await bench.registerLocation('S9');
    await bench.until(() => bench.telemetry.total('inventory_replayed_lines_total') === 2, 'both lines replayed');
    expect(await bench.available('NEW')).toBe('5');
    const { data } = await bench.query('{ positions(location: "S9") { edges { node { sellable } } } }');
    expect(data).toMatchObject({ positions: { edges: [{ node: { sellable: '6' } }] } });
  });

  test('that were parked before a crash replay after it', async () => {
    const bench = await open();
    await receive(bench, '5', { sku: 'NEW' });
    await bench.until(() => bench.telemetry.total('inventory_parked_lines_total') === 1, 'the line parked');
    await bench.killAndStart();
    await bench.registerSku('NEW');
    await bench.until(async () => (await bench.available('NEW')) === '5', 'the replay');
  });

  test('a count of another system than the owner is compared and moves nothing', async () => {
    const bench = await open({ countOwners: { S1: 'wms' } });
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    const counted = { location: 'S1', lines: [{ lineId: '1', sku: 'A', quantity: '4' }] };
    await bench.publish(stockCounted, counted, { system: 'pos' });
    await bench.publish(
      stockCounted,
      { ...counted, lines: [{ lineId: '1', sku: 'A', quantity: '8' }] },
      { system: 'wms' },
    );
    await bench.until(async () => (await bench.available()) === '8', 'the owner’s count');
    await bench.until(() => bench.telemetry.total('inventory_count_variances_total') === 1, 'the variance');
  });

  test('a shortage is told on the durable stream, once, also after a restart', async () => {
    const bench = await open();
    await bench.publish(storeSaleRecorded, sale('3'));
    const told = async () => {
      const messages = await bench.platform.streams.read('INVENTORY_EVENTS', 0, 100);
      return messages.filter(({ envelope }) => envelope.type === 'shortage-recorded');
    };
    await bench.until(told, 'the shortage');
    await bench.killAndStart();
    await bench.publish(storeSaleRecorded, sale('1', { location: 'S2' }));
    await bench.until(async () => (await told()).length === 2, 'the next shortage');
    expect((await told()).map(({ envelope }) => envelope.data)).toEqual([
      { sku: 'A', location: 'S1', short: '3' },
      { sku: 'A', location: 'S2', short: '1' },
    ]);
  });
});

describe('reserving over the graph', () => {
  test('answers the first outcome under the same key and refuses another payload', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    const first = await bench.query(reserve('4'));
    expect(first.data).toMatchObject({ reserveStock: { reservations: [{ quantity: '4', status: 'ACTIVE' }] } });
    const again = await bench.query(reserve('4'));
    expect(again.data?.['reserveStock']).toMatchObject({
      reservations: (first.data as { reserveStock: { reservations: object[] } }).reserveStock.reservations,
    });
    expect(await bench.codeOf(reserve('5'))).toBe('IDEMPOTENCY_KEY_REUSED');
    expect(await bench.available()).toBe('6');
  });

  test('ends by itself when its time is up, and tells so', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    await bench.query(reserve('4', 'k', 'ttlMs: 60000,'));
    expect(await bench.available()).toBe('6');
    bench.clock.advance(60_000);
    await bench.until(async () => (await bench.available()) === '10', 'the expiry');
    await bench.until(async () => {
      const messages = await bench.platform.streams.read('INVENTORY_EVENTS', 0, 100);
      return messages.find(({ envelope }) => envelope.type === 'reservation-expired');
    }, 'the event');
  });

  test('sells exactly the stock to many who ask at the same time', async () => {
    const bench = await open();
    await receive(bench, '20');
    await bench.until(async () => (await bench.available()) === '20', 'the receipt');
    const asked = await Promise.all(Array.from({ length: 50 }, (_, n) => bench.codeOf(reserve('1', `k${n}`))));
    expect(asked.filter((code) => code === undefined)).toHaveLength(20);
    expect(asked.filter((code) => code === 'INSUFFICIENT_STOCK')).toHaveLength(30);
    expect(await bench.available()).toBe('0');
  });

  test.each([
    ['an unknown SKU', reserve('1').replace('"A"', '"X"'), 'UNKNOWN_SKU'],
    ['zero', reserve('0'), 'INVALID_QUANTITY'],
    ['a fraction', reserve('0.5'), 'INVALID_QUANTITY'],
    ['an unknown channel', reserve('1').replace('"WEB"', '"X"'), 'UNKNOWN_CHANNEL'],
    ['an unknown location', '{ positions(location: "X") { edges { cursor } } }', 'UNKNOWN_LOCATION'],
    ['a malformed page cursor', '{ positions(location: "S1", after: "x") { edges { cursor } } }', 'BAD_USER_INPUT'],
    ['a malformed cursor', '{ availability(skus: ["A"], channel: "WEB", atLeast: "x") { band } }', 'MALFORMED_CURSOR'],
    [
      'a foreign cursor',
      '{ availability(skus: ["A"], channel: "WEB", atLeast: "orders:0123456789abcdef.1") { band } }',
      'FOREIGN_CURSOR',
    ],
    [
      'a cursor of another log',
      '{ availability(skus: ["A"], channel: "WEB", atLeast: "inventory:0123456789abcdef.1") { band } }',
      'STALE_EPOCH',
    ],
  ])('answers %s with its code and changes nothing', async (_title, source, code) => {
    const bench = await open();
    const before = await bench.changesSince('availability-changed', {});
    expect(await bench.codeOf(source)).toBe(code);
    expect((await bench.changesSince('availability-changed', {})).records).toEqual(before.records);
  });

  test('waits for a change that is on its way, and gives up when it does not come', async () => {
    const bench = await open();
    const { epoch, seq } = await bench.changesSince('availability-changed', {});
    const ask = (ahead: number) =>
      bench.query(
        `{ availability(skus: ["A"], channel: "WEB", atLeast: "inventory:${epoch}.${seq + ahead}") { band } }`,
      );
    const waiting = ask(1);
    await receive(bench, '1');
    expect((await waiting).errors).toBeUndefined();
    const inVain = ask(100);
    bench.clock.advance(2_000);
    expect((await inVain).errors?.[0]?.originalError).toMatchObject({ code: 'NOT_CAUGHT_UP', retryable: true });
  });
});

describe('who may see what', () => {
  const store: Identity = { subject: 's', clientId: 'app', scopes: ROLES.store, stores: ['S1'] };

  test('a store sees its own positions and no other', async () => {
    const bench = await open();
    expect(await bench.codeOf('{ positions(location: "S1") { edges { cursor } } }', store)).toBeUndefined();
    expect(await bench.codeOf('{ positions(location: "S2") { edges { cursor } } }', store)).toBe('FORBIDDEN');
    expect(await bench.codeOf(reserve('1', 'k', 'location: "S2",'), store)).toBe('FORBIDDEN');
  });

  test('a reservation is known to whoever made it', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    const { data } = await bench.query(reserve('1'), store);
    const { id } = (data as { reserveStock: { reservations: { id: string }[] } }).reserveStock.reservations[0] ?? {
      id: '',
    };
    const cancel = `mutation { cancelReservation(input: { idempotencyKey: "c", reservation: "${id}" }) { reservation { status } } }`;
    expect(await bench.codeOf(cancel)).toBe('UNKNOWN_RESERVATION');
    expect((await bench.query(cancel, store)).data).toMatchObject({
      cancelReservation: { reservation: { status: 'CANCELLED' } },
    });
  });

  test('a customer may fill a cart and keep nothing back for other reasons', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    const shopper: Identity = { subject: 'ann', clientId: 'web', scopes: ROLES.shopper, stores: [], customer: 'ann' };
    for (const kind of ['MANUAL', 'TRANSFER', 'MARKETPLACE_UNPAID']) {
      expect(await bench.codeOf(reserve('1', kind, `kind: ${kind}`), shopper)).toBe('FORBIDDEN');
    }
    expect(await bench.available()).toBe('10');
    expect(await bench.codeOf(reserve('1', 'cart', 'kind: CHECKOUT'), shopper)).toBeUndefined();
  });

  test('a channel that tells bands tells no quantity, not even by a refusal', async () => {
    const channels = [{ id: 'WEB', network: 'ALL', currency: 'GBP', publishes: 'BAND' }] as const;
    const bench = await open({ channels });
    await receive(bench, '3');
    const ask = '{ availability(skus: ["A"], channel: "WEB") { available band nodes { available band } } }';
    const answer = await bench.until(async () => {
      const { data } = await bench.query(ask);
      const found = (data as { availability: { band: string }[] }).availability[0];
      return found?.band === 'LOW' ? found : undefined;
    }, 'the receipt');
    expect(answer).toEqual({ available: null, band: 'LOW', nodes: [{ available: null, band: 'LOW' }] });
    const { errors } = await bench.query(reserve('5'));
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
    expect(errors?.[0]?.originalError).toHaveProperty('details', { lines: [{ lineRef: '0', sku: 'A', asked: '5' }] });
  });
});

describe('changes', () => {
  test('snapshot and feed together are what the query answers, and continuing misses nothing', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    const event = 'availability-changed';
    const snapshot = await bench.changesSince(event, { channel: ['WEB'] });
    bench.messages.length = 0;
    await receive(bench, '5', { location: 'S2' });
    await bench.publish(storeSaleRecorded, sale('2'));
    await bench.query(reserve('4'));
    await bench.until(async () => (await bench.available()) === '9', 'all changes');
    const start = new Map(snapshot.records.map((record) => [record.key, record as never]));
    await bench.until(() => bench.held(event, start).get('A|WEB')?.value['available'] === '9', 'the feed');
    const { epoch, seq } = snapshot;
    const continued = await bench.changesSince(event, { channel: ['WEB'] }, { epoch, seq });
    expect(continued).toMatchObject({
      reset: false,
      records: [{ key: 'A|WEB', value: { available: '9', band: 'OK' } }],
    });
    for (const name of ['position-changed', 'node-availability-changed']) {
      const now = await bench.changesSince(name, {});
      const held = bench.held(name);
      for (const record of now.records) expect(held.get(record.key)?.value ?? record.value).toEqual(record.value);
    }
    const { seq: head } = continued;
    expect((await bench.changesSince(event, {}, { epoch, seq: head })).records).toEqual([]);
  });

  test('are a chain without a gap, never ahead of the log, and only of values that changed', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    await bench.until(() => bench.held('availability-changed').get('A|WEB')?.value['available'] === '10', 'the feed');
    bench.messages.length = 0;
    await Promise.all(Array.from({ length: 20 }, (_, n) => bench.query(reserve('1', `k${n}`))));
    await bench.query(reserve('1', 'refused'));
    bench.clock.advance(5_000);
    await bench.until(() => bench.messages.find(({ records }) => records.length === 0), 'the heartbeat');
    for (const [index, message] of bench.messages.entries()) {
      if (index > 0) expect(message.prevSeq).toBe(bench.messages[index - 1]?.seq);
    }
    // Unsourced demand changes what the channel may sell, and neither a position nor a node.
    const events = new Set(bench.messages.flatMap(({ records }) => records.map(({ event }) => event)));
    expect([...events]).toEqual(['availability-changed']);
  });

  test('a SKU that leaves a category is told to those who follow it', async () => {
    const bench = await open();
    await bench.registerSku('A', ['SHOES', 'SALE']);
    const filter = { categories: ['SALE'] };
    const { epoch, seq } = await bench.until(async () => {
      const found = await bench.changesSince('availability-changed', filter);
      return found.records.length > 0 ? found : undefined;
    }, 'the category');
    await bench.registerSku('A', ['SHOES']);
    const record = await bench.until(
      () => bench.held('availability-changed').get('A|WEB')?.left && bench.held('availability-changed').get('A|WEB'),
      'the change',
    );
    expect(record).toMatchObject({ left: { categories: ['SALE'] }, value: { categories: ['SHOES'] } });
    const continued = await bench.changesSince('availability-changed', filter, { epoch, seq });
    expect(continued.records).toMatchObject([{ key: 'A|WEB', deleted: true, value: { sku: 'A', channel: 'WEB' } }]);
  });

  test('a change of channels is told as a gap, which continuing repairs', async () => {
    const bench = await open();
    await receive(bench, '2');
    await bench.until(async () => (await bench.available()) === '2', 'the receipt');
    const { epoch, seq } = await bench.changesSince('availability-changed', {});
    bench.messages.length = 0;
    await bench.query(
      'mutation { registerChannel(input: { id: "APP", network: "ALL", currency: "GBP" }) { changeCursor } }',
    );
    const message = await bench.until(() => bench.messages.find((told) => told.seq > seq), 'the gap');
    expect(message).toMatchObject({ records: [], prevSeq: message.seq });
    const { records } = await bench.changesSince('availability-changed', {}, { epoch, seq });
    expect(records).toMatchObject([{ key: 'A|APP', value: { available: '2' } }]);
  });

  test('a network that begins to share a location changes what others may sell, and continuing tells it', async () => {
    const bench = await open();
    await bench.registerLocation('S3');
    await receive(bench, '10');
    await receive(bench, '10', { location: 'S3' });
    const network = (locations: string) =>
      bench.query(`mutation { registerNetwork(input: { id: "FAR", locations: [${locations}] }) { changeCursor } }`);
    await bench.until(async () => (await bench.query('{ location(id: "S3") { id } }')).data?.['location'], 'S3');
    await network('"S3"');
    await bench.query(
      'mutation { registerChannel(input: { id: "OUT", network: "FAR", currency: "GBP" }) { changeCursor } }',
    );
    await bench.until(async () => (await bench.available('A', 'OUT')) === '10', 'the receipt');
    await bench.query(reserve('4').replace('"WEB"', '"OUT"'));
    await bench.until(async () => (await bench.available()) === '10', 'both receipts');
    const { epoch, seq } = await bench.changesSince('availability-changed', {});
    await network('"S3", "S2"');
    const { records } = await bench.changesSince('availability-changed', { channel: ['WEB'] }, { epoch, seq });
    expect(records).toMatchObject([{ key: 'A|WEB', value: { available: '6' } }]);
  });

  test('a position ahead of the log is an obstacle, one of another log a reset', async () => {
    const bench = await open();
    const { epoch, seq } = await bench.changesSince('availability-changed', {});
    await expect(bench.changesSince('availability-changed', {}, { epoch, seq: seq + 1 })).rejects.toMatchObject({
      code: 'NOT_CAUGHT_UP',
    });
    expect(await bench.changesSince('availability-changed', {}, { epoch: 'another', seq: 1 })).toMatchObject({
      reset: true,
    });
  });
});

describe('restarts', () => {
  test('a killed process comes back to the same state, its claims, its keys and its timers', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    const first = await bench.query(reserve('4', 'k', 'ttlMs: 60000,'));
    const events = ['position-changed', 'availability-changed', 'node-availability-changed'];
    const before = await Promise.all(events.map((event) => bench.changesSince(event, {})));
    await bench.killAndStart();
    expect(await Promise.all(events.map((event) => bench.changesSince(event, {})))).toEqual(before);
    expect((await bench.query(reserve('4', 'k', 'ttlMs: 60000,'))).data).toEqual(first.data);
    bench.clock.advance(60_000);
    await bench.until(async () => (await bench.available()) === '10', 'the expiry');
  });

  test('a snapshot of a graceful end is as good as the log', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    await bench.query(reserve('4'));
    const before = await bench.changesSince('position-changed', {});
    await bench.stop();
    await bench.start();
    expect(await bench.changesSince('position-changed', {})).toEqual(before);
    await bench.publish(storeSaleRecorded, sale('1'));
    await bench.until(async () => (await bench.available()) === '5', 'a sale after the restart');
  });
});

describe('outside systems', () => {
  test('fifty SKUs make one look-up of bins', async () => {
    const wms = new BenchWms();
    const bench = await open({ wms: [wms] });
    const lines = Array.from({ length: 50 }, (_, n) => ({ lineId: String(n), sku: `SKU${n}`, quantity: '1' }));
    for (const { sku } of lines) await bench.registerSku(sku);
    await bench.publish(goodsReceived, { location: 'S1', reference: 'po', lines });
    await bench.until(async () => (await bench.available('SKU49')) === '1', 'the receipt');
    const ask = '{ positions(location: "S1", first: 50) { edges { node { sellable bins { bin } } } } }';
    const { data, errors } = await bench.query(ask);
    expect(errors).toBeUndefined();
    expect((data as { positions: { edges: object[] } }).positions.edges).toHaveLength(50);
    expect(wms.calls).toEqual([50]);
  });

  test('bins are null with an obstacle while the warehouse system is away, and the rest is answered', async () => {
    const wms = new BenchWms();
    wms.failure = new Obstacle('UPSTREAM_UNAVAILABLE', 'The WMS is away.');
    const bench = await open({ wms: [wms] });
    await receive(bench, '3');
    await bench.until(async () => (await bench.available()) === '3', 'the receipt');
    const { data, errors } = await bench.query(
      '{ positions(location: "S1") { edges { node { sellable bins { bin } } } } }',
    );
    expect(data).toMatchObject({ positions: { edges: [{ node: { sellable: '3', bins: null } }] } });
    expect(errors?.[0]?.originalError).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  test('a location master that is away does not prevent the start and is asked again', async () => {
    let isAway = true;
    const erp: Erp = {
      system: 'erp',
      lookUpItems: async () => new Map(),
      listItems: async () => ({ items: [] }),
      listLocations: async () => {
        if (isAway) throw new Obstacle('UPSTREAM_UNAVAILABLE', 'The ERP is away.');
        return [{ location: 'DC1', name: 'Centre', type: 'DC', timeZone: 'Europe/London', capabilities: ['SHIP'] }];
      },
    };
    const bench = await open({ erp });
    isAway = false;
    bench.clock.advance(60_000);
    const found = () => bench.query('{ location(id: "DC1") { name } }');
    await bench.until(async () => (await found()).data?.['location'], 'the location');
  });

  test('a short pick gives inventory and orders the same reservation, whoever comes first', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.until(async () => (await bench.available()) === '10', 'the receipt');
    const reserved = (await bench.request('reserve-stock', {
      commandId: 'r',
      kind: 'ORDER',
      channel: 'WEB',
      owner: 'o1',
      lines: [{ lineRef: 'ol1', sku: 'A', quantity: '4' }],
    })) as { reservations: { id: string }[] };
    const reservation = reserved.reservations[0]?.id ?? '';
    const line = { orderLine: 'ol1', sku: 'A', quantity: '4' };
    await bench.request('allocate-stock', {
      commandId: 'a',
      order: 'o1',
      lines: [{ ...line, reservation, location: 'S1' }],
    });
    const short = { lineId: '1', orderLine: 'ol1', sku: 'A', quantity: '1' };
    await bench.publish(
      shortPickRecorded,
      { order: 'o1', location: 'S1', lines: [short] },
      { system: 'wms', eventId: 'e1' },
    );
    await bench.until(async () => (await bench.available()) === '5', 'the short pick');
    const command = {
      commandId: shortPickCommandId({ system: 'wms', eventId: 'e1' }),
      order: 'o1',
      channel: 'WEB',
      lines: [{ orderLine: 'ol1', location: 'S1', sku: 'A', quantity: '1.0' }],
      // oxlint-disable-next-line unicorn/no-thenable -- a word of the contract, and no function
      afterwards: 'RESERVE',
    };
    const answer = await bench.request('deallocate-stock', command);
    expect(answer).toMatchObject({ reservations: [{ lineRef: 'ol1', quantity: '1' }] });
    const { data } = await bench.query(
      '{ positions(location: "S1") { edges { node { sellable suspect allocated } } } }',
    );
    expect(data).toMatchObject({ positions: { edges: [{ node: { sellable: '9', suspect: '1', allocated: '3' } }] } });
  });

  test('a disposition that comes before its receipt is asked to come again, and then is done', async () => {
    const bench = await open();
    const line = { returnLine: 'rl', sku: 'A', quantity: '1', disposition: 'RESTOCK' };
    const dispose = () =>
      bench.request('dispose-return', { commandId: 'd', return: 'r', location: 'S1', lines: [line] });
    await expect(dispose()).rejects.toMatchObject({ code: 'NOT_CAUGHT_UP', retryable: true });
    await bench.request('record-movement', {
      commandId: 'm',
      kind: 'RETURN_RECEIPT',
      location: 'S1',
      occurredAt: new Date(bench.clock.nowMs()).toISOString(),
      document: 'r',
      lines: [{ documentLine: 'rl', sku: 'A', quantity: '1' }],
    });
    await dispose();
    await dispose();
    expect(await bench.available()).toBe('1');
  });

  test('availability explains itself: its terms add up', async () => {
    const bench = await open();
    await receive(bench, '10');
    await bench.publish(storeSaleRecorded, sale('2', { location: 'S2' }));
    await bench.until(async () => (await bench.available()) === '10', 'both facts');
    await bench.query(reserve('3', 'a'));
    await bench.query(reserve('2', 'b', 'location: "S1",'));
    const { data } = await bench.query(
      '{ availability(skus: ["a", "nope"], channel: "WEB") { available terms { kind quantity location { id } changedAt } } }',
    );
    const [found, missing] = (
      data as { availability: { available: string; terms: { kind: string; quantity: string }[] }[] }
    ).availability;
    expect(missing).toBeNull();
    expect(found?.available).toBe('5');
    expect(found?.terms.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(5);
    expect(new Set(found?.terms.map(({ kind }) => kind))).toEqual(
      new Set(['SELLABLE', 'SOFT_RESERVED', 'FLOOR', 'UNSOURCED']),
    );
  });

  test('nodes are found in the order of preference, own claims not counted', async () => {
    const bench = await open();
    await receive(bench, '3');
    await receive(bench, '9', { location: 'S2' });
    await bench.until(async () => (await bench.available()) === '12', 'both receipts');
    const answer = await bench.request('find-nodes', {
      channel: 'WEB',
      lines: [{ lineRef: 'l', sku: 'A', quantity: '1' }],
    });
    expect(answer).toEqual({
      lines: [
        {
          lineRef: 'l',
          examined: 2,
          nodes: [
            { location: 'S1', available: '3' },
            { location: 'S2', available: '9' },
          ],
        },
      ],
    });
  });
});
