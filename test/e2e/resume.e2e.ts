import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createSeededRandom } from '../../connectors/simulators/runtime/seeded-random.ts';
import { testConfig } from '../../kernel/testing/config.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { GraphqlFailure, type HubClient } from '../../scripts/client/hub-client.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readOrders, readPositions } from '../harness/read-state.ts';
import { openResumingView, type ResumingView } from '../harness/resuming-view.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

interface Keyed {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
}

interface AvailabilityChange extends Keyed {
  readonly sku: { readonly id: string };
  readonly available: string;
}

interface PositionChange extends Keyed {
  readonly sku: { readonly id: string };
  readonly onHand: string;
  readonly sellable: string;
  readonly returnPending: string;
  readonly softReserved: string;
  readonly allocated: string;
}

interface OrderChange extends Keyed {
  readonly order: { readonly id: string };
  readonly status: string;
  readonly lines: readonly { readonly states: readonly { readonly state: string; readonly quantity: string }[] }[];
}

const AVAILABILITY = `subscription ($after: ChangeCursor, $skus: [ID!]) {
  availabilityChanged(channel: "WEB-GB", skus: $skus, after: $after) {
    cursor reset changes { key version deleted sku { id } available } } }`;
const POSITIONS = `subscription ($after: ChangeCursor, $location: ID!) {
  positionChanged(location: $location, after: $after) {
    cursor reset changes { key version deleted sku { id } onHand sellable returnPending softReserved allocated } } }`;
const ORDERS = `subscription ($after: ChangeCursor, $location: ID, $order: ID, $channel: ID) {
  orderStatusChanged(location: $location, order: $order, channel: $channel, after: $after) {
    cursor reset changes { key version deleted order { id } status lines { states { state quantity } } } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } changeCursor } }`;
const FULFIL = `mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { changeCursor } }`;

const SKUS = ['LAMP', 'TEE-BLACK-M', 'SCARF-RUST', 'SCARF-SKY', 'HOODIE-M'];
const STORES = ['STORE-LEEDS', 'STORE-YORK', 'STORE-BATH'];
const SEED = testConfig().propertySeed ?? Date.now() % 1_000_000;
const BURST_ACTIONS = 60;

let directory: TemporaryDirectory;
let demo: DemoHub;
let agent: HubClient;
const views: ResumingView<Keyed>[] = [];
let orderNumbers = 0;

beforeEach(async () => {
  directory = await temporaryDirectory();
  await openHub();
  await stockShelves(
    demo,
    ['DC-NORTH', ...STORES, 'STORE-DUBLIN'].flatMap((location) =>
      SKUS.map((sku) => ({ location, sku, quantity: '20' })),
    ),
  );
});

afterEach(async () => {
  await Promise.all(views.splice(0).map((view) => view.close()));
  await demo?.[Symbol.asyncDispose]();
  await directory?.remove();
});

test('without a cursor a subscription begins with a snapshot of what the query answers', async () => {
  const shop = await follow<AvailabilityChange>(AVAILABILITY, { skus: SKUS });
  const shelf = await follow<PositionChange>(POSITIONS, { location: 'STORE-LEEDS' });
  expect([shop.frames[0]?.reset, shelf.frames[0]?.reset]).toEqual([true, true]);
  expect(availableIn(shop)).toEqual(await availableNow());
  expect(shelfIn(shelf)).toEqual(await shelfNow('STORE-LEEDS'));
});

