import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { subscribe } from '../harness/live-frames.ts';
import { openBareHub } from '../harness/open-bare-hub.ts';

/* Units that are sold beyond stock wait, and go on when stock comes: seen by the customer alone, over the public API. */

const TWO_DAYS = { country: null, postalPrefix: null, distanceKmMax: null, earliestDays: 1, latestDays: 2 } as const;
const RETAIL = {
  networks: [{ id: 'WEB', locations: ['DC'] }],
  channels: [
    { id: 'WEB', network: 'WEB', currency: 'GBP', publishes: 'ATS' },
    { id: 'EXPRESS', network: 'WEB', currency: 'GBP', publishes: 'ATS' },
  ],
  sourcingRules: { transit: [TWO_DAYS] },
  timeRules: { priorities: [{ channel: 'EXPRESS', priority: 9 }] },
} as const;
const ALLOW = `mutation { changeAvailabilityRules(input: { idempotencyKey: "allow", rules: [
  { kind: SELL_POLICY, sku: "LAMP", sellPolicy: { mode: BACKORDER, limit: "5" } } ] }) { effectiveAt } }`;
const AVAILABLE = '{ availability(skus: ["LAMP"], channel: "WEB") { available } }';
const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const ORDER = `query ($id: ID!) { order(id: $id) { status lines { states { state quantity } }
  timeline(first: 50) { edges { node { type visibility } } } } }`;
const LIVE = `subscription ($customer: String!) { orderStatusChanged(customer: $customer) {
  cursor reset changes { version status order { id } lines { states { state quantity } } } } }`;

interface Lines {
  readonly lines: readonly { readonly states: readonly { readonly state: string; readonly quantity: string }[] }[];
}
type OrderData = Lines & {
  readonly status: string;
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
};

const occurredAt = '2026-01-05T09:00:00.000Z';
const statesOf = ({ lines }: Lines): Readonly<Record<string, string>> =>
  Object.fromEntries(lines.flatMap(({ states }) => states.map(({ state, quantity }) => [state, quantity])));

const COUNTED = { baseUnit: 'EA', step: '1' } as const;

async function openShop(integrator: HubClient, operator: HubClient): Promise<void> {
  const place = {
    location: 'DC',
    name: 'The warehouse',
    type: 'DC',
    timeZone: 'Europe/London',
    capabilities: ['SHIP'],
  };
  const items = ['LAMP', 'GAME'].map((sku) => ({ sku, title: sku, product: { id: sku, title: sku }, ...COUNTED }));
  const rest = { tracking: 'NONE', categories: [], attributes: [], lifecycle: 'ACTIVE', prices: [] };
  await integrator.ingest('erp', [
    { eventId: 'place', type: 'location-recorded', occurredAt, data: place },
    ...items.map((item) => ({ eventId: item.sku, type: 'item-recorded', occurredAt, data: { ...item, ...rest } })),
  ]);
  await receive(integrator, 'first', '1');
  await waitFor(async () => JSON.stringify(await operator.graphql(AVAILABLE).catch(() => '')).includes('"1"'), 'stock');
  await operator.graphql(ALLOW);
}

async function receive(integrator: HubClient, eventId: string, quantity: string, sku = 'LAMP'): Promise<void> {
  const data = { location: 'DC', reference: eventId, lines: [{ lineId: '1', sku, quantity }] };
  await integrator.ingest('wms', [{ eventId, type: 'goods-received', occurredAt, data }]);
}

interface Wanted {
  readonly channel?: string;
  readonly sku?: string;
}

async function place(
  shopper: HubClient,
  externalId: string,
  quantity: number,
  { channel = 'WEB', sku = 'LAMP' }: Wanted = {},
): Promise<string> {
  const lines = [{ sku, quantity: String(quantity), unitPriceMinor: 100 }];
  const tenders = [{ tender: 'CARD', amountMinor: quantity * 100 }];
  const input = { channel, externalId, lines, tenders };
  const made = await shopper.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
  return made.placeOrder.order.id;
}

const NUMBERED = '{ orderByExternalId(channel: "WEB", externalId: "by-phone") { id } }';

/** An order that the call centre took, told over the front door. @returns its id */
async function tell(integrator: HubClient, agent: HubClient): Promise<string> {
  const data = {
    channel: 'WEB',
    externalId: 'by-phone',
    currency: 'GBP',
    customer: 'ANN',
    lines: [{ sku: 'LAMP', quantity: '1', unitPriceMinor: 100 }],
    charges: [],
    tenders: [{ tender: 'CARD', amountMinor: 100 }],
  };
  // It says so twice.
  for (const eventId of ['call-1', 'call-1-again']) {
    await integrator.ingest('call-centre', [{ eventId, type: 'order-placed-told', occurredAt, data }]);
  }
  const known = async () =>
    (await agent.graphql<{ orderByExternalId: { id: string } | null }>(NUMBERED)).orderByExternalId ?? undefined;
  return (await waitFor(known, 'the order of the call centre')).id;
}

