import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { balancesContract } from '../../runtime/balances.contract.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import type { Inbound } from '../../runtime/inbound.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { ownReference } from '../../systems/tryton/own-reference.ts';
import { trytonUnderTest } from '../../systems/tryton/testing/config.ts';
import { openFaultyDoor } from '../../systems/tryton/testing/faulty-door.ts';
import type { Wms } from '../port.ts';
import { connectTrytonWms } from './connect-tryton-wms.ts';
import { TrytonBench } from './testing/tryton-bench.ts';
import { TrytonTrade } from './testing/tryton-trade.ts';
import type { TrytonWmsMapping } from './tryton-wms-mapping.ts';

/* What Tryton does by documents of its own: transfers, purchases, sales, returns; and what lies in its warehouses. */

const tryton = trytonUnderTest();
const NORTH = 'NORTH';
const STORE = 'STORE-1';
const MAPPING: TrytonWmsMapping = {
  locations: { 'DC-NORTH': NORTH, 'ST-1': STORE },
  lost: 'LOST',
  found: 'FOUND',
  ownChannel: 'B2B',
  ownReturnReason: 'UNWANTED',
};
const SKUS = tryton.skus.slice(20, 40);
const [transferred = '', bought = '', sold = '', returned = '', lying = ''] = SKUS;

const connect = (platform: TestPlatform, baseUrl = tryton.baseUrl, mapping = MAPPING): Promise<PolledConnection<Wms>> =>
  connectTrytonWms({ ...tryton, system: 'wms-tryton', baseUrl, mapping, limits: TEST_LIMITS, platform });

balancesContract('Tryton', async () => {
  const simulator = await openFaultyDoor(tryton);
  const bench = await TrytonBench.open(tryton);
  const close = simulator.close.bind(simulator);
  return {
    simulator: {
      ...simulator,
      close: async () => {
        await bench.close();
        await close();
      },
    },
    location: NORTH,
    skus: SKUS,
    put: (sku, quantity) => bench.count({ [sku]: Number(quantity) }),
    connect: (platform) => connect(platform, simulator.url),
  };
});

