import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { LoggedRequest } from '../../connectors/simulators/runtime/request-log.ts';
import type { Simulator } from '../../connectors/simulators/runtime/simulator.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { DemoRetailer } from '../../scripts/demo/start-demo-retailer.ts';
import { askGraphql, type GraphqlAnswer } from '../harness/ask-graphql.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readOrders } from '../harness/read-state.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

const SKUS_ASKED = 50;
const SALES_PER_ESTATE = 5;

const PRICES = `query ($skus: [ID!]!) {
  skus(ids: $skus) { id title price(currency: "GBP") { asOf amount { amountMinor } } } }`;
const BINS = `query ($skus: [ID!]!) { positions(location: "DC-NORTH", skus: $skus, first: 100) {
  edges { node { sku { id } onHand bins { bin quantity } } } } }`;
const RECEIPTS = `{ orders(first: 100) { edges { node { externalId status storeReceipt { number printedAt } } } } }`;
const EVERYTHING = `query ($skus: [ID!]!) {
  positions(location: "DC-NORTH", skus: $skus, first: 100) { edges { node {
    sku { id title price(currency: "GBP") { amount { amountMinor } } } onHand bins { bin quantity } } } }
  orders(first: 100) { edges { node { externalId status storeReceipt { number } } } }
}`;

interface Everything {
  readonly positions: {
    readonly edges: readonly {
      readonly node: { readonly bins: readonly unknown[] | null } & Record<string, unknown>;
    }[];
  };
  readonly orders: {
    readonly edges: readonly {
      readonly node: { readonly externalId: string; readonly storeReceipt: object | null } & Record<string, unknown>;
    }[];
  };
}

interface Priced {
  readonly id: string;
  readonly title: string;
  readonly price: { readonly asOf: string; readonly amount: { readonly amountMinor: number } };
}

/** Nothing polls, and no look-up at the ERP is fresh enough to do without the next one. */
const QUIET = {
  pollerLimits: { intervalMs: 3_600_000 },
  productsLimits: { erpFreshMs: -1, erpStaleMs: -1, erpRetryAfterMs: 0 },
};

let directory: TemporaryDirectory;
let demo: DemoHub;
let token: string;
let skus: readonly string[];
let squareReceipts: readonly string[];
let lightspeedReceipts: readonly string[];

beforeAll(async () => {
  directory = await temporaryDirectory();
  demo = await openDemoHub({ ...QUIET, directory: directory.path });
  token = await demo.tokenOf('agent');
  skus = demo.retailer.catalogue.items.slice(0, SKUS_ASKED).map(({ sku }) => sku);
  const { square, lightspeed } = demo.retailer;
  await stockShelves(
    demo,
    skus.map((sku) => ({ location: 'DC-NORTH', sku, quantity: '10' })),
  );
  const numbers = (prefix: string) => Array.from({ length: SALES_PER_ESTATE }, (_, index) => `${prefix}-${index + 1}`);
  squareReceipts = numbers('LEEDS');
  lightspeedReceipts = numbers('BATH');
  const lines = [{ sku: 'LAMP', quantity: '1' }];
  for (const receiptNumber of squareReceipts) square.ringUpSale({ locationCode: 'STORE-LEEDS', lines, receiptNumber });
  for (const receiptNumber of lightspeedReceipts) {
    lightspeed.ringUpSale({ locationCode: 'STORE-BATH', lines, receiptNumber });
  }
  const agent = await demo.as('agent');
  await waitFor(async () => (await readOrders(agent)).length === 2 * SALES_PER_ESTATE, 'the store sales as orders');
  await Promise.all([
    ...demo.hub.pollers.map((poller) => poller.round()),
    ...systems().map((each) => each.webhooksSettled()),
  ]);
});

afterAll(async () => {
  await demo?.[Symbol.asyncDispose]();
  await directory?.remove();
});

describe('an operation asks each system once', () => {
  test(`${SKUS_ASKED} SKUs with titles and prices make one batched call to the ERP and no other call`, async () => {
    const { answer, calls } = await countCalls<{ skus: Priced[] }>(PRICES);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.skus.map(({ id }) => id)).toEqual(skus);
    expect(calls).toEqual({ erp: ['POST /api/v2.0/$batch'], wms: [], square: [], lightspeed: [] });
  });

  test('an operation that asks for the same SKUs in several places still makes one call', async () => {
    const { answer, calls } = await countCalls(`query ($skus: [ID!]!) {
      first: skus(ids: $skus) { title } again: skus(ids: $skus) { price(currency: "GBP") { amount { amountMinor } } }
      availability(skus: $skus, channel: "WEB-GB") { sku { title } available } }`);
    expect(answer.errors).toBeUndefined();
    expect(calls).toEqual({ erp: ['POST /api/v2.0/$batch'], wms: [], square: [], lightspeed: [] });
  });

  test(`${SKUS_ASKED} positions with bins make one call to the WMS and no other call`, async () => {
    const { answer, calls } = await countCalls<Everything>(BINS);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.positions.edges).toHaveLength(SKUS_ASKED);
    for (const { node } of answer.data.positions.edges) expect(node.bins?.length).toBeGreaterThan(0);
    expect(calls).toEqual({ erp: [], wms: ['POST /v1/stock/query'], square: [], lightspeed: [] });
  });

  test('a list of orders with store receipts makes one call to each POS and no other call', async () => {
    const { answer, calls } = await countCalls<Everything>(RECEIPTS);
    expect(answer.errors).toBeUndefined();
    expect(answer.data.orders.edges).toHaveLength(2 * SALES_PER_ESTATE);
    for (const { node } of answer.data.orders.edges) {
      expect(node.storeReceipt).toMatchObject({ number: node.externalId });
    }
    expect(calls).toEqual({
      erp: [],
      wms: [],
      square: ['POST /v2/orders/batch-retrieve'],
      lightspeed: ['GET /api/2.0/search'],
    });
  });

  test('stock, orders and availability alone make no call at all', async () => {
    const { calls } = await countCalls(`query ($skus: [ID!]!) {
      availability(skus: $skus, channel: "WEB-GB") { available nodes { available location { name } } }
      orders(first: 100) { edges { node { status lines { sku { id } } } } } }`);
    expect(calls).toEqual({ erp: [], wms: [], square: [], lightspeed: [] });
  });
});