const EDIT = `mutation ($input: EditOrderInput!) { editOrder(input: $input) {
  order { revision totals { grand { amountMinor } } } } }`;
const REJECT = 'mutation ($input: RejectWorkInput!) { rejectWork(input: $input) { order { id } } }';

interface Change {
  readonly order: string;
  readonly until: (id: string, states: object) => Promise<OrderData>;
  readonly receive: (quantity: string) => Promise<void>;
}

/** Three units that are work of the location; the ledger holds what is said here, or could not go on. */
async function changeOrder(
  agent: HubClient,
  store: HubClient,
  { order, until, receive: bring }: Change,
): Promise<void> {
  const edit = async (expectedRevision: number, change: object): Promise<number> => {
    const idempotencyKey = `change-${expectedRevision}`;
    const input = { order, idempotencyKey, expectedRevision, reason: 'They rang.', ...change };
    const made = await agent.graphql<{ editOrder: { order: { totals: { grand: { amountMinor: number } } } } }>(EDIT, {
      input,
    });
    return made.editOrder.order.totals.grand.amountMinor;
  };
  const units = (quantity: string) => [{ line: `${order}.1`, quantity }];
  expect(await edit(1, { takeUnits: units('1') })).toBe(200);
  await until(order, { RELEASED: '2', CANCELLED: '1' });
  // One is there again; the others are sold beyond stock.
  expect(await edit(2, { addUnits: units('3') })).toBe(500);
  await until(order, { BACKORDERED: '2', RELEASED: '3', CANCELLED: '1' });
  expect(await edit(3, { takeUnits: units('1') })).toBe(400);
  await until(order, { BACKORDERED: '1', RELEASED: '3', CANCELLED: '2' });
  const rejection = { order, location: 'DC', idempotencyKey: 'none', reason: 'NOT_FOUND', lines: units('1') };
  await store.graphql(REJECT, { input: rejection });
  await until(order, { BACKORDERED: '2', RELEASED: '2', CANCELLED: '2' });
  await bring('2');
  await until(order, { RELEASED: '4', CANCELLED: '2' });
}

const RELEASE_RULE = `mutation ($key: String!, $shipsAt: DateTime!) { changeAvailabilityRules(input: {
  idempotencyKey: $key, rules: [{ kind: SELL_POLICY, sku: "GAME", sellPolicy: { mode: PREORDER, limit: "5",
    horizonMs: 2592000000, confidenceBasisPoints: 10000, shipsAt: $shipsAt } }] }) { effectiveAt } }`;
const AHEAD = '{ availability(skus: ["GAME"], channel: "WEB") { available shipsAt } }';
const HELD = `query ($id: ID!) { order(id: $id) { status lines { id promise { earliestOn } states { state quantity } }
  holds { type state lines expiresAt } timeline(first: 50) { edges { node { type occurredAt } } } } }`;
const DAY_MS = 86_400_000;

interface HeldOrder extends Lines {
  readonly status: string;
  readonly lines: readonly (Lines['lines'][number] & {
    readonly id: string;
    readonly promise: { readonly earliestOn: string } | null;
  })[];
  readonly holds: readonly object[];
  readonly timeline: {
    readonly edges: readonly { readonly node: { readonly type: string; readonly occurredAt: string } }[];
  };
}

interface Ahead {
  readonly integrator: HubClient;
  readonly operator: HubClient;
  readonly agent: HubClient;
  readonly until: (id: string, states: object) => Promise<OrderData>;
  readonly buy: (externalId: string, quantity: number) => Promise<string>;
}

