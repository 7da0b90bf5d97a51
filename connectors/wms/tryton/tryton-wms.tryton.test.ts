import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { trytonUnderTest } from '../../systems/tryton/testing/config.ts';
import { openFaultyDoor } from '../../systems/tryton/testing/faulty-door.ts';
import { TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { wmsContract, type WmsUnderTest } from '../port.contract.ts';
import type { Release, Wms } from '../port.ts';
import { connectTrytonWms } from './connect-tryton-wms.ts';
import { TrytonBench } from './testing/tryton-bench.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

const tryton = trytonUnderTest();
const LOCATION = 'NORTH';
const MAPPING: TrytonWmsMapping = { locations: { 'DC-NORTH': LOCATION }, lost: 'LOST', found: 'FOUND' };
const [sku = '', other = '', third = ''] = tryton.skus;

const connect = (platform: TestPlatform, baseUrl = tryton.baseUrl): Promise<PolledConnection<Wms>> =>
  connectTrytonWms({ ...tryton, system: 'wms-tryton', baseUrl, mapping: MAPPING, limits: TEST_LIMITS, platform });

/** Orders of one test are not those of another: the database stays. */
let ordinal = 0;

async function open(): Promise<WmsUnderTest> {
  const simulator = await openFaultyDoor(tryton);
  const bench = await TrytonBench.open(tryton);
  await bench.clearOrders();
  const close = simulator.close.bind(simulator);
  return {
    simulator: {
      ...simulator,
      close: async () => {
        await bench.close();
        await close();
      },
    },
    skus: tryton.skus,
    location: LOCATION,
    connect: async ({ platform }) => {
      const connection = await connect(platform, simulator.url);
      // The log-in and the lay-out of the warehouse are no look-ups.
      await connection.port.lookUpBins([{ sku, location: LOCATION }]);
      simulator.resetRequests();
      return connection;
    },
    workCount: () => bench.workCount(),
    pack: (order) => bench.work(order, ['pick', 'pack']),
    takesOtherAddresses: true,
    shipToOf: (order) => bench.shipToOf(order),
  };
}

wmsContract('Tryton', open);

describe('Tryton as WMS', () => {
  let platform: TestPlatform;
  let bench: TrytonBench;
  let connection: PolledConnection<Wms>;
  let order: string;
  let sinceMs: number;

  beforeEach(async () => {
    platform = await openTestPlatform();
    bench = await TrytonBench.open(tryton);
    connection = await connect(platform);
    await bench.clearOrders();
    order = `order-of-test-${++ordinal}`;
    sinceMs = await bench.latestMs();
  });

  afterEach(async () => {
    await connection.close();
    await bench.close();
    await platform.close();
  });

  const release = (quantity: string, more: Partial<Release> = {}): Promise<void> =>
    connection.port.release({
      idempotencyKey: `key-of-${order}`,
      order,
      location: LOCATION,
      lines: [
        { orderLine: 'line-1', sku, quantity },
        { orderLine: 'line-2', sku: other, quantity: '1' },
      ],
      ...more,
    });
  const told = async (name: string): Promise<readonly Inbound[]> => {
    const feed = connection.feeds.find((each) => each.name === name);
    return (await feed?.read(sinceMs + 1))?.messages ?? [];
  };
  const facts = async (name: string) =>
    (await told(name)).map((message) => ('definition' in message ? [message.definition.type, message.data] : message));
  const line = (orderLine: string, own: string, quantity: string) => ({
    lineId: orderLine,
    orderLine,
    sku: own,
    quantity,
  });
  const work = (...lines: readonly object[]) => ({ order, location: LOCATION, lines });

  test('tells the way of an order in canonical words, whenever it is asked', async () => {
    await release('2');
    expect(await facts('shipments')).toEqual([]);
    const whole = work(line('line-1', sku, '2'), line('line-2', other, '1'));
    await bench.work(order, ['pick']);
    const picked = await told('shipments');
    expect(await facts('shipments')).toEqual([['pick-recorded', whole]]);
    await bench.work(order, ['pack']);
    expect(await facts('shipments')).toEqual([
      ['pick-recorded', whole],
      ['pack-recorded', whole],
    ]);
    await bench.work(order, ['done']);
    expect(await facts('shipments')).toEqual([
      ['pick-recorded', whole],
      ['shipment-recorded', { ...whole, shipment: expect.any(String) }],
    ]);
    // What was told once is told again as the same message.
    expect((await told('shipments'))[0]).toEqual({ ...picked[0], origin: expect.anything() });
  });

  test('tells a short pick beside what was found', async () => {
    await release('3');
    await bench.pickShort(order, { [sku]: 1 });
    expect(await facts('shipments')).toEqual([
      ['pick-recorded', work(line('line-1', sku, '1'), line('line-2', other, '1'))],
      ['short-pick-recorded', work(line('line-1', sku, '2'))],
    ]);
  });

  test('tells two lines of one SKU apart', async () => {
    const lines = [
      { orderLine: 'line-1', sku, quantity: '2' },
      { orderLine: 'line-2', sku, quantity: '3' },
    ];
    await release('0', { lines });
    await bench.work(order, ['pick']);
    expect(await facts('shipments')).toEqual([
      ['pick-recorded', work(line('line-1', sku, '2'), line('line-2', sku, '3'))],
    ]);
  });

  test('tells a cancellation with the units that will not leave', async () => {
    await release('2');
    expect(await connection.port.cancelRelease(order, LOCATION)).toBe('CANCELLED');
    expect(await facts('shipments')).toEqual([
      [
        'release-ended',
        {
          ...work(line('line-1', sku, '2'), line('line-2', other, '1')),
          outcome: 'CANCELLED',
          reason: 'The shipment was cancelled.',
        },
      ],
    ]);
  });

  test('puts a shipment that the hub did not release aside', async () => {
    await bench.sellBeside(sku, 1);
    expect(await facts('shipments')).toEqual([
      expect.objectContaining({ reason: expect.stringMatching(/was not released by the hub/) }),
    ]);
  });

  test('tells goods from a supplier, what was lost and what was found', async () => {
    await bench.move(third, 5, { from: 'supplier', to: 'storage' });
    await bench.move(third, 2, { from: 'storage', to: 'lost' });
    await bench.move(third, 1, { from: 'lost', to: 'storage' });
    const stock = { lineId: '1', sku: third };
    expect(await facts('moves')).toEqual([
      ['goods-received', { location: LOCATION, reference: expect.any(String), lines: [{ ...stock, quantity: '5' }] }],
      ['stock-adjusted', { location: LOCATION, lines: [{ ...stock, quantity: '-2', reason: 'LOST' }] }],
      ['stock-adjusted', { location: LOCATION, lines: [{ ...stock, quantity: '1', reason: 'FOUND' }] }],
    ]);
  });

  test('tells a count of the whole storage as what is there, and not as moves again', async () => {
    await bench.count({ [third]: 17 });
    expect(await facts('counts')).toEqual([
      ['stock-counted', { location: LOCATION, lines: [{ lineId: '1', sku: third, quantity: '17' }] }],
    ]);
    expect(await facts('moves')).toEqual([]);
    const bins = await connection.port.lookUpBins([{ sku: third, location: LOCATION }]);
    expect(bins.get(`${third}|${LOCATION}`)).toEqual([{ bin: 'North Storage', quantity: '17', status: 'storage' }]);
  });

  test('makes a shipment once when its maker died before it could write that down', async () => {
    await release('1');
    await platform.documents
      .collection<{ id: string; releases: { isMade: boolean }[] }>({ name: 'tryton-releases', indexes: [] })
      .then(async (orders) => {
        const known = await orders.get(`wms-tryton|${order}`);
        const releases = known?.document.releases.map((each) => ({ ...each, isMade: false })) ?? [];
        await orders.save({ id: `wms-tryton|${order}`, releases }, known?.version ?? 0);
      });
    await release('1');
    expect(await bench.shipmentsOf(order)).toHaveLength(1);
  });
});

describe('The Tryton of the tests', () => {
  test('is not asked by a client that was closed', async () => {
    const platform = await openTestPlatform();
    const api = new TrytonApi({ ...tryton, system: 'wms-tryton', platform });
    await api.close();
    await expect(api.preferences()).rejects.toThrow();
    await platform.close();
  });
});
