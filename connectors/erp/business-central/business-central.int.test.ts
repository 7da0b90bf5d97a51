import { afterEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { ItemRecorded } from '../../../schema/events/inbox.ts';
import { createDemoCatalogue } from '../../simulators/demo-catalogue.ts';
import { erpSeed } from '../../simulators/demo-seeds.ts';
import { startErpSimulator, type ErpOptions, type ErpSimulator } from '../../simulators/erp/erp-simulator.ts';
import { connectionContract } from '../../runtime/connection.contract.ts';
import { createInbox } from '../../runtime/inbox.ts';
import { serveRoutes } from '../../runtime/testing/serve-routes.ts';
import { TEST_LIMITS, TEST_WEBHOOKS, type OutsideSystem } from '../../runtime/testing/outside-system.ts';
import { createWebhookEndpoint } from '../../runtime/webhook-endpoint.ts';
import { erpContract, type ErpUnderTest } from '../port.contract.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import type { Erp } from '../port.ts';
import { connectBusinessCentral, type BusinessCentralConnection } from './connect-business-central.ts';

const seed = erpSeed(createDemoCatalogue());
const MAPPING: BusinessCentralMapping = {
  units: { PCS: 'EA', KG: 'KGM', CASE: 'CS' },
  locationTypes: { STORE: 'STORE', DC: 'DC' },
  capabilities: { STORE: ['SHIP', 'PICKUP', 'RETURN', 'RECEIVE'], DC: ['SHIP', 'RETURN', 'RECEIVE'] },
  lifecycleByBlocked: { false: 'ACTIVE', true: 'DISCONTINUED' },
  tracking: { '': 'NONE' },
  companyCurrency: 'GBP',
  priceLists: ['RETAIL-GBP', 'RETAIL-EUR'],
  timeZone: 'Europe/London',
};

const UNITS = { ...MAPPING, units: { ...MAPPING.units, BOX: 'CS', HALF: 'HLF' } };

const start = (options: Partial<ErpOptions> = {}): Promise<ErpSimulator> =>
  startErpSimulator({ seed, notificationDelayMs: 2, webhooks: TEST_WEBHOOKS, ...options });

function connect(
  erp: ErpSimulator,
  platform: Pick<TestPlatform, 'clock' | 'telemetry'>,
  more: {
    readonly clientState?: string;
    readonly mapping?: BusinessCentralMapping;
    readonly requestCatchUp?: () => void;
  } = {},
): BusinessCentralConnection {
  return connectBusinessCentral({
    system: 'erp-main',
    baseUrl: erp.url,
    companyId: erp.companyId,
    credentials: { clientId: 'erp-client', clientSecret: 'erp-secret', tokenPath: '/oauth2/token' },
    clientState: 'a shared secret',
    mapping: MAPPING,
    limits: TEST_LIMITS,
    platform,
    ...more,
  });
}

async function open(): Promise<ErpUnderTest & OutsideSystem<Erp>> {
  // With this seed a fault of half of all webhooks meets one of the few that there are.
  const simulator = await start({ randomSeed: 2 });
  return {
    simulator,
    system: 'erp-main',
    skus: seed.items.map(({ number }) => number),
    locations: seed.locations.map(({ code }) => code),
    // Rows are overwritten: the feed has the newest of each.
    isFeedComplete: false,
    doWebhooksTell: false,
    connect: async ({ platform }) => connect(simulator, platform),
    subscribe: async ({ platform, webhookUrl, isForged }) => {
      const subscriber = connect(simulator, platform, isForged ? { clientState: 'a guess' } : {});
      await subscriber.ensureSubscribed(webhookUrl);
      await subscriber.close();
    },
    makeFact: (ordinal) => {
      const item = seed.items[ordinal];
      const price = seed.prices[2 * ordinal + 40];
      const location = seed.locations[ordinal % seed.locations.length];
      if (!item || !price || !location) throw new Error('the seed is too small');
      simulator.putItem({ ...item, displayName: `${item.displayName} (new)` });
      simulator.putPrice({ ...price, unitPriceMinor: price.unitPriceMinor + ordinal });
      simulator.putLocation({ ...location, displayName: `${location.displayName} ${ordinal}` });
    },
  };
}

erpContract('Business Central', open);
connectionContract('Business Central', open);

describe('Business Central', () => {
  const closers: (() => PromiseLike<void>)[] = [];

  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function openPlatform(): Promise<TestPlatform> {
    const platform = await openTestPlatform();
    closers.push(() => platform.close());
    return platform;
  }

  test('follows the links to further pages of a batch', async () => {
    const platform = await openPlatform();
    const erp = await start({ pageSizeMax: 7 });
    const connection = connect(erp, platform);
    const skus = seed.items.slice(0, 50).map(({ number }) => number);
    const items = await connection.port.lookUpItems(skus);
    expect([...items.keys()].sort()).toEqual([...skus].sort());
    for (const { prices } of items.values()) expect(prices).toHaveLength(3);
    await connection.close();
    await erp.close();
  });

  test('tells an item in canonical words, its own price before those of its lists', async () => {
    const platform = await openPlatform();
    const erp = await start();
    const connection = connect(erp, platform);
    const weighed = seed.items.find(({ baseUnitOfMeasureCode }) => baseUnitOfMeasureCode === 'KG');
    const sku = weighed?.number ?? '';
    erp.putPrice({
      itemNumber: sku,
      priceListCode: 'RETAIL-GBP',
      currencyCode: 'GBP',
      unitPriceMinor: 1_999,
      startingDate: '2026-06-01',
    });
    erp.putPrice({
      itemNumber: sku,
      priceListCode: 'STAFF',
      currencyCode: 'GBP',
      unitPriceMinor: 1,
      startingDate: '2026-06-01',
    });
    const item = (await connection.port.lookUpItems([sku])).get(sku);
    expect(item).toMatchObject({ sku, baseUnit: 'KGM', step: '0.001', tracking: 'NONE', lifecycle: 'ACTIVE' });
    // Midnight in London is 23:00 of the day before in summer.
    expect(item?.prices[0]).toEqual({
      amount: { amountMinor: 1_999, currencyCode: 'GBP' },
      effectiveFrom: '2026-05-31T23:00:00.000Z',
    });
    expect(item?.prices.at(-1)).toEqual({
      amount: { amountMinor: weighed?.unitPriceMinor, currencyCode: 'GBP' },
      effectiveFrom: '1970-01-01T00:00:00.000Z',
    });
    await connection.close();
    await erp.close();
  });

  test('tells the units of an item as exact fractions, and a kit by its components in their base units', async () => {
    const platform = await openPlatform();
    const erp = await start();
    const connection = connect(erp, platform, { mapping: UNITS });
    const [kit = '', part = '', spare = ''] = seed.items
      .filter(({ baseUnitOfMeasureCode }) => baseUnitOfMeasureCode === 'PCS')
      .map(({ number }) => number);
    erp.putItemUnit({ itemNumber: part, code: 'CASE', qtyPerUnitOfMeasure: '12' });
    erp.putItemUnit({ itemNumber: part, code: 'HALF', qtyPerUnitOfMeasure: '0.5' });
    const line = { parentItemNumber: kit, type: 'Item', unitOfMeasureCode: 'PCS' } as const;
    erp.putBomComponent({ ...line, lineNumber: 10_000, number: part, quantityPer: '2' });
    erp.putBomComponent({ ...line, lineNumber: 20_000, number: part, unitOfMeasureCode: 'HALF', quantityPer: '3' });
    erp.putBomComponent({ ...line, lineNumber: 30_000, number: spare, quantityPer: '1' });
    erp.putBomComponent({ ...line, type: 'Resource', lineNumber: 40_000, number: 'LABOUR', quantityPer: '0.1' });
    const items = await connection.port.lookUpItems([kit, part, spare]);
    expect(items.get(part)?.conversions).toEqual([
      { unit: 'CS', numerator: 12, denominator: 1 },
      { unit: 'HLF', numerator: 1, denominator: 2 },
    ]);
    expect(items.get(part)).not.toHaveProperty('components');
    expect(items.get(kit)?.components).toEqual([
      { sku: part, quantity: '3.5' },
      { sku: spare, quantity: '1' },
    ]);
    expect(items.get(kit)).not.toHaveProperty('conversions');
    const listed = await connection.port.listItems(undefined);
    expect(listed.items.find(({ sku }) => sku === kit)).toEqual(items.get(kit));
    await connection.close();
    await erp.close();
  });

  test('tells an item again when one of its units changes, and with it the kits that are made of it', async () => {
    const platform = await openPlatform();
    const erp = await start();
    const connection = connect(erp, platform, { mapping: UNITS });
    const [kit = '', part = ''] = seed.items
      .filter(({ baseUnitOfMeasureCode }) => baseUnitOfMeasureCode === 'PCS')
      .map(({ number }) => number);
    const unit = { itemNumber: part, code: 'CASE' };
    const feed = (name: string) => connection.feeds.find((each) => each.name === name);
    const told = async (name: string, after: number) => {
      const { messages = [] } = (await feed(name)?.read(after)) ?? {};
      return messages.map((message) => ('data' in message ? (message.data as ItemRecorded) : undefined));
    };
    erp.putItemUnit({ ...unit, qtyPerUnitOfMeasure: '12' });
    erp.putBomComponent({
      parentItemNumber: kit,
      lineNumber: 1,
      type: 'Item',
      number: part,
      unitOfMeasureCode: 'CASE',
      quantityPer: '2',
    });
    expect((await told('components', Date.now() - 1_000)).map((item) => item?.components)).toEqual([
      [{ sku: part, quantity: '24' }],
    ]);
    erp.putItemUnit({ ...unit, qtyPerUnitOfMeasure: '10' });
    const again = await told('units', 0);
    expect(again.find((item) => item?.sku === part)?.conversions).toEqual([
      { unit: 'CS', numerator: 10, denominator: 1 },
    ]);
    expect(again.find((item) => item?.sku === kit)?.components).toEqual([{ sku: part, quantity: '20' }]);
    await connection.close();
    await erp.close();
  });

  test.each([
    ['CASE', '0', 'The unit of measure CASE is not more than nothing.'],
    ['BOX', '6', 'Two units of measure of the item mean CS.'],
    ['DRUM', '6', 'unit of measure "DRUM" is not mapped.'],
  ])('keeps an item whose unit %s holds %s in the quarantine', async (code, qtyPerUnitOfMeasure, reason) => {
    const platform = await openPlatform();
    const erp = await start();
    const connection = connect(erp, platform, { mapping: UNITS });
    const itemNumber = seed.items[0]?.number ?? '';
    erp.putItemUnit({ itemNumber, code: 'CASE', qtyPerUnitOfMeasure: '12' });
    erp.putItemUnit({ itemNumber, code, qtyPerUnitOfMeasure });
    const { messages = [] } = (await connection.feeds.find(({ name }) => name === 'units')?.read(0)) ?? {};
    const kept = messages.filter((message) => 'reason' in message);
    expect(kept).toMatchObject([{ reason: expect.stringContaining(reason) }]);
    await connection.close();
    await erp.close();
  });

  test('leaves an item with an unmapped unit out of look-ups, and keeps it in the quarantine until it is mapped', async () => {
    const platform = await openPlatform();
    const erp = await start();
    const poor = connect(erp, platform, { mapping: { ...MAPPING, units: { PCS: 'EA', CASE: 'CS' } } });
    const rich = connect(erp, platform);
    const sku = seed.items.find(({ baseUnitOfMeasureCode }) => baseUnitOfMeasureCode === 'KG')?.number ?? '';
    expect((await poor.port.lookUpItems([sku])).size).toBe(0);
    const inbox = await createInbox({ platform });
    const items = (from: BusinessCentralConnection) => from.feeds.find(({ name }) => name === 'items')?.read(0);
    await inbox.receive('erp-main', (await items(poor))?.messages ?? []);
    const kept = await inbox.quarantined({ source: 'erp-main', first: 100 });
    expect(kept.map(({ eventId }) => eventId.split(':')[1])).toContain(sku);
    expect(new Set(kept.map(({ reason }) => reason))).toEqual(new Set(['unit of measure "KG" is not mapped.']));
    const outcomes = await inbox.receive('erp-main', (await items(rich))?.messages ?? []);
    expect(outcomes.filter(({ outcome }) => outcome === 'ACCEPTED')).toHaveLength(kept.length);
    expect(await inbox.quarantined({ first: 100 })).toEqual([]);
    await poor.close();
    await rich.close();
    await erp.close();
  });

  test('subscribes once and renews what is about to end', async () => {
    const clock = new FakeClock();
    const platform = await openPlatform();
    const served = await serveRoutes();
    closers.push(() => served[Symbol.asyncDispose]());
    const erp = await start({ now: () => clock.nowMs(), tokenTtlMs: 600_000_000 });
    const connection = connect(erp, { clock, telemetry: platform.telemetry });
    const inbox = await createInbox({ platform });
    served.mount(createWebhookEndpoint({ receivers: [connection.receiver], inbox, platform }));
    const ensure = () => connection.ensureSubscribed(`${served.url}/webhooks/erp-main`);
    await ensure();
    await ensure();
    expect(erp.countOf('POST /api/v2.0/subscriptions')).toBe(5);
    expect(erp.countOf("PATCH /api/v2.0/subscriptions(':id')")).toBe(0);
    clock.advance(49 * 3_600_000);
    await ensure();
    expect(erp.countOf("PATCH /api/v2.0/subscriptions(':id')")).toBe(5);
    await connection.close();
    await erp.close();
  });

  test('asks for the feed when the ERP tells that much of a table changed', async () => {
    const platform = await openPlatform();
    const erp = await start();
    let requests = 0;
    const connection = connect(erp, platform, { requestCatchUp: () => (requests += 1) });
    const value = [
      {
        clientState: 'a shared secret',
        resource: `api/v2.0/companies(${erp.companyId})/items`,
        changeType: 'collection',
        lastModifiedDateTime: '2026-01-05T09:00:00Z',
      },
    ];
    const request = { headers: {}, query: new URLSearchParams(), rawBody: Buffer.from(JSON.stringify({ value })) };
    expect(await connection.receiver.normalise(request)).toEqual([]);
    expect(requests).toBe(1);
    await connection.close();
    await erp.close();
  });

  test('keeps the news of a row that is gone for people to look at', async () => {
    const platform = await openPlatform();
    const erp = await start();
    const connection = connect(erp, platform);
    const resource = `api/v2.0/companies(${erp.companyId})/items(00000000-0000-4000-8000-000000000000)`;
    const value = ['updated', 'deleted'].map((changeType) => ({
      clientState: 'a shared secret',
      resource,
      changeType,
      lastModifiedDateTime: '2026-01-05T09:00:00Z',
    }));
    const request = { headers: {}, query: new URLSearchParams(), rawBody: Buffer.from(JSON.stringify({ value })) };
    expect(await connection.receiver.normalise(request)).toMatchObject([
      { reason: expect.stringContaining('does not exist any more') },
      { reason: expect.stringContaining('does not exist any more') },
    ]);
    await connection.close();
    await erp.close();
  });
});
