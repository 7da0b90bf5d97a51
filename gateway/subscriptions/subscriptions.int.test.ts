import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { SubscriptionLimits } from './subscription-limits.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { CALLERS, openLiveGateway, type Fetched, type LiveGateway } from './testing/live-gateway.ts';
import { LiveView } from './testing/live-view.ts';

/** What PROTOCOL.md promises to a client, over real sockets with the stock client of graphql-ws. */

const AVAILABILITY = `subscription ($after: ChangeCursor, $skus: [ID!], $minIntervalMs: Int) {
  availabilityChanged(channel: "WEB", skus: $skus, after: $after, minIntervalMs: $minIntervalMs) {
    cursor reset changes { key version deleted available band sku { id } }
  }
}`;
const WITH_TITLE = `subscription ($after: ChangeCursor) {
  availabilityChanged(channel: "WEB", after: $after) {
    cursor reset changes { key version deleted available sku { id product { title } } }
  }
}`;
const ORDERS = `subscription ($location: ID, $customer: String, $channel: ID, $after: ChangeCursor) {
  orderStatusChanged(location: $location, customer: $customer, channel: $channel, after: $after) {
    cursor reset changes { key version deleted status channel lines { line states { state quantity } } order { id } }
  }
}`;

let gateway: LiveGateway;

beforeEach(async () => {
  gateway = await openLiveGateway();
});

afterEach(async () => {
  await gateway.close();
});

async function reopen(limits: Partial<SubscriptionLimits>): Promise<void> {
  await gateway.close();
  gateway = await openLiveGateway(limits);
}

const stock = (sku: string, available: string, channel = 'WEB'): Record<string, unknown> => ({
  sku,
  channel,
  categories: ['toys'],
  available,
  band: 'OK',
});

const order = (id: string, rest: Record<string, unknown> = {}): Record<string, unknown> => ({
  order: id,
  channel: 'WEB',
  externalId: id,
  customer: 'C1',
  locations: ['S1'],
  status: 'RECEIVED',
  changedAt: '2026-01-05T09:00:00.000Z',
  lines: [{ line: 'l1', lineNo: 1, sku: 'A', location: 'S1', states: [{ state: 'RESERVED', quantity: '1' }] }],
  ...rest,
});

const view = (query = AVAILABILITY, variables: Record<string, unknown> = {}, token?: string): LiveView =>
  new LiveView(gateway.connect(token), query, variables);

const entitiesOf = ({ text, variables }: Fetched): readonly { id: string }[] =>
  (Object.values(variables).find((value) => Array.isArray(value)) ?? [text]) as { id: string }[];

function answerTitles(): void {
  gateway.answer = (fetched) => ({
    data: { _entities: entitiesOf(fetched).map(({ id }) => ({ __typename: 'Sku', product: { title: `The ${id}` } })) },
  });
}

describe('what is measured', () => {
  test('tells deliveries, changes that were overtaken, and the lag from the commit to the socket', async () => {
    gateway.inventory.nowMs = () => gateway.clock.nowMs() - 250;
    gateway.inventory.change([stock('A', '1')]);
    const live = view(AVAILABILITY, { skus: ['A'] });
    await live.frame(1);
    gateway.inventory.change([stock('A', '2')]);
    gateway.inventory.change([stock('A', '3')]);
    await live.frame(2);
    await waitFor(
      () => gateway.telemetry.observations.some(({ name }) => name === 'subscription_lag_seconds'),
      'the lag',
    );
    const labels = { topic: 'availabilityChanged' };
    expect(gateway.telemetry.total('subscription_deliveries_total')).toBe(2);
    expect(gateway.telemetry.counts).toContainEqual({ name: 'subscription_conflated_total', value: 1, labels });
    expect(gateway.telemetry.observations).toContainEqual({ name: 'subscription_lag_seconds', value: 0.25, labels });
  });
});