/** What is sold ahead is bound to what comes, leaves on its day, and is promised for no earlier. */
async function sellAhead({ integrator, operator, agent, until, buy }: Ahead): Promise<void> {
  const lines = [{ lineId: '1', documentLine: '1', sku: 'GAME', quantity: '5', expectedAt: inDays(2) }];
  const data = { document: 'PO-9', location: 'DC', lines };
  await integrator.ingest('wms', [{ eventId: 'po-9', type: 'supply-announced', occurredAt, data }]);
  const shipsAt = inDays(10);
  await operator.graphql(RELEASE_RULE, { key: 'far', shipsAt });
  await waitFor(async () => JSON.stringify(await operator.graphql(AHEAD)).includes('"5"'), 'what is expected');
  expect(await operator.graphql(AHEAD)).toEqual({ availability: [{ available: '5', shipsAt }] });

  const patient = await buy('ahead', 2);
  await until(patient, { BACKORDERED: '2' });
  const read = async (id: string) => (await agent.graphql<{ order: HeldOrder }>(HELD, { id })).order;
  const held = await read(patient);
  expect(held).toMatchObject({
    status: 'HELD',
    holds: [{ type: 'PREORDER_DATE', state: 'ACTIVE', lines: [held.lines[0]?.id], expiresAt: shipsAt }],
  });
  expect(Date.parse(held.lines[0]?.promise?.earliestOn ?? '')).toBeGreaterThan(Date.parse(shipsAt.slice(0, 10)));
  await receive(integrator, 'games', '3', 'GAME');
  await until(patient, { ALLOCATED: '2' });

  // Of another day, which comes while it waits: it goes by itself then, and not before.
  const soon = new Date(Date.now() + 2_000).toISOString();
  await operator.graphql(RELEASE_RULE, { key: 'near', shipsAt: soon });
  const quick = await buy('soon', 1);
  await until(quick, { RELEASED: '1' });
  const released = (await read(quick)).timeline.edges.find(({ node }) => node.type === 'WORK_RELEASED');
  expect(Date.parse(released?.node.occurredAt ?? '')).toBeGreaterThanOrEqual(Date.parse(soon));
  expect(statesOf(await read(patient))).toEqual({ ALLOCATED: '2' });
}

const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

test('what is sold beyond stock waits, is covered in the order of asking, and goes to the location, also after changes', async () => {
  await using hub = await openBareHub(RETAIL);
  const [integrator, operator] = await Promise.all([hub.as('integrator'), hub.as('operator')]);
  const shopper = await hub.as('shopper', { customer: 'ANN' });
  await openShop(integrator, operator);
  const token = await hub.tokenOf('shopper', { customer: 'ANN' });
  const live = subscribe<Lines & { readonly order: { readonly id: string } }>(hub.url, {
    token,
    query: LIVE,
    variables: { customer: 'ANN' },
  });
  await waitFor(() => live.frames.length > 0, 'the snapshot');
  const read = async (id: string) => (await shopper.graphql<{ order: OrderData }>(ORDER, { id })).order;
  const until = (id: string, states: object) =>
    waitFor(async () => {
      const order = await read(id);
      return JSON.stringify(statesOf(order)) === JSON.stringify(states) ? order : undefined;
    }, JSON.stringify(states));

  const first = await place(shopper, 'first', 3);
  const waiting = await until(first, { BACKORDERED: '2', RELEASED: '1' });
  expect(waiting).toMatchObject({ status: 'PROCESSING' });
  const second = await place(shopper, 'second', 1);
  await until(second, { BACKORDERED: '1' });

  await receive(integrator, 'one', '1');
  await until(first, { BACKORDERED: '1', RELEASED: '2' });
  expect(statesOf(await read(second))).toEqual({ BACKORDERED: '1' });
  await receive(integrator, 'two', '2');
  const done = await until(first, { RELEASED: '3' });
  await until(second, { RELEASED: '1' });

  const types = done.timeline.edges.map(({ node }) => node.type);
  expect(types.slice(0, 3)).toEqual(['ORDER_PLACED', 'STOCK_RESERVED', 'STOCK_BACKORDERED']);
  expect(types.filter((type) => type === 'BACKORDER_COVERED')).toHaveLength(2);
  const seen = live.changes().filter(({ order }) => order.id === first);
  expect(seen.some((change) => statesOf(change)['BACKORDERED'] === '2')).toBe(true);
  await live.awaitChange((change) => change.order.id === first && statesOf(change)['RELEASED'] === '3', 'its release');
  await live.close();
  const [agent, store] = await Promise.all([hub.as('agent'), hub.as('store', { stores: ['DC'] })]);
  const bring = (quantity: string) => receive(integrator, 'three', quantity);
  await changeOrder(agent, store, { order: first, until, receive: bring });

  // Who is more urgent by the rules goes first, although somebody asked before.
  const patient = await place(shopper, 'patient', 1);
  await until(patient, { BACKORDERED: '1' });
  const urgent = await place(shopper, 'urgent', 1, { channel: 'EXPRESS' });
  await until(urgent, { BACKORDERED: '1' });
  await receive(integrator, 'one-more', '1');
  await until(urgent, { RELEASED: '1' });
  expect(statesOf(await read(patient))).toEqual({ BACKORDERED: '1' });
  await receive(integrator, 'the-last', '1');
  await until(patient, { RELEASED: '1' });
  // What a call centre has taken stands, and waits like any other.
  const told = await tell(integrator, agent);
  await until(told, { BACKORDERED: '1' });
  await receive(integrator, 'for-the-caller', '1');
  await until(told, { RELEASED: '1' });
  await sellAhead({ integrator, operator, agent, until, buy: (id, n) => place(shopper, id, n, { sku: 'GAME' }) });
});
