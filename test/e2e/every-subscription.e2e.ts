import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient, IngestMessage } from '../../scripts/client/hub-client.ts';
import { openBareHub, type BareHub } from '../harness/open-bare-hub.ts';
import { openResumingView, type ResumingView } from '../harness/resuming-view.ts';
import { openingMessages, receiptOf, RETAIL, SOURCE } from '../harness/stock-world.ts';

/* Every subscription of the graph by every way to ask for it, beside the query that answers the same. */

interface Change {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly [field: string]: unknown;
}

/** One subscription: what it selects of a change, and the query that answers the same for every key. */
interface Followed {
  readonly as: 'visitor' | 'clerk' | 'shopper' | 'agent' | 'operator';
  readonly subscription: string;
  readonly selects: string;
  readonly ask: (client: HubClient) => Promise<readonly object[]>;
}

let hub: BareHub;
let integrator: HubClient;
let tokens: Record<Followed['as'], string>;
let clients: Record<Followed['as'], HubClient>;
const views: ResumingView<Change>[] = [];

beforeAll(async () => {
  hub = await openBareHub(RETAIL);
  integrator = await hub.as('integrator');
  const claims = { clerk: { stores: ['S0'] }, shopper: { customer: 'ALICE' } };
  const [visitor, clerk, shopper, agent, operator] = await Promise.all([
    hub.tokenOf('anonymous'),
    hub.tokenOf('store', claims.clerk),
    hub.tokenOf('shopper', claims.shopper),
    hub.tokenOf('agent'),
    hub.tokenOf('operator'),
  ]);
  tokens = { visitor, clerk, shopper, agent, operator };
  clients = {
    visitor: await hub.as('anonymous'),
    clerk: await hub.as('store', claims.clerk),
    shopper: await hub.as('shopper', claims.shopper),
    agent: await hub.as('agent'),
    operator: await hub.as('operator'),
  };
  await integrator.ingest(SOURCE, [
    ...openingMessages().map(takingReturns),
    itemOf('K0', ['lamps']),
    itemOf('K1', ['lamps', 'sale']),
  ]);
  await integrator.ingest(SOURCE, [receiptOf('opening', 'S0', { K0: 5, K1: 5, K2: 5 })], { waitMs: 10_000 });
  await waitFor(async () => (await availableOf('K2')) === '5', 'the opening stock');
});

afterAll(async () => {
  await Promise.all(views.map((view) => view.close()));
  await hub[Symbol.asyncDispose]();
});

function takingReturns(message: IngestMessage): IngestMessage {
  const { capabilities = [] } = message.data as { readonly capabilities?: readonly string[] };
  if (message.type !== 'location-recorded') return message;
  return { ...message, data: { ...(message.data as object), capabilities: [...capabilities, 'RETURN'] } };
}

/** The item of the opening, in these categories. */
function itemOf(sku: string, categories: readonly string[]): IngestMessage {
  const [item] = openingMessages().filter(({ eventId }) => eventId === `item-${sku}`);
  if (!item) throw new Error(`The world has no ${sku}.`);
  const eventId = `${item.eventId}-${categories.join('-')}`;
  return { ...item, eventId, occurredAt: new Date().toISOString(), data: { ...(item.data as object), categories } };
}

async function availableOf(sku: string): Promise<string | undefined> {
  const query = `{ availability(skus: ["${sku}"], channel: "WEB") { available } }`;
  const { availability } = await clients.agent.graphql<{ availability: readonly ({ available: string } | null)[] }>(
    query,
  );
  return availability[0]?.available;
}

/** Asks for a list, or for the nodes of a connection. */
function asks(query: string, variables: () => object = () => ({})): Followed['ask'] {
  return async (client) => {
    const { answer } = await client.graphql<{ answer: unknown }>(query, { ...variables() });
    const { edges } = answer as { edges?: readonly { node: object }[] };
    return (edges ? edges.map(({ node }) => node) : (answer as readonly (object | null)[])).filter(
      (each) => each !== null,
    );
  };
}

let order = '';
const lamps = ['K0', 'K1'];