test('after its last cursor a subscription gets exactly the changes that it missed, newest value per key', async () => {
  const shop = await follow<AvailabilityChange>(AVAILABILITY, { skus: SKUS });
  const work = await follow<OrderChange>(ORDERS, { channel: 'WEB-GB' });
  const framesBefore = shop.frames.length;
  await Promise.all([shop.close(), work.close()]);
  sell('STORE-LEEDS', 'LAMP', '2');
  sell('STORE-YORK', 'LAMP', '1');
  sell('STORE-LEEDS', 'SCARF-SKY', '1');
  await waitFor(async () => (await availableNow())['LAMP'] === '77', 'the sales of lamps');
  await waitFor(async () => (await availableNow())['SCARF-SKY'] === '79', 'the sale of a scarf');
  const order = await place('TEE-BLACK-M');
  await awaitStatusOf(order.id, 'PROCESSING');
  await waitFor(async () => (await availableNow())['TEE-BLACK-M'] === '79', 'the reservation');

  await Promise.all([shop.reopen(), work.reopen()]);
  await agree(
    () => availableIn(shop),
    () => ({ ...startOf(80), LAMP: '77', 'SCARF-SKY': '79', 'TEE-BLACK-M': '79' }),
  );
  const missed = shop.frames.slice(framesBefore);
  expect(missed.every(({ reset }) => !reset)).toBe(true);
  expect(missed.flatMap(({ changes }) => changes.map(({ sku }) => sku.id)).sort()).toEqual([
    'LAMP',
    'SCARF-SKY',
    'TEE-BLACK-M',
  ]);
  await waitFor(() => work.values.size === 1, 'the missed order');
  expect(work.frames.filter(({ reset }) => reset)).toHaveLength(1);
  expect([...work.values.values()][0]?.order.id).toBe(order.id);
});

test('a cursor is still good after a restart of the hub', async () => {
  const shop = await follow<AvailabilityChange>(AVAILABILITY, { skus: SKUS });
  const work = await follow<OrderChange>(ORDERS, { channel: 'WEB-GB' });
  await Promise.all([shop.close(), work.close()]);
  const order = await place('LAMP');
  await awaitStatusOf(order.id, 'PROCESSING');
  await demo[Symbol.asyncDispose]();
  await openHub();
  sell('STORE-YORK', 'SCARF-RUST', '3');

  await Promise.all([shop.reopen(demo.hub.url), work.reopen(demo.hub.url)]);
  await agree(
    () => availableIn(shop),
    () => ({ ...startOf(80), LAMP: '79', 'SCARF-RUST': '77' }),
  );
  await waitFor(() => work.values.size === 1, 'the missed order');
  for (const { frames, backwards } of [shop, work]) {
    expect(frames.map(({ reset }) => reset)).toEqual(frames.map((_, index) => index === 0));
    expect(backwards).toEqual([]);
  }
  expect(
    shop.frames
      .slice(1)
      .flatMap(({ changes }) => changes.map(({ sku }) => sku.id))
      .sort(),
  ).toEqual(['LAMP', 'SCARF-RUST']);
});

test('the cursor of a mutation begins a subscription with what came after it', async () => {
  const first = await place('LAMP');
  await awaitStatusOf(first.id, 'PROCESSING');
  await waitFor(async () => (await readOrders(agent))[0]?.lines[0]?.states[0]?.state === 'RELEASED', 'the release');
  const { changeCursor } = await place('SCARF-SKY');
  const later = await place('SCARF-RUST');

  const work = await openResumingView<OrderChange>(demo.hub.url, {
    token: await demo.tokenOf('agent'),
    query: ORDERS,
    variables: { channel: 'WEB-GB', after: changeCursor },
  });
  views.push(work);
  await waitFor(
    () => work.frames.some(({ changes }) => changes.some(({ order }) => order.id === later.id)),
    'the later order',
  );
  expect(work.frames.some(({ reset }) => reset)).toBe(false);
  expect(work.frames.flatMap(({ changes }) => changes).some(({ order }) => order.id === first.id)).toBe(false);
});

