import { afterEach, describe, expect, test } from '@jest/globals';
import { openTestPlatform, type TestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import type { ItemRecorded } from '../../../schema/events/inbox.ts';
import type { PolledConnection } from '../../runtime/connection.ts';
import type { InboundMessage } from '../../runtime/inbound.ts';
import { TEST_LIMITS } from '../../runtime/testing/outside-system.ts';
import { trytonUnderTest } from '../../systems/tryton/testing/config.ts';
import { openFaultyDoor } from '../../systems/tryton/testing/faulty-door.ts';
import { TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { wireDecimal } from '../../systems/tryton/wire-values.ts';
import { erpContract, type ErpUnderTest } from '../port.contract.ts';
import type { Erp } from '../port.ts';
import { connectTrytonErp } from './connect-tryton-erp.ts';
import type { TrytonErpMapping } from './tryton-erp-mapping.ts';

const tryton = trytonUnderTest();
const ADMINISTRATOR = 1;
const SELLS = { capabilities: ['SHIP', 'PICKUP', 'RETURN', 'RECEIVE'], timeZone: 'Europe/London' } as const;
const MAPPING: TrytonErpMapping = {
  units: { u: 'EA', kg: 'KG' },
  warehouses: {
    'DC-NORTH': { ...SELLS, capabilities: [...SELLS.capabilities], location: 'NORTH', type: 'DC' },
    'ST-1': { ...SELLS, capabilities: [...SELLS.capabilities], location: 'STORE-1', type: 'STORE' },
  },
  lifecycleByActive: { true: 'ACTIVE', false: 'DISCONTINUED' },
  companyCurrency: 'GBP',
};

const connect = (platform: TestPlatform, baseUrl = tryton.baseUrl): PolledConnection<Erp> =>
  connectTrytonErp({ ...tryton, system: 'erp-tryton', baseUrl, mapping: MAPPING, limits: TEST_LIMITS, platform });

async function open(): Promise<ErpUnderTest> {
  const simulator = await openFaultyDoor(tryton);
  return {
    simulator,
    skus: tryton.skus,
    locations: ['NORTH', 'STORE-1'],
    connect: async ({ platform }) => {
      const connection = connect(platform, simulator.url);
      // The log-in is no look-up.
      await connection.port.listLocations();
      simulator.resetRequests();
      return connection;
    },
  };
}

erpContract('Tryton', open);

describe('Tryton as ERP', () => {
  const closers: (() => PromiseLike<void>)[] = [];

  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  async function opened(
    baseUrl = tryton.baseUrl,
  ): Promise<{ readonly connection: PolledConnection<Erp>; readonly api: TrytonApi }> {
    const platform = await openTestPlatform();
    const connection = connect(platform, baseUrl);
    const api = new TrytonApi({ ...tryton, system: 'seed', platform });
    closers.push(
      () => connection.close(),
      () => api.close(),
      () => platform.close(),
    );
    return { connection, api };
  }

  const feedOf = (connection: PolledConnection<Erp>, name: string) =>
    connection.feeds.find((feed) => feed.name === name) as PolledConnection<Erp>['feeds'][number];
  const [first = '', second = ''] = tryton.skus;

  test('tells an item with its unit, its price in minor units, its category and its number', async () => {
    const { connection } = await opened();
    expect((await connection.port.lookUpItems([first])).get(first)).toEqual({
      sku: first,
      title: expect.any(String),
      product: { id: expect.stringMatching(/^TEMPLATE-\d+$/), title: expect.any(String) },
      baseUnit: 'EA',
      step: '1',
      tracking: 'NONE',
      categories: [expect.any(String)],
      attributes: [],
      gtin: '4006381333931',
      lifecycle: 'ACTIVE',
      prices: [{ amount: { amountMinor: 690, currencyCode: 'GBP' }, effectiveFrom: '1970-01-01T00:00:00.000Z' }],
    });
  });

  test('tells the locations with what the mapping knows of them, and leaves out those that it does not', async () => {
    const { connection } = await opened();
    const [north] = await connection.port.listLocations();
    expect(north).toEqual({ ...MAPPING.warehouses['DC-NORTH'], name: 'North' });
  });

  test('its feed tells every item once, page by page, and again only what was changed', async () => {
    const { connection, api } = await opened();
    const feed = feedOf(connection, 'items');
    const told: InboundMessage[] = [];
    let after = 0;
    for (;;) {
      const page = await feed.read(after);
      told.push(...(page.messages as readonly InboundMessage[]));
      after = page.last;
      if (!page.hasMore) break;
    }
    expect(new Set(told.map(({ data }) => (data as ItemRecorded).sku))).toEqual(new Set(tryton.skus));

    const product = [['code', '=', second]];
    const templates = await api.call({
      method: 'model.product.template.search',
      params: [[['products', 'where', product]], 0, null, null],
      isIdempotent: true,
    });
    const price = { list_price: wireDecimal('7.25') };
    await api.call({ method: 'model.product.template.write', params: [templates, price], isIdempotent: true });
    const { messages, last } = await feed.read(after + 1);
    expect(messages).toMatchObject([
      { data: { sku: second, prices: [{ amount: { amountMinor: 725 } }] }, definition: { type: 'item-recorded' } },
    ]);
    expect(last).toBeGreaterThan(after);
    // What was read again is the same message.
    expect((await feed.read(after + 1)).messages).toEqual(messages);
  });

  test('puts an unmapped warehouse aside instead of guessing', async () => {
    const { connection } = await opened();
    const { messages } = await feedOf(connection, 'locations').read(0);
    expect(messages).toContainEqual(expect.objectContaining({ reason: 'warehouse "WH" is not mapped.' }));
  });

  test('logs in again when its session was ended', async () => {
    const door = await openFaultyDoor(tryton);
    const { connection, api } = await opened(door.url);
    closers.push(() => door.close());
    expect((await connection.port.lookUpItems([first])).size).toBe(1);
    // A password that is set ends all sessions of its user, also when it is the one from before.
    const { password } = tryton.login;
    await api.call({ method: 'model.res.user.write', params: [[ADMINISTRATOR], { password }], isIdempotent: true });
    expect((await connection.port.lookUpItems([first])).size).toBe(1);
    expect(door.requests().filter(({ status }) => status === 401)).toHaveLength(1);
  });
});
