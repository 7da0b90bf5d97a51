import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { subscribe } from '../harness/live-frames.ts';
import { openBareHub, type BareHub } from '../harness/open-bare-hub.ts';

/* An order that comes from the store next door, until the store does not find it: over the public API and the real ledger. */

const LONDON = { latitude: 51.5, longitude: -0.12 };
const LEEDS = { latitude: 53.8, longitude: -1.55 };
const RETAIL = {
  networks: [{ id: 'WEB', locations: ['DC', 'LEEDS'] }],
  channels: ['WEB', 'PHONE'].map((id) => ({ id, network: 'WEB', currency: 'GBP', publishes: 'ATS' as const })),
  // Who orders by phone has to be quick: a few seconds.
  pickupRules: [{ channel: 'PHONE', keepHours: 0.001, warnHours: 0.0005 }],
  sourcingRules: {
    perKmMinor: 2,
    splitPenaltyMinor: 500,
    deliveryDays: [1, 2, 3, 4, 5, 6, 7],
    nodes: [
      { location: 'DC', ...LONDON },
      { location: 'LEEDS', ...LEEDS },
    ],
    postalAreas: [{ country: 'GB', postalPrefix: 'LS', ...LEEDS }],
    transit: [
      { country: 'GB', postalPrefix: null, distanceKmMax: 50, earliestDays: 1, latestDays: 1 },
      { country: 'GB', postalPrefix: null, distanceKmMax: null, earliestDays: 2, latestDays: 3 },
    ],
  },
};

const DESTINATION = '{ country: "GB", postalCode: "LS1 4AP" }';
const AVAILABLE = `{ availability(skus: ["LAMP"], channel: "WEB") { available sku {
  near: deliveryEstimate(channel: "WEB", destination: ${DESTINATION}) { promise { earliestOn latestOn } waitsForSupply }
  far: deliveryEstimate(channel: "WEB", destination: { country: "GB" }, quantity: "4") { promise { earliestOn } }
} } }`;
const PLACE =
  'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id lines { promise { latestOn } } } } }';
const ORDER = `query ($id: ID!) { order(id: $id) {
  lines { location { id name } states { state quantity } promise { latestOn } expected { latestOn } }
  sourcingDecisions { lines { candidates { location { id } outcome because distanceKm } } }
} }`;
const REJECT = `mutation ($order: ID!) { rejectWork(input: {
  order: $order, location: "LEEDS", idempotencyKey: "k", reason: NOT_FOUND }) { order { id } } }`;
const POSITION = '{ positions(location: "LEEDS", skus: ["LAMP"]) { edges { node { sellable suspect allocated } } } }';
const CART = `{ sourceCart(channel: "WEB", lines: [{ sku: "LAMP", quantity: "9" }], destination: ${DESTINATION}) {
  isWhole decision { lines { withoutStockCount candidates { location { name } because } } } } }`;

const occurredAt = '2026-01-05T09:00:00.000Z';

async function openShop(integrator: HubClient, operator: HubClient): Promise<void> {
  const places = [
    { location: 'DC', name: 'The warehouse', type: 'DC', timeZone: 'Europe/London', capabilities: ['SHIP'] },
    { location: 'LEEDS', name: 'Leeds', type: 'STORE', timeZone: 'Europe/London', capabilities: ['SHIP', 'PICKUP'] },
  ];
  const item = { sku: 'LAMP', title: 'Lamp', product: { id: 'LAMP', title: 'Lamp' }, baseUnit: 'EA', step: '1' };
  const rest = { tracking: 'NONE', categories: [], attributes: [], lifecycle: 'ACTIVE', prices: [] };
  await integrator.ingest('erp', [
    ...places.map((data) => ({ eventId: data.location, type: 'location-recorded', occurredAt, data })),
    { eventId: 'item', type: 'item-recorded', occurredAt, data: { ...item, ...rest } },
  ]);
  for (const [location, quantity] of [
    ['DC', '5'],
    ['LEEDS', '2'],
  ] as const) {
    const data = { location, reference: location, lines: [{ lineId: '1', sku: 'LAMP', quantity }] };
    await integrator.ingest('wms', [{ eventId: `in-${location}`, type: 'goods-received', occurredAt, data }]);
  }
  const isThere = async () => JSON.stringify(await operator.graphql(AVAILABLE).catch(() => '')).includes('"7"');
  await waitFor(isThere, 'stock');
}