describe('a subscription', () => {
  test('begins with a snapshot of what matches and goes on with every change', async () => {
    gateway.inventory.change([stock('A', '1'), stock('B', '2'), stock('A', '9', 'STORE')]);
    const live = view(AVAILABILITY, { skus: ['A'] });
    expect(await live.frame(1)).toEqual({
      cursor: 'inventory:epoch00001.1',
      reset: true,
      changes: [{ key: 'A|WEB', version: 1, deleted: false, available: '1', band: 'OK', sku: { id: 'A' } }],
    });
    gateway.inventory.change([stock('A', '0'), stock('B', '0')]);
    expect(await live.frame(2)).toMatchObject({
      cursor: 'inventory:epoch00001.2',
      reset: false,
      changes: [{ key: 'A|WEB', version: 2, available: '0' }],
    });
  });

  test('fetches nothing when the records say it all', async () => {
    gateway.inventory.change([stock('A', '1')]);
    await view().frame(1);
    expect(gateway.fetched).toEqual([]);
  });

  test('fetches what records do not carry once for all changes of a frame', async () => {
    answerTitles();
    gateway.inventory.change([stock('A', '1'), stock('B', '2')]);
    const live = view(WITH_TITLE);
    expect((await live.frame(1)).changes).toMatchObject([
      { available: '1', sku: { id: 'A', product: { title: 'The A' } } },
      { available: '2', sku: { id: 'B', product: { title: 'The B' } } },
    ]);
    expect(gateway.fetched.map(({ service }) => service)).toEqual(['products']);
  });

  test('fetches from each other subgraph once for all events of a tick', async () => {
    const query = WITH_TITLE.replace('product { title }', 'product { title } position(location: "S1") { onHand }');
    gateway.answer = (fetched) => ({
      data: {
        _entities: entitiesOf(fetched).map(({ id }) =>
          fetched.service === 'products'
            ? { __typename: 'Sku', product: { title: `The ${id}` } }
            : { __typename: 'Sku', position: { onHand: '7' } },
        ),
      },
    });
    const live = view(query, {}, 'agent');
    await live.frame(1);
    for (const sku of ['A', 'B', 'C']) gateway.inventory.change([stock(sku, '1')]);
    const { changes } = await live.frame(2);
    expect(changes.map(({ sku }) => sku)).toEqual(
      ['A', 'B', 'C'].map((id) => ({ id, product: { title: `The ${id}` }, position: { onHand: '7' } })),
    );
    expect(gateway.fetched.map(({ service }) => service).sort()).toEqual(['inventory', 'products']);
    expect(gateway.fetched.map((fetched) => entitiesOf(fetched).length)).toEqual([3, 3]);
  });

  test('asks even the owner of the record for what the record does not carry', async () => {
    gateway.answer = (fetched) => ({
      data: { _entities: entitiesOf(fetched).map(() => ({ __typename: 'Order', externalId: 'web-1' })) },
    });
    gateway.orders.change([order('o1')]);
    const query = `subscription { orderStatusChanged(customer: "C1") { cursor reset changes { key version deleted status order { id externalId } } } }`;
    const live = view(query, {}, 'shopper');
    expect((await live.frame(1)).changes).toMatchObject([{ status: 'RECEIVED', order: { externalId: 'web-1' } }]);
    expect(gateway.fetched).toMatchObject([
      { service: 'orders', identity: { customer: 'C1', scopes: [...(CALLERS['shopper']?.scopes ?? [])].sort() } },
    ]);
  });

  test('is executed once for all who subscribe to the same thing with the same rights', async () => {
    answerTitles();
    gateway.inventory.change([stock('A', '1')]);
    const views = [view(WITH_TITLE), view(WITH_TITLE.replaceAll('\n', ' ')), view(WITH_TITLE)];
    await Promise.all(views.map((live) => live.frame(1)));
    expect(gateway.subscriptions.groupCount).toBe(1);
    gateway.fetched.length = 0;
    gateway.inventory.change([stock('A', '0')]);
    await Promise.all(views.map((live) => live.frame(2)));
    expect(gateway.fetched).toHaveLength(1);
  });

  test('is not shared by callers with other rights when something is fetched for it', async () => {
    answerTitles();
    gateway.inventory.change([stock('A', '1')]);
    await Promise.all([view(WITH_TITLE).frame(1), view(WITH_TITLE, {}, 'store').frame(1)]);
    expect(gateway.subscriptions.groupCount).toBe(2);
  });

  test('writes what is not ASCII as it is', async () => {
    gateway.orders.change([order('o1', { status: 'RECEIVED', lines: [] }), order('Größe-✓-𝄞')]);
    const live = view(ORDERS, { customer: 'C1' }, 'shopper');
    expect([...(await live.frame(1)).changes].map(({ key }) => key)).toEqual(['o1', 'Größe-✓-𝄞']);
  });

  test('is left by its last member without a trace', async () => {
    const live = view();
    await live.frame(1);
    live.stop();
    await waitFor(() => gateway.subscriptions.groupCount === 0, 'no group');
  });

  test('ends with an error when a frame cannot be answered, so that none is missed in silence', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const query = `subscription { availabilityChanged(channel: "WEB") { cursor reset changes { key version deleted channel { id currency } } } }`;
    gateway.answer = () => Promise.reject(new Error('away'));
    const live = view(query);
    expect(await live.end()).toMatchObject([{ extensions: { code: expect.any(String) } }]);
    expect(live.frames).toEqual([]);
    await waitFor(() => gateway.subscriptions.groupCount === 0, 'no group');
  });

  test('tells the error of a field that may be null and goes on', async () => {
    gateway.inventory.change([stock('A', '1')]);
    gateway.answer = () => Promise.reject(new Error('away'));
    const live = view(WITH_TITLE.replace('product { title }', 'gtin'));
    await live.frame(1);
    expect(live.results[0]).toMatchObject({
      errors: [{ path: ['availabilityChanged', 'changes', 0, 'sku', 'gtin'] }],
    });
    gateway.inventory.change([stock('A', '0')]);
    await live.frame(2);
  });
});