test(`subscriptions that break off and resume agree with the queries after a burst of sales and orders (seed ${SEED})`, async () => {
  const random = createSeededRandom(SEED);
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const pilot = demo.retailer.wms.work.autopilot({ stepMs: 5 });
  const shop = await follow<AvailabilityChange>(AVAILABILITY, { skus: SKUS });
  const shelves = await Promise.all(
    [...STORES, 'DC-NORTH'].map((location) => follow<PositionChange>(POSITIONS, { location })),
  );
  const orders = await follow<OrderChange>(ORDERS, { channel: 'WEB-GB' });
  const all: readonly ResumingView<Keyed>[] = [shop, ...shelves, orders];

  for (let action = 0; action < BURST_ACTIONS; action++) {
    const sku = pick(SKUS);
    const dice = random();
    if (dice < 0.4) sell(pick(STORES), sku, '1');
    else if (dice < 0.7) await place(sku).catch(soldOut);
    else if (dice < 0.8) await reserve(sku).catch(soldOut);
    else {
      const view = pick(all);
      await view.close();
      sell(pick(STORES), pick(SKUS), '1');
      await view.reopen();
    }
  }
  await waitFor(async () => {
    const statuses = (await readOrders(agent)).map(({ status }) => status);
    return statuses.every((status) => status === 'DELIVERED' || status === 'REJECTED');
  }, 'the end of all work');
  pilot.stop();
  await Promise.all([demo.retailer.square, demo.retailer.lightspeed].map((till) => till.webhooksSettled()));

  await agree(() => availableIn(shop), availableNow);
  for (const [index, location] of [...STORES, 'DC-NORTH'].entries()) {
    const shelf = shelves[index];
    if (shelf)
      await agree(
        () => shelfIn(shelf),
        () => shelfNow(location),
      );
  }
  await agree(() => ordersIn(orders), ordersNow);
  for (const { frames, backwards } of all) {
    expect(frames.filter(({ reset }) => reset)).toHaveLength(1);
    expect(backwards).toEqual([]);
  }
});

describe('the work of a store', () => {
  test('is followed by location and by order, step by step, and is not shown to another store', async () => {
    const token = await demo.tokenOf('store', { stores: ['STORE-DUBLIN'] });
    const dublin = await demo.as('store', { stores: ['STORE-DUBLIN'] });
    const work = await follow<OrderChange>(ORDERS, { location: 'STORE-DUBLIN' }, token);
    const york = await follow<OrderChange>(
      ORDERS,
      { location: 'STORE-YORK' },
      await demo.tokenOf('store', { stores: ['STORE-YORK'] }),
    );
    const { id } = await place('LAMP', 'WEB-IE');
    const other = await place('LAMP', 'WEB-IE');
    const one = await follow<OrderChange>(ORDERS, { order: id });

    const isIn = (view: ResumingView<OrderChange>, state: string) =>
      waitFor(() => statesIn(view, id).includes(state), `the order as ${state}`);
    await isIn(work, 'RELEASED');
    const steps = { PICK: 'PICKED', PACK: 'PACKED', SHIP: 'SHIPPED', DELIVER: 'DELIVERED' };
    for (const [step, state] of Object.entries(steps)) {
      await dublin.graphql(FULFIL, {
        input: { order: id, location: 'STORE-DUBLIN', step, idempotencyKey: `${id}/${step}` },
      });
      await Promise.all([isIn(work, state), isIn(one, state)]);
    }

    expect([...work.values.values()].map(({ order }) => order.id).sort()).toEqual([id, other.id].sort());
    expect([...one.values.values()].map(({ order }) => order.id)).toEqual([id]);
    expect([...york.values]).toEqual([]);
    const told = one.frames.flatMap(({ changes }) => changes.map(({ status }) => status));
    expect(told.at(-1)).toBe('DELIVERED');
    for (const { backwards } of [work, one]) expect(backwards).toEqual([]);
  });
});

/** Waits until both are the same; what differs at last is shown. */
async function agree(live: () => unknown, expected: () => unknown): Promise<void> {
  await waitFor(async () => {
    expect(live()).toEqual(await expected());
    return true;
  });
}

async function openHub(): Promise<void> {
  demo = await openDemoHub({ directory: directory.path });
  agent = await demo.as('agent');
}