const FOLLOWED: Readonly<Record<string, Followed>> = {
  'availability of SKUs': {
    as: 'visitor',
    subscription: 'availabilityChanged(channel: "WEB", skus: ["K0", "K2"], after: $after)',
    selects: 'sku { id } available band',
    ask: asks('{ answer: availability(channel: "WEB", skus: ["K0", "K2"]) { sku { id } available band } }'),
  },
  'availability of a category': {
    as: 'visitor',
    subscription: 'availabilityChanged(channel: "WEB", categories: ["lamps"], after: $after)',
    selects: 'sku { id } available band',
    // K1 is in it to begin with, and leaves it.
    ask: asks(
      'query ($skus: [ID!]!) { answer: availability(channel: "WEB", skus: $skus) { sku { id } available band } }',
      () => ({
        skus: lamps,
      }),
    ),
  },
  'availability at a location': {
    as: 'clerk',
    subscription: 'nodeAvailabilityChanged(channel: "WEB", location: "S0", after: $after)',
    selects: 'location { id } available',
    ask: asks(
      '{ answer: nodeAvailability(channel: "WEB", location: "S0", skus: ["K0", "K1", "K2"]) { location { id } available } }',
    ),
  },
  'the stock of a location': {
    as: 'clerk',
    subscription: 'positionChanged(location: "S0", after: $after)',
    selects: 'sku { id } onHand sellable softReserved allocated picked',
    ask: asks(
      '{ answer: positions(location: "S0") { edges { node { sku { id } onHand sellable softReserved allocated picked } } } }',
    ),
  },
  'an order': {
    as: 'agent',
    subscription: 'orderStatusChanged(order: "$ORDER", after: $after)',
    selects: 'order { id } status',
    ask: async (client) => {
      const query = 'query ($order: ID!) { order(id: $order) { order: id status } }';
      const { order: found } = await client.graphql<{ order: { order: string; status: string } }>(query, { order });
      return [{ order: { id: found.order }, status: found.status }];
    },
  },
  'orders to be worked at a location': {
    as: 'clerk',
    subscription: 'orderStatusChanged(location: "S0", after: $after)',
    selects: 'order { id } status',
    ask: asks('{ answer: orders(location: "S0") { edges { node { order: id status } } } }'),
  },
  'orders of a customer': {
    as: 'shopper',
    subscription: 'orderStatusChanged(customer: "ALICE", after: $after)',
    selects: 'order { id } status',
    ask: asks('{ answer: orders(customer: "ALICE") { edges { node { order: id status } } } }'),
  },
  'returns of a customer': {
    as: 'shopper',
    subscription: 'returnStatusChanged(customer: "ALICE", after: $after)',
    selects: 'return { id } status',
    ask: asks('{ answer: returns(customer: "ALICE") { edges { node { return: id status } } } }'),
  },
  'returns at a location': {
    as: 'clerk',
    subscription: 'returnStatusChanged(location: "S0", after: $after)',
    selects: 'return { id } status',
    ask: asks('{ answer: returns(location: "S0") { edges { node { return: id status } } } }'),
  },
  exceptions: {
    as: 'operator',
    subscription: 'exceptionChanged(class: DUPLICATE_CONFLICT, after: $after)',
    selects: 'exception { id } status severity',
    ask: asks(
      '{ answer: exceptions(filter: { classes: [DUPLICATE_CONFLICT] }) { edges { node { exception: id status severity } } } }',
    ),
  },
  'products and prices of a category': {
    as: 'visitor',
    subscription: 'skuChanged(category: "lamps", after: $after)',
    selects: 'sku { id } title prices { amount { amountMinor } }',
    ask: async (client) => {
      const query =
        'query ($skus: [ID!]!) { skus(ids: $skus) { id title price(currency: "GBP") { amount { amountMinor } } } }';
      const { skus } = await client.graphql<{ skus: readonly { id: string; title: string; price: object | null }[] }>(
        query,
        { skus: lamps },
      );
      return skus.map(({ id, title, price }) => ({ sku: { id }, title, prices: price ? [price] : [] }));
    },
  },
};

