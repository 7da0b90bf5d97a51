import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { subscribe } from '../harness/live-frames.ts';
import { openBareHub } from '../harness/open-bare-hub.ts';

/* Units that are sold beyond stock wait, and go on when stock comes: seen by the customer alone, over the public API. */

const RETAIL = {
  networks: [{ id: 'WEB', locations: ['DC'] }],
  channels: [
    { id: 'WEB', network: 'WEB', currency: 'GBP', publishes: 'ATS' },
    { id: 'EXPRESS', network: 'WEB', currency: 'GBP', publishes: 'ATS' },
  ],
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

async function openShop(integrator: HubClient, operator: HubClient): Promise<void> {
  const place = {
    location: 'DC',
    name: 'The warehouse',
    type: 'DC',
    timeZone: 'Europe/London',
    capabilities: ['SHIP'],
  };
  const item = { sku: 'LAMP', title: 'Lamp', product: { id: 'LAMP', title: 'Lamp' }, baseUnit: 'EA', step: '1' };
  const rest = { tracking: 'NONE', categories: [], attributes: [], lifecycle: 'ACTIVE', prices: [] };
  await integrator.ingest('erp', [
    { eventId: 'place', type: 'location-recorded', occurredAt, data: place },
    { eventId: 'item', type: 'item-recorded', occurredAt, data: { ...item, ...rest } },
  ]);
  await receive(integrator, 'first', '1');
  await waitFor(async () => JSON.stringify(await operator.graphql(AVAILABLE).catch(() => '')).includes('"1"'), 'stock');
  await operator.graphql(ALLOW);
}

async function receive(integrator: HubClient, eventId: string, quantity: string): Promise<void> {
  const data = { location: 'DC', reference: eventId, lines: [{ lineId: '1', sku: 'LAMP', quantity }] };
  await integrator.ingest('wms', [{ eventId, type: 'goods-received', occurredAt, data }]);
}

async function place(shopper: HubClient, externalId: string, quantity: number, channel = 'WEB'): Promise<string> {
  const lines = [{ sku: 'LAMP', quantity: String(quantity), unitPriceMinor: 100 }];
  const tenders = [{ tender: 'CARD', amountMinor: quantity * 100 }];
  const input = { channel, externalId, lines, tenders };
  const made = await shopper.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
  return made.placeOrder.order.id;
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
  const urgent = await place(shopper, 'urgent', 1, 'EXPRESS');
  await until(urgent, { BACKORDERED: '1' });
  await receive(integrator, 'one-more', '1');
  await until(urgent, { RELEASED: '1' });
  expect(statesOf(await read(patient))).toEqual({ BACKORDERED: '1' });
  await receive(integrator, 'the-last', '1');
  await until(patient, { RELEASED: '1' });
});