async function follow<Change extends Keyed>(
  query: string,
  variables: Readonly<Record<string, unknown>>,
  token?: string,
): Promise<ResumingView<Change>> {
  const view = await openResumingView<Change>(demo.hub.url, {
    token: token ?? (await demo.tokenOf('agent')),
    query,
    variables,
  });
  views.push(view);
  return view;
}

function sell(locationCode: string, sku: string, quantity: string): void {
  const till = locationCode === 'STORE-BATH' ? demo.retailer.lightspeed : demo.retailer.square;
  till.ringUpSale({ locationCode, lines: [{ sku, quantity }] });
}

async function place(sku: string, channel = 'WEB-GB'): Promise<{ readonly id: string; readonly changeCursor: string }> {
  const { placeOrder } = await agent.graphql<{ placeOrder: { order: { id: string }; changeCursor: string } }>(PLACE, {
    input: {
      channel,
      externalId: `RESUME-${++orderNumbers}`,
      lines: [{ sku, quantity: '1', unitPriceMinor: 1_000 }],
      tenders: [{ tender: 'CARD', amountMinor: 1_000 }],
    },
  });
  return { id: placeOrder.order.id, changeCursor: placeOrder.changeCursor };
}

function reserve(sku: string): Promise<unknown> {
  return agent.graphql(`mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { changeCursor } }`, {
    input: { idempotencyKey: `resume-${++orderNumbers}`, channel: 'WEB-GB', lines: [{ sku, quantity: '1' }] },
  });
}

function soldOut(error: unknown): void {
  if (!(error instanceof GraphqlFailure) || error.code !== 'INSUFFICIENT_STOCK') throw error;
}

async function awaitStatusOf(id: string, status: string): Promise<void> {
  await waitFor(
    async () => (await readOrders(agent)).some((order) => order.id === id && order.status === status),
    status,
  );
}

function startOf(available: number): Readonly<Record<string, string>> {
  return Object.fromEntries(SKUS.map((sku) => [sku, String(available)]));
}

function availableIn({ values }: ResumingView<AvailabilityChange>): Readonly<Record<string, string>> {
  return Object.fromEntries([...values.values()].map(({ sku, available }) => [sku.id, available]));
}

async function availableNow(): Promise<Readonly<Record<string, string>>> {
  const { availability } = await agent.graphql<{ availability: { sku: { id: string }; available: string }[] }>(
    `query ($skus: [ID!]!) { availability(skus: $skus, channel: "WEB-GB") { sku { id } available } }`,
    { skus: SKUS },
  );
  return Object.fromEntries(availability.map(({ sku, available }) => [sku.id, available]));
}

function shelfIn({ values }: ResumingView<PositionChange>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...values.values()].map(({ key: _key, version: _version, deleted: _deleted, sku, ...stock }) => [sku.id, stock]),
  );
}

async function shelfNow(location: string): Promise<Readonly<Record<string, unknown>>> {
  const rows = await readPositions(agent, [location]);
  return Object.fromEntries(rows.map(({ sku, location: _location, ...stock }) => [sku, stock]));
}

function ordersIn({ values }: ResumingView<OrderChange>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...values.values()].map(({ order, status, lines }) => [
      order.id,
      { status, lines: lines.map(({ states }) => states) },
    ]),
  );
}

async function ordersNow(): Promise<Readonly<Record<string, unknown>>> {
  const orders = (await readOrders(agent)).filter(({ channel }) => channel === 'WEB-GB');
  return Object.fromEntries(
    orders.map(({ id, status, lines }) => [id, { status, lines: lines.map(({ states }) => states) }]),
  );
}

function statesIn({ values }: ResumingView<OrderChange>, order: string): readonly string[] {
  const found = [...values.values()].find((change) => change.order.id === order);
  return found?.lines.flatMap(({ states }) => states.map(({ state }) => state)) ?? [];
}