/** An id of its own or within an object, the same either way. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  if (entries.length === 1 && entries[0]?.[0] === 'id') return entries[0][1];
  return Object.fromEntries(entries.map(([name, each]) => [name, plain(each)]));
}

function known(view: ResumingView<Change>): readonly string[] {
  return [...view.values.values()]
    .map(({ key: _key, version: _version, deleted: _deleted, ...told }) => JSON.stringify(plain(told)))
    .sort();
}

async function placeOrder(): Promise<{ readonly id: string; readonly lines: readonly { readonly id: string }[] }> {
  const input = {
    channel: 'WEB',
    externalId: 'EVERY-1',
    customer: 'ALICE',
    lines: [{ sku: 'K0', quantity: '2', unitPriceMinor: 1_000 }],
    tenders: [{ tender: 'CARD', amountMinor: 2_000 }],
  };
  const placed = await clients.agent.graphql<{ placeOrder: { order: { id: string; lines: { id: string }[] } } }>(
    'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id lines { id } } } }',
    { input },
  );
  return placed.placeOrder.order;
}

/** Picks, packs, ships and delivers, then takes one unit back; each step when it may be taken. */
async function workOrder(id: string, orderLine: string): Promise<void> {
  const { clerk } = clients;
  for (const step of ['PICK', 'PACK', 'SHIP', 'DELIVER']) {
    const input = { order: id, location: 'S0', step, idempotencyKey: `every-${step}` };
    await waitFor(async () => {
      await clerk.graphql('mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { changeCursor } }', {
        input,
      });
      return true;
    }, step);
  }
  const returning = {
    idempotencyKey: 'every-return',
    order: id,
    location: 'S0',
    lines: [{ orderLine, quantity: '1', reason: 'UNWANTED' }],
  };
  const { requestReturn } = await waitFor(
    () =>
      clerk.graphql<{ requestReturn: { return: { id: string } } }>(
        'mutation ($input: RequestReturnInput!) { requestReturn(input: $input) { return { id } } }',
        { input: returning },
      ),
    'the return',
  );
  await clerk.graphql('mutation ($input: ReceiveReturnInput!) { receiveReturn(input: $input) { return { status } } }', {
    input: { return: requestReturn.return.id, location: 'S0' },
  });
}

test('each subscription begins with what its query answers, tells every change, and is in the end what the query answers', async () => {
  const placed = await placeOrder();
  order = placed.id;
  const open = new Map<string, ResumingView<Change>>();
  for (const [name, { as, subscription, selects }] of Object.entries(FOLLOWED)) {
    const query = `subscription ($after: ChangeCursor) { ${subscription.replace('$ORDER', order)} {
      cursor reset changes { key version deleted ${selects} } } }`;
    const view = await openResumingView<Change>(hub.url, { token: tokens[as], query, variables: {} });
    views.push(view);
    open.set(name, view);
  }
  const told = (name: string) => open.get(name)?.frames.length ?? 0;

  await workOrder(placed.id, placed.lines[0]?.id ?? '');
  await integrator.ingest(SOURCE, [receiptOf('more', 'S0', { K0: 1, K1: 1, K2: 1 })]);
  // The same message with other content.
  await integrator.ingest(SOURCE, [receiptOf('opening', 'S0', { K0: 50 })]);
  lamps.pop();
  const price = { amount: { amountMinor: 1_250, currencyCode: 'GBP' }, effectiveFrom: '2020-01-01T00:00:00.000Z' };
  const dearer = itemOf('K0', ['lamps']);
  await integrator.ingest(SOURCE, [
    itemOf('K1', ['sale']),
    { ...dearer, eventId: 'dearer', data: { ...(dearer.data as object), prices: [price] } },
  ]);

  for (const [name, view] of open) {
    const { as, ask } = FOLLOWED[name] as Followed;
    await waitFor(async () => {
      expect({ [name]: known(view) }).toEqual({
        [name]: (await ask(clients[as])).map((each) => JSON.stringify(plain(each))).sort(),
      });
      return told(name) > 1;
    }, `more than the snapshot of ${name}`);
    expect({ [name]: view.values.size }).not.toEqual({ [name]: 0 });
    expect(view.frames.map(({ reset }) => reset)).toEqual(view.frames.map((_frame, index) => index === 0));
    expect(view.backwards).toEqual([]);
  }
});