describe('a subscription that is resumed', () => {
  const resume = (after: string): LiveView => view(AVAILABILITY, { after });

  test('gets what changed after its cursor from the ring, without asking the owner', async () => {
    await view().frame(1);
    for (const available of ['1', '2', '3']) gateway.inventory.change([stock('A', available)]);
    await view(AVAILABILITY, { skus: ['A'] }).frame(1);
    const asked = gateway.inventory.asked.length;
    const frame = await resume('inventory:epoch00001.1').frame(1);
    expect(frame).toMatchObject({ cursor: 'inventory:epoch00001.3', reset: false });
    expect(frame.changes).toMatchObject([{ version: 3, available: '3' }]);
    expect(gateway.inventory.asked).toHaveLength(asked);
  });

  test('gets it from the owner when the ring does not reach back', async () => {
    await reopen({ ringRecordsMax: 1 });
    for (const sku of ['A', 'B', 'C', 'D']) gateway.inventory.change([stock(sku, '1')]);
    const frame = await resume('inventory:epoch00001.2').frame(1);
    expect(frame).toMatchObject({ reset: false, changes: [{ key: 'C|WEB' }, { key: 'D|WEB' }] });
    expect(gateway.inventory.asked).toMatchObject([{ after: { epoch: 'epoch00001', seq: 2 } }]);
  });

  test('gets an empty frame when nothing has changed', async () => {
    gateway.inventory.change([stock('A', '1')]);
    expect(await resume('inventory:epoch00001.1').frame(1)).toMatchObject({ reset: false, changes: [] });
  });

  test('begins anew when its cursor is of another epoch', async () => {
    gateway.inventory.change([stock('A', '1')]);
    expect(await resume('inventory:anotherepoch.7').frame(1)).toMatchObject({
      reset: true,
      changes: [{ key: 'A|WEB' }],
    });
  });

  test('waits, and is not reset, when its cursor is ahead of this gateway', async () => {
    gateway.inventory.change([stock('A', '1')]);
    await view().frame(1);
    const late = gateway.inventory.change([stock('A', '2')], { isLost: true });
    const timers = gateway.clock.pending;
    const live = resume('inventory:epoch00001.2');
    // All sockets are kept alive by one timer, and this one waits by another.
    await waitFor(() => gateway.clock.pending > timers, 'the wait');
    expect(live.frames).toEqual([]);
    gateway.inventory.heartbeat();
    expect(await live.frame(1)).toMatchObject({ cursor: 'inventory:epoch00001.2', reset: false, changes: [] });
    expect(late.seq).toBe(2);
  });

  test('is closed with 1013 when the gateway does not catch up', async () => {
    gateway.inventory.change([stock('A', '1')]);
    await view().frame(1);
    const live = resume('inventory:epoch00001.9');
    const ended = live.end();
    await waitFor(() => gateway.subscriptions.connectionCount === 2, 'the socket');
    const pass = setInterval(() => gateway.clock.advance(1_000), 5);
    expect(await ended).toMatchObject({ code: 1013 });
    clearInterval(pass);
  });

  test.each([
    ['nonsense', 'MALFORMED_CURSOR'],
    ['orders:epoch00001.1', 'FOREIGN_CURSOR'],
  ])('is refused %s with %s', async (after, code) => {
    expect(await resume(after).end()).toMatchObject([{ extensions: { code } }]);
  });
});