interface OrderData {
  readonly lines: readonly { readonly location: { readonly id: string } | null; readonly states: readonly object[] }[];
  readonly sourcingDecisions: readonly {
    readonly lines: readonly { readonly candidates: readonly object[] }[];
  }[];
}

let hub: BareHub;

beforeAll(async () => {
  hub = await openBareHub(RETAIL);
  await openShop(await hub.as('integrator'), await hub.as('operator'));
});

afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

test('an order comes from near by, is promised a day, and comes from elsewhere when the store does not find it', async () => {
  const agent = await hub.as('agent');
  const [shopper, store] = await Promise.all([
    hub.as('shopper', { customer: 'ANN' }),
    hub.as('store', { stores: ['LEEDS'] }),
  ]);
  // One answer of two contexts: what may be sold, and when it would arrive.
  const { availability } = await shopper.graphql<{ availability: readonly [object] }>(AVAILABLE);
  expect(availability[0]).toMatchObject({
    available: '7',
    sku: {
      near: { promise: { latestOn: expect.any(String) }, waitsForSupply: false },
      far: { promise: { earliestOn: expect.any(String) } },
    },
  });
  const cart = await agent.graphql(CART);
  expect(cart).toMatchObject({
    sourceCart: {
      isWhole: false,
      decision: { lines: [{ candidates: [{ because: 'TOO_FEW' }, { because: 'TOO_FEW' }] }] },
    },
  });

  const input = {
    channel: 'WEB',
    externalId: 'W-1',
    destination: { country: 'GB', postalCode: 'LS1 4AP' },
    lines: [{ sku: 'LAMP', quantity: '2', unitPriceMinor: 100 }],
    tenders: [{ tender: 'CARD', amountMinor: 200 }],
  };
  const placed = await shopper.graphql<{ placeOrder: { order: { id: string; lines: [{ promise: object }] } } }>(PLACE, {
    input,
  });
  const { id, lines } = placed.placeOrder.order;
  expect(lines[0].promise).toEqual({ latestOn: expect.any(String) });
  const until = (location: string) =>
    waitFor(async () => {
      const { order } = await agent.graphql<{ order: OrderData }>(ORDER, { id });
      const [line] = order.lines;
      const isThere = line?.location?.id === location && JSON.stringify(line.states).includes('RELEASED');
      return isThere ? order : undefined;
    }, `the order at ${location}`);
  const near = await until('LEEDS');
  expect(near.sourcingDecisions[0]?.lines[0]?.candidates).toMatchObject([
    { location: { id: 'LEEDS' }, outcome: 'CHOSEN', distanceKm: 0 },
    { location: { id: 'DC' }, outcome: 'KEPT', because: 'COSTS_MORE', distanceKm: 273 },
  ]);

  await store.graphql(REJECT, { order: id });
  const far = await until('DC');
  const [best] = far.sourcingDecisions[0]?.lines[0]?.candidates ?? [];
  expect(best).toMatchObject({ location: { id: 'DC' }, outcome: 'CHOSEN' });
  expect(far.lines[0]).toMatchObject({ promise: { latestOn: expect.any(String) }, expected: expect.any(Object) });
  // What was not found is set apart, and nobody else is promised it.
  await waitFor(
    async () => JSON.stringify(await store.graphql(POSITION)).includes('"suspect":"2"'),
    'the missing lamps',
  );
  expect(await store.graphql(POSITION)).toEqual({
    positions: { edges: [{ node: { sellable: '0', suspect: '2', allocated: '0' } }] },
  });
  const left = await shopper.graphql<{ availability: readonly [{ available: string }] }>(AVAILABLE);
  expect(left.availability[0].available).toBe('3');
});

