import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { wmsSeed } from '../../simulators/demo-seeds.ts';
import { startWmsSimulator, type WmsSimulator } from '../../simulators/wms/wms-simulator.ts';
import type { Connection } from '../../runtime/connection.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { PositionGone } from '../../runtime/feed.ts';
import type { Inbound, InboundBundle } from '../../runtime/inbound.ts';
import { TEST_LIMITS, TEST_WEBHOOKS, type OutsideSystem } from '../../runtime/testing/outside-system.ts';
import { wmsContract, type WmsUnderTest } from '../port.contract.ts';
import type { Release, Wms } from '../port.ts';
import { connectShipHero } from './connect-ship-hero.ts';
import type { ShipHeroMapping } from './ship-hero-mapping.ts';

const seed = wmsSeed(createDemoCatalogue());
const SKUS = seed.items.map(({ sku }) => sku);
const WAREHOUSE = 'DC-NORTH';
const LOCATION = 'NORTH';
const SECRET = 'webhook-secret';
const MAPPING: ShipHeroMapping = {
  locations: { [WAREHOUSE]: LOCATION },
  statuses: { available: 'SELLABLE', hold: 'NOT_SELLABLE', damaged: 'NOT_SELLABLE', quarantine: 'NOT_SELLABLE' },
  reasons: { DAMAGED: 'DAMAGE', FOUND: 'FOUND', QC: 'QC_FAIL' },
};

const start = (): Promise<WmsSimulator> => startWmsSimulator({ ...seed, webhooks: TEST_WEBHOOKS });

const connect = (wms: WmsSimulator, platform: TestPlatform, mapping = MAPPING): Promise<Connection<Wms>> =>
  connectShipHero({
    system: 'wms-north',
    baseUrl: wms.url,
    accessToken: 'wms-token',
    webhookSecret: SECRET,
    mapping,
    limits: TEST_LIMITS,
    platform,
  });

async function open(): Promise<WmsUnderTest & OutsideSystem<Wms>> {
  const simulator = await start();
  return {
    simulator,
    system: 'wms-north',
    skus: SKUS,
    location: LOCATION,
    isFeedComplete: true,
    doWebhooksTell: true,
    connect: ({ platform }) => connect(simulator, platform),
    subscribe: async ({ webhookUrl, isForged }) =>
      simulator.subscribe({ url: webhookUrl, secret: isForged ? 'a guess' : SECRET }),
    workCount: () => simulator.orders().length,
    takesOtherAddresses: true,
    shipToOf: (order) => {
      const told = simulator.orders().find(({ partnerOrderId }) => partnerOrderId === order)?.shippingAddress;
      if (!told) return undefined;
      const { first_name, last_name, address1: street, city, zip: postalCode, country } = told;
      return { name: `${first_name} ${last_name}`.trim(), street, city, postalCode, country };
    },
    pack: (order) => {
      simulator.work.pick(order);
      simulator.work.pack(order);
    },
    makeFact: (ordinal) => {
      const sku = SKUS[ordinal] ?? '';
      const stock = { warehouse: WAREHOUSE, sku, quantity: '3' };
      simulator.receive({ ...stock, reference: `PO-${ordinal}` });
      simulator.adjust({ ...stock, from: 'available', reason: 'DAMAGED' });
      simulator.count({ ...stock, quantity: '40' });
    },
  };
}

wmsContract('ShipHero', open);
connectionContract('ShipHero', open);