describe.each(['RESET', 'UNAVAILABLE'] as const)(
  'a system that is down (%s) fails nothing but what it alone knows',
  (outage) => {
    const without = async (system: Simulator) => {
      const whole = await ask<Everything>(EVERYTHING);
      expect(whole.errors).toBeUndefined();
      system.faults.set({ outage });
      const answer = await ask<Everything>(EVERYTHING);
      system.faults.clear();
      return { whole: whole.data, answer };
    };

    afterAll(async () => {
      // A breaker that the outage has opened lets calls through again after a while.
      await waitFor(async () => (await ask(EVERYTHING)).errors === undefined, 'all systems');
    });

    test('without the ERP prices are the last known ones with their age', async () => {
      const known = await ask<{ skus: Priced[] }>(PRICES);
      demo.retailer.erp.faults.set({ outage });
      const answer = await ask<{ skus: Priced[] }>(PRICES);
      demo.retailer.erp.faults.clear();
      expect(answer.errors).toBeUndefined();
      expect(answer.data).toEqual(known.data);
    });

    test('without the WMS bins are null with an error at each path, all else is there', async () => {
      const { whole, answer } = await without(demo.retailer.wms);
      expect(answer.data.orders).toEqual(whole.orders);
      expect(answer.data.positions.edges).toEqual(
        whole.positions.edges.map(({ node }) => ({ node: { ...node, bins: null } })),
      );
      expect(failuresOf(answer)).toEqual(
        whole.positions.edges.map((_, index) => `positions.edges.${index}.node.bins: UPSTREAM_UNAVAILABLE`),
      );
    });

    test.each(['square', 'lightspeed'] as const)(
      'without %s its receipts are null with an error, all else is there',
      async (name) => {
        const lost = name === 'square' ? squareReceipts : lightspeedReceipts;
        const { whole, answer } = await without(demo.retailer[name]);
        expect(answer.data.positions).toEqual(whole.positions);
        expect(answer.data.orders.edges).toEqual(
          whole.orders.edges.map(({ node }) => ({
            node: lost.includes(node.externalId) ? { ...node, storeReceipt: null } : node,
          })),
        );
        expect(failuresOf(answer)).toEqual(
          whole.orders.edges.flatMap(({ node }, index) =>
            lost.includes(node.externalId) ? [`orders.edges.${index}.node.storeReceipt: UPSTREAM_UNAVAILABLE`] : [],
          ),
        );
      },
    );
  },
);

describe('a hub that starts while every outside system is down', () => {
  test('answers prices, stock and orders from what it knew before, and takes reservations', async () => {
    const before = await ask<{ skus: Priced[] }>(PRICES);
    const orders = await readOrders(await demo.as('agent'));
    await demo[Symbol.asyncDispose]();
    demo = await openDemoHub({ ...QUIET, directory: directory.path, faults: { outage: 'RESET' } });
    token = await demo.tokenOf('agent');

    const after = await ask<{ skus: Priced[] }>(PRICES);
    expect(after.errors).toBeUndefined();
    expect(after.data.skus.map(({ id, title, price }) => [id, title, price.amount])).toEqual(
      before.data.skus.map(({ id, title, price }) => [id, title, price.amount]),
    );
    const agent = await demo.as('agent');
    expect(await readOrders(agent)).toEqual(orders);
    await agent.graphql(
      `mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { reservations { status } } }`,
      { input: { idempotencyKey: 'while-down', channel: 'WEB-GB', lines: [{ sku: skus[0], quantity: '1' }] } },
    );
  });
});

function ask<Data>(query: string): Promise<GraphqlAnswer<Data>> {
  return askGraphql<Data>(demo.hub.url, { token, query, variables: { skus } });
}

type Calls = Readonly<Record<'erp' | 'wms' | 'square' | 'lightspeed', readonly string[]>>;

/** The answer, and the routes that were called for it. A token of the ERP is no look-up. */
async function countCalls<Data>(
  query: string,
): Promise<{ readonly answer: GraphqlAnswer<Data>; readonly calls: Calls }> {
  for (const system of systems()) system.resetRequests();
  const answer = await ask<Data>(query);
  const { erp, wms, square, lightspeed } = demo.retailer;
  const of = (system: Simulator) =>
    system
      .requests()
      .map(routeOf)
      .filter((route) => route !== 'POST /oauth2/token');
  return { answer, calls: { erp: of(erp), wms: of(wms), square: of(square), lightspeed: of(lightspeed) } };
}

function routeOf({ route }: LoggedRequest): string {
  return route;
}

function systems(): readonly DemoRetailer[keyof Pick<DemoRetailer, 'erp' | 'wms' | 'square' | 'lightspeed'>][] {
  const { erp, wms, square, lightspeed } = demo.retailer;
  return [erp, wms, square, lightspeed];
}

function failuresOf({ errors = [] }: GraphqlAnswer<unknown>): readonly string[] {
  return errors.map(({ path = [], extensions }) => `${path.join('.')}: ${extensions.code}`);
}