describe('losses', () => {
  test('are seen by the next message and repaired from the owner', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const live = view();
    await live.frame(1);
    gateway.inventory.change([stock('A', '2'), stock('B', '2')], { isLost: true });
    gateway.inventory.change([stock('A', '3')]);
    await waitFor(() => live.state.size === 2 && live.state.get('A|WEB')?.['available'] === '3', 'the repair');
    expect(live.frames.filter(({ reset }) => reset)).toHaveLength(1);
    expect(live.wentBack).toEqual([]);
    expect(gateway.inventory.asked.at(-1)).toMatchObject({ after: { seq: 1 } });
  });

  test('are seen by a heartbeat when nothing follows', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const live = view();
    await live.frame(1);
    gateway.inventory.change([stock('A', '2')], { isLost: true });
    gateway.inventory.heartbeat();
    expect(await live.frame(2)).toMatchObject({ reset: false, changes: [{ version: 2 }] });
  });

  test('are repaired before anybody joins, who might else be told what is older than what it knows', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const live = view();
    await live.frame(1);
    const answered = Promise.withResolvers<void>();
    gateway.inventory.afterAnswer = () => answered.promise;
    const asked = gateway.inventory.asked.length;
    gateway.inventory.change([stock('A', '2')], { isLost: true });
    gateway.inventory.change([stock('B', '3')]);
    await waitFor(() => gateway.inventory.asked.length > asked, 'the repair');
    gateway.inventory.change([stock('A', '4')]);
    const client = gateway.connect();
    const joiner = new LiveView(client, AVAILABILITY, { after: 'inventory:epoch00001.2' });
    // An answer on the same socket: what came before it has been looked at.
    await client.iterate({ query: '{ __typename }' }).next();
    answered.resolve();
    for (const each of [live, joiner]) {
      await waitFor(() => each.state.get('A|WEB')?.['available'] === '4' && each.state.has('B|WEB'), 'the newest');
      expect(each.wentBack).toEqual([]);
    }
  });

  test('of the whole log begin it anew', async () => {
    gateway.inventory.change([stock('A', '1')]);
    const live = view();
    await live.frame(1);
    gateway.inventory.restart('epoch00002');
    gateway.inventory.change([stock('B', '1')]);
    await waitFor(() => live.state.size === 2, 'the new log');
    expect(live.frames.at(1)).toMatchObject({ reset: true });
    expect(live.cursor).toBe('inventory:epoch00002.2');
  });
});

describe('a key that leaves the filter', () => {
  test('is told once as deleted, with the fields that are not its key null', async () => {
    gateway.orders.change([order('o1')]);
    const live = view(ORDERS, { channel: 'WEB' }, 'agent');
    await live.frame(1);
    gateway.orders.change([order('o1', { channel: 'POS' })]);
    expect((await live.frame(2)).changes).toEqual([
      { key: 'o1', version: 2, deleted: true, status: null, channel: null, lines: null, order: { id: 'o1' } },
    ]);
    gateway.orders.change([order('o1', { channel: 'POS', status: 'SHIPPED' }), order('o2')]);
    expect((await live.frame(3)).changes.map(({ key }) => key)).toEqual(['o2']);
  });

  test('is told to who was away meanwhile', async () => {
    gateway.orders.change([order('o1')]);
    gateway.orders.change([order('o1', { channel: 'POS' })]);
    const live = view(ORDERS, { channel: 'WEB', after: 'orders:epoch00001.1' }, 'agent');
    expect((await live.frame(1)).changes).toMatchObject([{ key: 'o1', deleted: true }]);
  });
});