describe('ShipHero messages', () => {
  let platform: TestPlatform;
  let wms: WmsSimulator;
  let connection: Connection<Wms>;

  beforeEach(async () => {
    platform = await openTestPlatform();
    wms = await start();
    connection = await connect(wms, platform);
  });

  afterEach(async () => {
    await connection.close();
    await wms.close();
    await platform.close();
  });

  const read = async (): Promise<readonly Inbound[]> => (await connection.feeds[0]?.read(0))?.messages ?? [];
  const allFacts = async () =>
    (await read()).flatMap((message) =>
      (message as InboundBundle).facts.map(({ definition, data }) => [definition.type, data] as const),
    );
  /** Without those that only tell that a number has come. */
  const facts = async () => (await allFacts()).filter(([type]) => type !== 'feed-heartbeat-recorded');
  const [sku = '', other = ''] = SKUS;
  const release = (quantity: string, more: Partial<Release> = {}): Promise<void> =>
    connection.port.release({
      idempotencyKey: 'key-1',
      order: 'order-1',
      location: LOCATION,
      lines: [
        { orderLine: 'line-1', sku, quantity },
        { orderLine: 'line-2', sku: other, quantity: '1' },
      ],
      ...more,
    });
  const work = (...lines: readonly (readonly [line: string, sku: string, quantity: string])[]) => ({
    order: 'order-1',
    location: LOCATION,
    lines: lines.map(([orderLine, own, quantity]) => ({ lineId: expect.any(String), orderLine, sku: own, quantity })),
  });

  test('tell the way of an order in canonical words', async () => {
    await release('2');
    wms.work.pick('order-1');
    wms.work.pack('order-1');
    wms.work.ship('order-1', { carrier: 'DPD', trackingNumber: 'T-1' });
    wms.work.deliver('order-1');
    const whole = work(['line-1', sku, '2'], ['line-2', other, '1']);
    const shipment = expect.any(String);
    expect(await facts()).toEqual([
      ['pick-recorded', whole],
      ['pack-recorded', whole],
      ['shipment-recorded', { ...whole, shipment, carrier: 'DPD', trackingNumber: 'T-1' }],
      ['delivery-recorded', { order: 'order-1', shipment }],
    ]);
  });

  test('tell a short pick beside what was found', async () => {
    await release('3');
    wms.work.pick('order-1', { short: { [sku]: '1' } });
    expect(await facts()).toEqual([
      ['pick-recorded', work(['line-1', sku, '2'], ['line-2', other, '1'])],
      ['short-pick-recorded', work(['line-1', sku, '1'])],
    ]);
  });

  test('tell units that the warehouse never had as refused work', async () => {
    wms.count({ warehouse: WAREHOUSE, sku, quantity: '1' });
    await release('3');
    expect((await facts()).at(-1)).toEqual([
      'release-ended',
      { ...work(['line-1', sku, '2']), outcome: 'REJECTED', reason: expect.any(String) },
    ]);
  });

  test('tell a cancellation with the units that will not leave', async () => {
    await release('2');
    await connection.port.cancelRelease('order-1', LOCATION);
    expect(await facts()).toEqual([
      [
        'release-ended',
        { ...work(['line-1', sku, '2'], ['line-2', other, '1']), outcome: 'CANCELLED', reason: 'CUSTOMER' },
      ],
    ]);
  });

  test('name the order whichever of its releases they are about', async () => {
    await release('1');
    await release('1', { idempotencyKey: 'key-2' });
    wms.work.pick(wms.orders()[1]?.id ?? '');
    expect(await facts()).toEqual([['pick-recorded', work(['line-1', sku, '1'], ['line-2', other, '1'])]]);
  });

  test('tell stock as it changes what may be sold', async () => {
    const stock = { warehouse: WAREHOUSE, sku, quantity: '2' };
    wms.receive({ ...stock, reference: 'PO-1' });
    wms.adjust({ ...stock, from: 'available', reason: 'DAMAGED' });
    wms.adjust({ ...stock, to: 'available', reason: 'FOUND' });
    wms.adjust({ ...stock, from: 'available', to: 'hold', reason: 'QC' });
    wms.adjust({ ...stock, from: 'hold', to: 'damaged', reason: 'QC' });
    wms.count({ ...stock, quantity: '7' });
    wms.count({ ...stock, status: 'hold', quantity: '9' });
    const line = { lineId: '1', sku };
    expect(await facts()).toEqual([
      ['goods-received', { location: LOCATION, reference: 'PO-1', lines: [{ ...line, quantity: '2' }] }],
      ['stock-adjusted', { location: LOCATION, lines: [{ ...line, quantity: '-2', reason: 'DAMAGE' }] }],
      ['stock-adjusted', { location: LOCATION, lines: [{ ...line, quantity: '2', reason: 'FOUND' }] }],
      ['stock-adjusted', { location: LOCATION, lines: [{ ...line, quantity: '-2', reason: 'QC_FAIL' }] }],
      ['stock-counted', { location: LOCATION, lines: [{ ...line, quantity: '7' }] }],
    ]);
  });

  test('leave out what the hub itself wrote', async () => {
    wms.adjust({
      warehouse: WAREHOUSE,
      sku,
      quantity: '1',
      from: 'available',
      reason: 'X',
      partnerReference: 'stockwire:1',
    });
    expect(await facts()).toEqual([]);
  });

  test('carry the numbers of their warehouse without gaps, and each number comes with a fact', async () => {
    await release('1');
    wms.work.pick('order-1');
    const own = { reason: 'X', partnerReference: 'stockwire:1' };
    wms.adjust({ warehouse: WAREHOUSE, sku, quantity: '1', from: 'available', ...own });
    wms.receive({ warehouse: WAREHOUSE, sku, quantity: '2', reference: 'PO-1' });
    const told = (await read()) as readonly InboundBundle[];
    const [stream] = new Set(told.map(({ sequence }) => sequence?.stream));
    expect(stream).toMatch(/^[0-9a-f]+\/DC-NORTH$/);
    expect(told.map(({ sequence }) => sequence)).toEqual(told.map((_, at) => ({ stream, number: at + 1 })));
    expect(told.map((message) => message.facts.map(({ definition }) => definition.type))).toEqual([
      ['feed-heartbeat-recorded'],
      ['pick-recorded'],
      ['feed-heartbeat-recorded'],
      ['goods-received'],
    ]);
  });

  test('tell the goods of an announced return', async () => {
    wms.receiveReturn({ rma: 'return-1', warehouse: WAREHOUSE, lines: [{ sku, quantity: '1', condition: 'B' }] });
    expect(await facts()).toEqual([
      [
        'announced-return-received',
        { return: 'return-1', location: LOCATION, lines: [{ lineId: '1', sku, quantity: '1' }] },
      ],
    ]);
  });

  test('are unreadable where a word is not mapped or nothing tells what they belong to', async () => {
    wms.adjust({ warehouse: WAREHOUSE, sku, quantity: '1', from: 'available', reason: 'EATEN' });
    wms.receive({ warehouse: WAREHOUSE, sku, quantity: '1', reference: 'PO-1', status: 'hold' });
    wms.receiveReturn({ rma: undefined, warehouse: WAREHOUSE, lines: [{ sku, quantity: '1' }] });
    expect(await read()).toMatchObject([
      { reason: 'adjustment reason "EATEN" is not mapped.' },
      { reason: 'Goods received as "hold" cannot be told yet.' },
      { reason: 'Goods came back without the number of an announced return.' },
    ]);
    const unmapped = await connect(wms, platform, { ...MAPPING, locations: { [WAREHOUSE]: LOCATION }, statuses: {} });
    expect((await unmapped.feeds[0]?.read(1))?.messages[0]).toMatchObject({
      reason: 'stock status "hold" is not mapped.',
    });
    await unmapped.close();
  });

  test('say when what followed a position is not kept any more', async () => {
    await expect(connection.feeds[0]?.read(1_000)).rejects.toBeInstanceOf(PositionGone);
  });

  test('are kept under the hash of their body when they are signed and yet none', async () => {
    const request = { headers: {}, query: new URLSearchParams(), rawBody: Buffer.from('<xml/>') };
    const [first] = await connection.receiver.normalise(request);
    expect(first).toMatchObject({ eventId: expect.stringMatching(/^body:/), raw: '<xml/>' });
    expect(await connection.receiver.normalise(request)).toEqual([first]);
  });
});
