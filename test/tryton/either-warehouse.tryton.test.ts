import { afterEach, describe, expect, test } from '@jest/globals';
import { startWmsSimulator } from '../../connectors/simulators/wms/wms-simulator.ts';
import { trytonUnderTest } from '../../connectors/systems/tryton/testing/config.ts';
import { TrytonBench } from '../../connectors/wms/tryton/testing/tryton-bench.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { openRetailerHub } from '../harness/open-retailer-hub.ts';

/*
 * The same retailer, its items in Tryton, first with a warehouse that is worked with Tryton and then with one that is
 * worked with another vendor's system: what differs is one entry of the file of systems, its mapping included.
 */

const tryton = trytonUnderTest();
const { baseUrl, database, customer } = tryton;
const SKU = tryton.skus[9] ?? '';
const ON_HAND = 40;
const LOGIN = { user: tryton.login.user, password: { env: 'TRYTON_PASSWORD' } };
const SECRETS = { TRYTON_PASSWORD: tryton.login.password, WMS_TOKEN: 'wms-token' };

const ERP = {
  kind: 'erp',
  vendor: 'tryton',
  system: 'erp-main',
  baseUrl,
  database,
  login: LOGIN,
  mapping: {
    units: { u: 'EA' },
    warehouses: {
      'DC-NORTH': { location: 'NORTH', type: 'DC', timeZone: 'Europe/London', capabilities: ['SHIP', 'RECEIVE'] },
    },
    lifecycleByActive: { true: 'ACTIVE', false: 'DISCONTINUED' },
    companyCurrency: 'GBP',
  },
};
const RETAIL = {
  networks: [{ id: 'ONLINE', locations: ['NORTH'] }],
  channels: [{ id: 'WEB', network: 'ONLINE', currency: 'GBP', publishes: 'ATS' }],
  countOwners: { NORTH: 'wms-north' },
};

/** Somebody's warehouse: the entry of the file, and the people in it. */
interface Warehouse {
  readonly entry: object;
  ship(order: string): Promise<void>;
  onHand(): Promise<number>;
  close(): Promise<void>;
}

async function withTryton(): Promise<Warehouse> {
  const bench = await TrytonBench.open(tryton);
  await bench.count({ [SKU]: ON_HAND });
  const mapping = { locations: { 'DC-NORTH': 'NORTH' }, lost: 'LOST', found: 'FOUND' };
  return {
    entry: { kind: 'wms', vendor: 'tryton', system: 'wms-north', baseUrl, database, login: LOGIN, customer, mapping },
    ship: (order) => bench.work(order, ['pick', 'pack', 'done']),
    onHand: () => bench.onHand(SKU),
    close: () => bench.close(),
  };
}

async function withOtherVendor(): Promise<Warehouse> {
  const wms = await startWmsSimulator({ warehouses: ['WH-7'], items: [{ sku: SKU, name: SKU, step: '1' }] });
  wms.count({ warehouse: 'WH-7', sku: SKU, quantity: String(ON_HAND) });
  const mapping = {
    locations: { 'WH-7': 'NORTH' },
    statuses: { available: 'SELLABLE', hold: 'NOT_SELLABLE', damaged: 'NOT_SELLABLE' },
    reasons: { COUNT: 'CYCLE_COUNT' },
  };
  const secrets = { accessToken: { env: 'WMS_TOKEN' }, webhookSecret: 'unused: it is polled' };
  return {
    entry: { kind: 'wms', vendor: 'shiphero', system: 'wms-north', baseUrl: wms.url, ...secrets, mapping },
    ship: async (order) => {
      wms.work.pick(order);
      wms.work.pack(order);
      wms.work.ship(order);
    },
    onHand: async () => (wms.physicalTruth().find(({ sku }) => sku === SKU)?.units ?? 0) / 10_000,
    close: () => wms.close(),
  };
}

const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { status lines { states { state quantity } } } }`;
const OFFER = `query ($sku: ID!) { availability(skus: [$sku], channel: "WEB") { available sku { id title price(currency: "GBP") { amount { amountMinor } } } } }`;

interface Order {
  readonly status: string;
  readonly lines: readonly {
    readonly states: readonly { readonly state: string; readonly quantity: string }[];
  }[];
}

describe.each([
  ['Tryton', withTryton],
  ['another vendor', withOtherVendor],
])('a hub whose warehouse is worked with %s', (_name, openWarehouse) => {
  const closers: (() => PromiseLike<void>)[] = [];

  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  test('sells what lies there, hands the order over, hears that it left, and both agree on what is left', async () => {
    const warehouse = await openWarehouse();
    closers.push(() => warehouse.close());
    const hub = await openRetailerHub({ systems: [ERP, warehouse.entry], retail: RETAIL }, SECRETS);
    closers.push(() => hub[Symbol.asyncDispose]());
    const shopper = await hub.as('shopper', { customer: 'ANN' });

    const offered = async (): Promise<{ available: string; sku: { title: string; price: unknown } } | undefined> =>
      shopper
        .graphql<{ availability: { available: string; sku: { title: string; price: unknown } }[] }>(OFFER, { sku: SKU })
        .then(({ availability }) => availability[0])
        .catch(() => undefined);
    const offer = await waitFor(async () => {
      const found = await offered();
      return found?.available === String(ON_HAND) ? found : undefined;
    }, 'the stock of the warehouse');
    expect(offer.sku).toMatchObject({ title: expect.stringMatching(/^Item/), price: { amount: { amountMinor: 690 } } });

    const lines = [{ sku: SKU, quantity: '2', unitPriceMinor: 690 }];
    const input = { channel: 'WEB', externalId: 'first', lines, tenders: [{ tender: 'CARD', amountMinor: 1_380 }] };
    const placed = await shopper.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
    const { id } = placed.placeOrder.order;
    const until = (state: string): Promise<Order> =>
      waitFor(async () => {
        const { order } = await shopper.graphql<{ order: Order }>(ORDER, { id });
        return order.lines[0]?.states.some((each) => each.state === state && each.quantity === '2') ? order : undefined;
      }, state);
    await until('RELEASED');
    // The warehouse may be told a moment after the order says so.
    await waitFor(
      () =>
        warehouse.ship(id).then(
          () => true,
          () => false,
        ),
      'the order at the warehouse',
    );
    await until('SHIPPED');

    await waitFor(async () => (await offered())?.available === String(ON_HAND - 2), 'what is left');
    expect(await warehouse.onHand()).toBe(ON_HAND - 2);
  });
});