describe('Tryton as WMS, by its own documents', () => {
  let platform: TestPlatform;
  let bench: TrytonBench;
  let trade: TrytonTrade;
  let connection: PolledConnection<Wms>;
  let sinceMs: number;

  beforeEach(async () => {
    platform = await openTestPlatform();
    bench = await TrytonBench.open(tryton);
    trade = new TrytonTrade(tryton);
    connection = await connect(platform);
    sinceMs = await bench.latestMs();
  });

  afterEach(async () => {
    await connection.close();
    await trade.close();
    await bench.close();
    await platform.close();
  });

  const told = async (name: string, of = connection): Promise<readonly Inbound[]> => {
    const feed = of.feeds.find((each) => each.name === name);
    return (await feed?.read(sinceMs + 1))?.messages ?? [];
  };
  /** Facts by their types, each held against the schema of its event. */
  const facts = async (name: string): Promise<readonly unknown[]> =>
    (await told(name)).flatMap((message): readonly unknown[] => {
      if ('facts' in message) return message.facts.map(({ definition, data }) => checked(definition, data));
      return 'definition' in message ? [checked(message.definition, message.data)] : [message];
    });
  const checked = (definition: { readonly type: string; readonly data: object }, data: unknown) =>
    [definition.type, parseAs(definition.data, data, definition.type)] as const;
  const line = (sku: string, quantity: string) => ({ lineId: '1', sku, quantity });

  test('tells both legs of a transfer that takes no time', async () => {
    const { id, number } = await trade.startTransfer(
      { sku: transferred, quantity: 3 },
      { from: 0, to: 1, isOverDays: false },
    );
    await trade.press('stock.shipment.internal', id, ['done']);
    const lines = [line(transferred, '3')];
    expect(await facts('moves')).toEqual([
      ['transfer-shipped', { transfer: number, location: NORTH, to: STORE, lines }],
      ['transfer-received', { transfer: number, location: STORE, from: NORTH, lines }],
    ]);
  });

  test('tells each leg of a transfer that takes days when it happens, in either direction', async () => {
    const { id, number } = await trade.startTransfer(
      { sku: transferred, quantity: 2 },
      { from: 1, to: 0, isOverDays: true },
    );
    await trade.press('stock.shipment.internal', id, ['ship']);
    const lines = [line(transferred, '2')];
    const shipped = ['transfer-shipped', { transfer: number, location: STORE, to: NORTH, lines }];
    expect(await facts('moves')).toEqual([shipped]);
    await trade.press('stock.shipment.internal', id, ['done']);
    // Both moves were made at once, so that they come in any order.
    const received = ['transfer-received', { transfer: number, location: NORTH, from: STORE, lines }];
    const both = await facts('moves');
    expect(both).toHaveLength(2);
    expect(both).toEqual(expect.arrayContaining([shipped, received]));
  });

  test('tells what a purchase brought under the number by which it was announced', async () => {
    const { id, number } = await trade.buy([{ sku: bought, quantity: 5, unitPrice: '3.10' }]);
    expect(await facts('moves')).toEqual([]);
    await trade.receive(id);
    expect(await facts('moves')).toEqual([
      ['goods-received', { location: NORTH, reference: number, lines: [line(bought, '5')] }],
    ]);
  });

  test('tells a sale of its own when it has left, with what it was sold for', async () => {
    const number = await trade.sell([{ sku: sold, quantity: 2, unitPrice: '6.90' }]);
    expect(await facts('shipments')).toEqual([
      [
        'web-sale-recorded',
        {
          channel: 'B2B',
          externalId: expect.stringMatching(new RegExp(`^${number}/`)),
          location: NORTH,
          currency: 'GBP',
          lines: [{ ...line(sold, '2'), unitPriceMinor: 690 }],
          charges: [],
          tenders: [{ tender: 'INVOICE', amountMinor: 1_380 }],
        },
      ],
    ]);
  });

  test('tells what came back of a sale of its own, with what its credit note gives back', async () => {
    await trade.sell([{ sku: returned, quantity: -2, unitPrice: '6.90' }]);
    expect(await facts('moves')).toEqual([
      [
        'return-recorded',
        {
          channel: 'B2B',
          externalId: expect.any(String),
          location: NORTH,
          currency: 'GBP',
          lines: [{ ...line(returned, '2'), unitPriceMinor: 690, reason: 'UNWANTED' }],
          charges: [],
          refunds: [{ tender: 'INVOICE', amountMinor: 1_380 }],
        },
      ],
    ]);
  });

  test('tells nothing of sales and returns that the hub itself has posted', async () => {
    const reference = ownReference('sales:NORTH:2026-01-05:GBP:1');
    await trade.sell([{ sku: sold, quantity: 1, unitPrice: '6.90' }], { reference });
    await trade.sell([{ sku: sold, quantity: -1, unitPrice: '6.90' }], { reference });
    expect([...(await facts('shipments')), ...(await facts('moves'))]).toEqual([]);
  });

  test('puts its own trade aside while no channel is named for it', async () => {
    const { ownChannel: _, ...silent } = MAPPING;
    const other = await connect(platform, tryton.baseUrl, silent);
    await trade.sell([{ sku: sold, quantity: 1, unitPrice: '6.90' }]);
    await trade.sell([{ sku: returned, quantity: -1, unitPrice: '6.90' }]);
    expect(await told('shipments', other)).toMatchObject([
      { reason: expect.stringContaining('not released by the hub') },
    ]);
    expect(await told('moves', other)).toMatchObject([{ reason: expect.stringContaining('no channel is named') }]);
    await other.close();
  });

  test('counts what was picked and has not left as lying there, and tells what a unit has cost', async () => {
    await bench.count({ [lying]: 9 });
    const order = `order-of-balances`;
    await bench.clearOrders();
    const lines = [{ orderLine: 'line-1', sku: lying, quantity: '4' }];
    await connection.port.release({ idempotencyKey: 'balances', order, location: NORTH, lines });
    await bench.work(order, ['pick']);
    const balance = async () => (await connection.balances?.lookUp(NORTH, [lying]))?.balances;
    const unitCost = { amountMinor: 310, currencyCode: 'GBP' };
    expect(await balance()).toEqual([{ sku: lying, quantity: '9', unitCost }]);
    await bench.work(order, ['pack', 'done']);
    expect(await balance()).toEqual([{ sku: lying, quantity: '5', unitCost }]);
  });
});