describe('what a caller may see', () => {
  test('is what its stores or its customer number reach', async () => {
    gateway.orders.change([order('o1'), order('o2', { locations: ['S2'] }), order('o3', { customer: 'C2' })]);
    const store = view(ORDERS, {}, 'store');
    const shopper = view(ORDERS, {}, 'shopper');
    expect([...(await store.frame(1)).changes].map(({ key }) => key)).toEqual(['o1', 'o3']);
    expect([...(await shopper.frame(1)).changes].map(({ key }) => key)).toEqual(['o1', 'o2']);
    gateway.orders.change([order('o4', { locations: ['S1', 'S2'], customer: 'C9' })]);
    expect((await store.frame(2)).changes.map(({ key }) => key)).toEqual(['o4']);
    expect(shopper.frames).toHaveLength(1);
  });

  test('is both for a customer who works in a store', async () => {
    const identity = { ...CALLERS['store'], customer: 'C7' } as (typeof CALLERS)[string];
    gateway.addCaller('clerk', identity);
    gateway.orders.change([
      order('mine', { locations: ['S2'], customer: 'C7' }),
      order('ours', { customer: 'C2' }),
      order('both', { customer: 'C7' }),
      order('none', { locations: ['S2'], customer: 'C2' }),
    ]);
    const live = view(ORDERS, {}, 'clerk');
    expect((await live.frame(1)).changes.map(({ key }) => key).sort()).toEqual(['both', 'mine', 'ours']);
  });

  test.each([
    ['another store', 'store', { location: 'S2' }, 'FORBIDDEN'],
    ['another customer', 'shopper', { customer: 'C2' }, 'FORBIDDEN'],
    ['anything without a claim', 'nobody', {}, 'FORBIDDEN'],
    ['anything without a token', undefined, { customer: 'C1' }, 'UNAUTHENTICATED'],
    ['everything at once', 'agent', {}, 'BAD_USER_INPUT'],
  ])('is never %s', async (_what, token, variables, code) => {
    expect(await view(ORDERS, variables, token).end()).toMatchObject([{ extensions: { code } }]);
  });

  test('is never a field beyond its scopes', async () => {
    const query = WITH_TITLE.replace('product { title }', 'position(location: "S1") { onHand }');
    expect(await view(query).end()).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(await view(query, {}, 'shopper').end()).toMatchObject([
      { extensions: { code: 'FORBIDDEN', details: { field: 'Sku.position' } } },
    ]);
  });
});

describe('minIntervalMs', () => {
  test('sends the newest value of a key when the time has passed, and other keys at once', async () => {
    const live = view(AVAILABILITY, { minIntervalMs: 1_000 });
    await live.frame(1);
    gateway.inventory.change([stock('A', '1')]);
    await live.frame(2);
    for (const available of ['2', '3', '4']) gateway.inventory.change([stock('A', available)]);
    gateway.inventory.change([stock('B', '1')]);
    const others = await live.frame(3);
    expect(others.changes.map(({ key }) => key)).toEqual(['B|WEB']);
    // A's change at 2 is not told yet, so the cursor may not be beyond it.
    expect(others.cursor).toBe('inventory:epoch00001.1');
    gateway.clock.advance(1_000);
    const due = await live.frame(4);
    expect(due).toMatchObject({ cursor: 'inventory:epoch00001.5', changes: [{ key: 'A|WEB', version: 4 }] });
  });

  test('is refused beyond its limit', async () => {
    const ended = await view(AVAILABILITY, { minIntervalMs: 60_001 }).end();
    expect(ended).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('limits', () => {
  test('filterValuesMax bounds the values of a filter', async () => {
    const skus = Array.from({ length: 201 }, (_, index) => `A${index}`);
    const ended = await view(AVAILABILITY, { skus }).end();
    expect(ended).toMatchObject([
      { extensions: { code: 'OPERATION_LIMIT_EXCEEDED', details: { limit: 'filterValuesMax' } } },
    ]);
  });

  test('groupsMax bounds the distinct groups', async () => {
    await reopen({ groupsMax: 1 });
    await view(AVAILABILITY, { skus: ['A'] }).frame(1);
    expect(await view(AVAILABILITY, { skus: ['B'] }).end()).toMatchObject([{ extensions: { code: 'OVERLOADED' } }]);
    await view(AVAILABILITY, { skus: ['A'] }).frame(1);
  });

  test('an owner that does not answer closes with 1013', async () => {
    gateway.inventory.beforeAnswer = () => new Promise(() => undefined);
    const ended = view().end();
    const pass = setInterval(() => gateway.clock.advance(1_000), 5);
    expect(await ended).toMatchObject({ code: 1013 });
    clearInterval(pass);
  });
});