const COLLECTED = `query ($id: ID!) { order(id: $id) {
  status lines { id states { state quantity } }
  transfers { id from { id } to { id } lines { coming arrived } }
  pickups { location { id } expiresAt lines { quantity } }
  shipments { location { id } deliveredAt handOver { proof reference } lines { quantity } }
  payments { captured { amountMinor } authorized { amountMinor } }
  timeline { edges { node { type } } }
} }`;
const PICK_LIST =
  '{ pickList(location: "LEEDS") { edges { node { id work(location: "LEEDS") { acceptedAt tasks { step quantity } } } } } }';
const DO = 'mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { order { id } } }';
const ACCEPT =
  'mutation ($order: ID!) { acceptWork(input: { order: $order, location: "LEEDS", idempotencyKey: "a" }) { order { id } } }';
const SEND = 'mutation ($input: ShipTransferInput!) { shipTransfer(input: $input) { transfer { status } } }';
const TAKE_IN = 'mutation ($input: ReceiveTransferInput!) { receiveTransfer(input: $input) { transfer { status } } }';

interface Collected {
  readonly status: string;
  readonly lines: readonly { readonly id: string; readonly states: readonly { readonly state: string }[] }[];
  readonly transfers: readonly { readonly id: string }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

interface LiveWork {
  readonly order: {
    readonly id: string;
    readonly work: { readonly tasks: readonly { readonly step: string }[] } | null;
  };
}

async function placeToCollect(as: HubClient, channel: string, quantity: string): Promise<string> {
  const input = {
    channel,
    externalId: `${channel}-collected`,
    customer: 'ANN',
    lines: [{ sku: 'LAMP', quantity, unitPriceMinor: 100, pickupAt: 'LEEDS' }],
    tenders: [{ tender: 'CARD', amountMinor: Number(quantity) * 100 }],
  };
  const placed = await as.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
  return placed.placeOrder.order.id;
}

test('an order is brought to the store where it is collected, handed over in parts, and called off when nobody comes', async () => {
  const [agent, integrator] = await Promise.all([hub.as('agent'), hub.as('integrator')]);
  const [shopper, leeds, warehouse] = await Promise.all([
    hub.as('shopper', { customer: 'ANN' }),
    hub.as('store', { stores: ['LEEDS'] }),
    hub.as('store', { stores: ['DC'] }),
  ]);
  const orderOf = async (id: string) => (await agent.graphql<{ order: Collected }>(COLLECTED, { id })).order;
  const until = (id: string, is: (order: Collected) => boolean, what: string) =>
    waitFor(async () => {
      const order = await orderOf(id);
      return is(order) ? order : undefined;
    }, what);
  const isIn = (state: string) => (order: Collected) => order.lines[0]?.states[0]?.state === state;
  const work = (order: string, step: string, more: object = {}) =>
    leeds.graphql(DO, { input: { order, location: 'LEEDS', idempotencyKey: `${order}/${step}`, step, ...more } });

  const cart = '[{ sku: "LAMP", quantity: "2", pickupAt: "LEEDS" }]';
  const asked = await agent.graphql(`{ sourceCart(channel: "WEB", lines: ${cart}) { isWhole parcelCount } }`);
  expect(asked).toEqual({ sourceCart: { isWhole: true, parcelCount: 1 } });

  // Leeds has none, so the warehouse sends it; nobody can buy it on its way.
  const brought = await placeToCollect(shopper, 'WEB', '2');
  const planned = await until(brought, ({ transfers }) => transfers.length > 0, 'a transfer');
  expect(planned).toMatchObject({ transfers: [{ from: { id: 'DC' }, to: { id: 'LEEDS' }, lines: [{ coming: '2' }] }] });
  const [transfer] = planned.transfers;
  const moved = { transfer: transfer?.id, idempotencyKey: 'm', occurredAt, lines: [{ sku: 'LAMP', quantity: '2' }] };
  const sending = await warehouse.graphql<{ pickList: { edges: readonly object[] } }>(
    '{ pickList(location: "DC") { edges { node { id work(location: "DC") { transfers { id } } } } } }',
  );
  expect(sending.pickList.edges).toContainEqual({ node: { id: brought, work: { transfers: [{ id: transfer?.id }] } } });
  await warehouse.graphql(SEND, { input: moved });
  await leeds.graphql(TAKE_IN, { input: { ...moved, idempotencyKey: 'n' } });
  await until(brought, isIn('RELEASED'), 'work at Leeds');

  // The store sees it, takes it on, and puts it ready.
  expect(await leeds.graphql(PICK_LIST)).toEqual({
    pickList: {
      edges: [{ node: { id: brought, work: { acceptedAt: null, tasks: [{ step: 'PICK', quantity: '2' }] } } }],
    },
  });
  await expect(warehouse.graphql(PICK_LIST)).rejects.toThrow('The token is for other stores.');
  const query = `subscription { orderStatusChanged(location: "LEEDS") { changes { order { id work(location: "LEEDS") { tasks { step } } } } } }`;
  const live = subscribe<LiveWork>(hub.url, { token: await hub.tokenOf('store', { stores: ['LEEDS'] }), query });
  await leeds.graphql(ACCEPT, { order: brought });
  await work(brought, 'PICK');
  await work(brought, 'READY');
  const isReady = ({ order: { id, work: open } }: LiveWork): boolean =>
    id === brought && open?.tasks[0]?.step === 'HAND_OVER';
  await live.awaitChange(isReady, 'the pick list to follow');
  await live.close();
  const [line] = (await orderOf(brought)).lines;
  const handOver = { proof: 'ID_DOCUMENT', reference: '42' };
  await work(brought, 'HAND_OVER', { handOver, lines: [{ line: line?.id, quantity: '1' }] });
  expect(await orderOf(brought)).toMatchObject({
    status: 'PARTIALLY_DELIVERED',
    pickups: [{ location: { id: 'LEEDS' }, lines: [{ quantity: '1' }] }],
    shipments: [{ location: { id: 'LEEDS' }, handOver, deliveredAt: expect.any(String), lines: [{ quantity: '1' }] }],
    payments: [{ captured: { amountMinor: 100 } }],
  });

  // Another is there already, and nobody comes for it.
  const goods = { location: 'LEEDS', reference: 'more', lines: [{ lineId: '1', sku: 'LAMP', quantity: '1' }] };
  await integrator.ingest('wms', [{ eventId: 'more', type: 'goods-received', occurredAt, data: goods }]);
  const isThere = async () => /"sellable":"2".*"allocated":"1"/.test(JSON.stringify(await leeds.graphql(POSITION)));
  await waitFor(isThere, 'one more lamp');
  const forgotten = await placeToCollect(agent, 'PHONE', '1');
  await until(forgotten, isIn('RELEASED'), 'the other order at Leeds');
  await work(forgotten, 'PICK');
  await work(forgotten, 'READY');
  const over = await until(forgotten, isIn('CANCELLED'), 'the end of its time');
  expect(over).toMatchObject({ status: 'CANCELLED', transfers: [], payments: [{ authorized: { amountMinor: 0 } }] });
  expect(over.timeline.edges.map(({ node }) => node.type)).toContain('PICKUP_EXPIRED');
  const isFree = async () => JSON.stringify(await leeds.graphql(POSITION)).includes('"allocated":"1"');
  await waitFor(isFree, 'the lamp on the shelf');
  expect(await leeds.graphql(POSITION)).toEqual({
    positions: { edges: [{ node: { sellable: '2', suspect: '2', allocated: '1' } }] },
  });
});
