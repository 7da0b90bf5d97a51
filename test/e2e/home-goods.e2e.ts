import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startOmsSimulator, type OmsSimulator } from '../../connectors/simulators/oms/oms-simulator.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { openRetailerHub, type RetailerHub } from '../harness/open-retailer-hub.ts';

/*
 * A sofa that its vendor sends and lamps from a store, in one cart of a channel that a separate OMS orchestrates: over the
 * public API, with an OMS whose webhooks come twice and in another order.
 */

const OMS = 'oms-main';
const SECRET = 'webhook-secret';
const PLACES = { VENDOR: 'vendor', STORE: 'store', DC: 'dc' } as const;
const FAULTS = { duplicate: 0.5, reorder: 0.5 };

const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const CANCEL = 'mutation ($order: ID!) { cancelOrder(input: { order: $order }) { order { id } } }';
const ORDER = `query ($id: ID!) { order(id: $id) { status
  lines { sku { id } location { id } states { state quantity } }
  sourcingDecisions { id }
  shipments { location { id } }
  timeline(first: 200) { edges { node { type source } } } } }`;
const AVAILABLE = '{ availability(skus: ["SOFA", "LAMP"], channel: "HOME") { available } }';
const POSITIONS = `{ vendor: positions(location: "VENDOR", skus: ["SOFA"]) { edges { node { sellable allocated } } }
  store: positions(location: "STORE", skus: ["LAMP"]) { edges { node { sellable allocated } } } }`;

interface OrderData {
  readonly status: string;
  readonly lines: readonly {
    readonly location: { readonly id: string } | null;
    readonly states: readonly { readonly state: string; readonly quantity: string }[];
  }[];
  readonly sourcingDecisions: readonly object[];
  readonly shipments: readonly { readonly location: { readonly id: string } }[];
  readonly timeline: {
    readonly edges: readonly { readonly node: { readonly type: string; readonly source: string } }[];
  };
}

const occurredAt = '2026-01-05T09:00:00.000Z';

let hub: RetailerHub;
let oms: OmsSimulator;
let agent: HubClient;

async function openShop(integrator: HubClient): Promise<void> {
  const place = (location: string, type: string) => {
    const data = { location, name: location, type, timeZone: 'Europe/London', capabilities: ['SHIP'] };
    return { eventId: location, type: 'location-recorded', occurredAt, data };
  };
  const item = (sku: string) => {
    const data = { sku, title: sku, product: { id: sku, title: sku }, baseUnit: 'EA', step: '1', tracking: 'NONE' };
    const rest = { categories: [], attributes: [], lifecycle: 'ACTIVE', prices: [] };
    return { eventId: sku, type: 'item-recorded', occurredAt, data: { ...data, ...rest } };
  };
  const places = [place('VENDOR', 'DC'), place('STORE', 'STORE'), place('DC', 'DC')];
  await integrator.ingest('erp-main', [...places, item('SOFA'), item('LAMP')]);
  for (const [location, sku, quantity] of [
    ['VENDOR', 'SOFA', '4'],
    ['STORE', 'LAMP', '6'],
  ] as const) {
    const data = { location, reference: location, lines: [{ lineId: '1', sku, quantity }] };
    await integrator.ingest('wms-main', [{ eventId: `in-${location}`, type: 'goods-received', occurredAt, data }]);
  }
}

beforeAll(async () => {
  const nodes = [
    { code: PLACES.VENDOR, skus: ['SOFA'] },
    { code: PLACES.STORE, skus: ['LAMP'] },
  ];
  oms = await startOmsSimulator({ nodes, faults: FAULTS, webhooks: { backoffMs: 1, reorderHoldMs: 5 } });
  const locations = Object.fromEntries(Object.entries(PLACES).map(([location, code]) => [code, location]));
  hub = await openRetailerHub(
    {
      systems: [
        {
          kind: 'oms',
          vendor: 'plain',
          system: OMS,
          baseUrl: oms.url,
          accessToken: 'oms-token',
          webhookSecret: { env: 'OMS_SECRET' },
          mapping: { locations },
        },
      ],
      retail: {
        networks: [{ id: 'HOME', locations: Object.keys(PLACES) }],
        channels: [{ id: 'HOME', network: 'HOME', currency: 'GBP', publishes: 'ATS' }],
        orchestrationRules: [{ channel: 'HOME', system: OMS }],
      },
    },
    { OMS_SECRET: SECRET },
  );
  oms.subscribe({ url: `${hub.url}/webhooks/${OMS}`, secret: SECRET });
  agent = await hub.as('agent');
  await openShop(await hub.as('integrator'));
  const isThere = async (): Promise<boolean> => {
    const text = JSON.stringify(await agent.graphql(AVAILABLE).catch(() => ''));
    return text.includes('"4"') && text.includes('"6"');
  };
  await waitFor(isThere, 'stock');
});

afterAll(async () => {
  await hub[Symbol.asyncDispose]();
  await oms.close();
});

async function place(externalId: string): Promise<string> {
  const lines = [
    { sku: 'SOFA', quantity: '1', unitPriceMinor: 90_000 },
    { sku: 'LAMP', quantity: '2', unitPriceMinor: 4_500 },
  ];
  const tenders = [{ tender: 'CARD', amountMinor: 99_000 }];
  const input = { channel: 'HOME', externalId, customer: 'ANN', lines, tenders };
  const { placeOrder } = await agent.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
  return placeOrder.order.id;
}

const read = async (id: string) => (await agent.graphql<{ order: OrderData }>(ORDER, { id })).order;

const statesOf = ({ lines }: OrderData) =>
  lines.map(({ location, states }) => {
    return [location?.id, ...states.map(({ state, quantity }) => `${quantity} ${state}`)].join(' ');
  });

const until = (id: string, ...states: readonly string[]): Promise<OrderData> =>
  waitFor(async () => {
    const order = await read(id);
    return statesOf(order).join() === states.join() ? order : undefined;
  }, states.join());

test('a mixed cart goes where the OMS says, and its story is one timeline to the door', async () => {
  const id = await place('home-1');
  const released = await until(id, 'VENDOR 1 RELEASED', 'STORE 2 RELEASED');
  // The hub has chosen nothing by itself.
  expect(released.sourcingDecisions).toEqual([]);
  const [taken] = oms.orders();
  expect(taken).toMatchObject({ reference: id, channel: 'HOME', number: 'home-1' });
  expect(taken?.lines.map(({ reservations }) => reservations)).toEqual([[expect.any(String)], [expect.any(String)]]);

  oms.advance(id, PLACES.STORE, 'picked');
  await until(id, 'VENDOR 1 RELEASED', 'STORE 2 PICKED');
  oms.advance(id, PLACES.STORE, 'shipped');
  // The vendor tells nothing before the sofa has left.
  oms.advance(id, PLACES.VENDOR, 'shipped');
  await until(id, 'VENDOR 1 SHIPPED', 'STORE 2 SHIPPED');
  for (const node of [PLACES.STORE, PLACES.VENDOR]) oms.advance(id, node, 'delivered');
  const delivered = await until(id, 'VENDOR 1 DELIVERED', 'STORE 2 DELIVERED');
  expect(delivered.status).toBe('DELIVERED');
  expect(delivered.shipments.map(({ location }) => location.id).toSorted()).toEqual(['STORE', 'VENDOR']);

  const entries = delivered.timeline.edges.map(({ node }) => node);
  const types = entries.filter(({ source }) => source === OMS).map(({ type }) => type);
  const told = ['LOCATION_CHOSEN', 'WORK_RELEASED', 'PICK_RECORDED', 'SHIPMENT_RECORDED'];
  expect(types).toEqual(expect.arrayContaining(told));
  expect(types).not.toContain('STATUS_REGRESSION');
  expect(entries.map(({ type }) => type)).toEqual(expect.arrayContaining(['STOCK_RESERVED', 'ROUTING_HANDED_OVER']));
  const left = (sellable: string) => ({ edges: [{ node: { sellable, allocated: '0' } }] });
  const isRetired = async () =>
    JSON.stringify(await agent.graphql(POSITIONS)) === JSON.stringify({ vendor: left('3'), store: left('4') });
  await waitFor(isRetired, 'the allocations to be retired');
});

test('an order that is called off is stopped where the OMS has it, and its stock is free again', async () => {
  const id = await place('home-2');
  await until(id, 'VENDOR 1 RELEASED', 'STORE 2 RELEASED');
  await agent.graphql(CANCEL, { order: id });
  const isOver = async () => {
    const { lines } = await read(id);
    return lines.every(({ states }) => states.every(({ state }) => state === 'CANCELLED'));
  };
  await waitFor(isOver, 'the cancellation');
  expect(oms.orders().find(({ reference }) => reference === id)?.parts).toEqual([]);
  const isFree = async () => JSON.stringify(await agent.graphql(AVAILABLE)).includes('"3"');
  await waitFor(isFree, 'the sofas to be free');
});
