/*
 * The whole context over the embedded platform. Orders and stock are neighbours in memory that keep their contracts:
 * commands once, caps held.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { eraseCustomer } from '../../schema/commands/erasure.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import type { ReturnsOptions } from './main.ts';
import { saleOf } from './testing/return-samples.ts';
import {
  AGENT,
  ALL_STORES,
  CUSTOMER,
  openReturnsDesk,
  OTHER_CUSTOMER,
  OTHER_STORE,
  STORE,
  type ReturnsDesk,
  type SeenReturn,
} from './testing/returns-desk.ts';

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: ReturnsOptions = {}): Promise<ReturnsDesk> {
  const desk = await openReturnsDesk(options);
  closing.push(() => desk.close());
  desk.orders.add(saleOf([{ returnable: '4', ordered: '4' }]));
  return desk;
}

const request = (quantity = '2', differing: object = {}) => ({
  idempotencyKey: 'k1',
  order: 'o1',
  location: 'S1',
  lines: [{ orderLine: 'ol1', quantity, reason: 'UNWANTED' }],
  ...differing,
});

async function opened(desk: ReturnsDesk, quantity = '2', differing: object = {}): Promise<SeenReturn> {
  const answer = await desk.mutate(CUSTOMER, 'requestReturn', request(quantity, differing));
  if (!answer.return) throw new Error(`refused: ${String(answer.code)}`);
  return answer.return;
}

async function decide(desk: ReturnsDesk, id: string, disposition = 'RESTOCK') {
  const lines = ((await desk.see(id))?.lines ?? []).map((line) => line.id);
  await desk.mutate(STORE, 'inspectReturn', { return: id, lines: lines.map((line) => ({ line, condition: 'A' })) });
  return desk.mutate(STORE, 'dispositionReturn', { return: id, lines: lines.map((line) => ({ line, disposition })) });
}

describe('a return that a customer asks for', () => {
  test('goes all the way: authorized, received at a store, inspected, restocked, refunded, closed', async () => {
    const desk = await open();
    const { id, status, number } = await opened(desk);
    expect(status).toBe('AUTHORIZED');
    expect(number).toMatch(/^R-[0-9A-Z]{10}$/);
    const received = await desk.mutate(STORE, 'receiveReturn', { return: id, location: 's1' });
    expect(received.return).toMatchObject({ status: 'RECEIVED', location: { id: 'S1' } });
    expect(desk.inventory.pendingOf('S1', 'A1')).toBe(2);
    expect(desk.orders.returnedOf('o1', 'ol1')).toBe(2);
    expect((await decide(desk, id)).return).toMatchObject({
      status: 'CLOSED',
      refunds: [{ amount: { amountMinor: 500, currencyCode: 'GBP' }, status: 'SUCCEEDED' }],
    });
    expect(desk.inventory.disposals).toMatchObject([
      { location: 'S1', lines: [{ sku: 'A1', disposition: 'RESTOCK' }] },
    ]);
    const events = await desk.published();
    const steps = events.filter(({ type }) => type === 'return-step-taken').map(({ data }) => data['step']);
    expect(steps).toEqual(['REQUESTED', 'AUTHORIZED', 'RECEIVED', 'INSPECTED', 'DISPOSITIONED', 'REFUNDED']);
    const statuses = events.filter(({ type }) => type === 'return-status-changed').map(({ data }) => data['status']);
    expect([...new Set(statuses)]).toEqual(['AUTHORIZED', 'RECEIVED', 'INSPECTED', 'DISPOSITIONED', 'CLOSED']);
  });

  test('is the same for the same key, and refused for the same key with other content', async () => {
    const desk = await open();
    const first = await opened(desk);
    expect((await opened(desk)).id).toBe(first.id);
    expect(await desk.mutate(CUSTOMER, 'requestReturn', request('3'))).toMatchObject({
      code: 'IDEMPOTENCY_KEY_REUSED',
    });
    expect((await desk.mutate(AGENT, 'requestReturn', request('1'))).return?.id).not.toBe(first.id);
  });

  test('is one return when the same request comes twice at the same time', async () => {
    const desk = await open();
    const both = await Promise.all([opened(desk, '4'), opened(desk, '4')]);
    expect(both[0].id).toBe(both[1].id);
  });

  test('never exceeds what was sold, however many ask at the same time', async () => {
    const desk = await open();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        desk.mutate(CUSTOMER, 'requestReturn', request('1', { idempotencyKey: `k${i}` })),
      ),
    );
    expect(answers.filter((answer) => answer.return)).toHaveLength(4);
    expect(answers.filter((answer) => answer.code === 'RETURN_EXCEEDS_SOLD')).toHaveLength(6);
  });

  test.each([
    ['zero', request('0'), 'INVALID_QUANTITY'],
    ['a negative quantity', request('-1'), 'INVALID_QUANTITY'],
    ['a fraction of a piece', request('0.5'), 'INVALID_QUANTITY'],
    ['more than was sold', request('5'), 'RETURN_EXCEEDS_SOLD'],
    ['an unknown order', request('1', { order: 'nope' }), 'UNKNOWN_ORDER'],
    [
      'an unknown line',
      request('1', { lines: [{ orderLine: 'x', quantity: '1', reason: 'LATE' }] }),
      'UNKNOWN_ORDER_LINE',
    ],
    ['an unknown location', request('1', { location: 'NOWHERE' }), 'UNKNOWN_LOCATION'],
    ['no lines', request('1', { lines: [] }), 'BAD_USER_INPUT'],
    ['an empty key', request('1', { idempotencyKey: '' }), 'BAD_USER_INPUT'],
  ])('is refused for %s and changes nothing', async (_what, input, code) => {
    const desk = await open();
    expect(await desk.mutate(CUSTOMER, 'requestReturn', input)).toEqual({ code });
    expect(await desk.store.returns.find({ limit: 1 })).toEqual([]);
    expect(await desk.store.claims.get('o1')).toBeUndefined();
  });

  test('is refused for the order of somebody else, and for a store that is not the token’s', async () => {
    const desk = await open();
    expect((await desk.mutate(OTHER_CUSTOMER, 'requestReturn', request())).code).toBe('UNKNOWN_ORDER');
    expect((await desk.mutate(OTHER_STORE, 'requestReturn', request())).code).toBe('FORBIDDEN');
  });

  test('waits for an agent beyond the window; a refusal gives the units free', async () => {
    const desk = await open({ rules: [{ version: 'v1', effectiveFromMs: 0, rules: [{ windowDays: 1 }] }] });
    desk.clock.advance(3_600_000);
    const { id, status } = await opened(desk, '4');
    expect(status).toBe('REQUESTED');
    expect((await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' })).code).toBe('ILLEGAL_TRANSITION');
    expect((await desk.mutate(STORE, 'authorizeReturn', { return: id, approve: true })).code).toBe('FORBIDDEN');
    expect((await desk.mutate(ALL_STORES, 'authorizeReturn', { return: id, approve: true })).code).toBe('FORBIDDEN');
    const again = request('4', { idempotencyKey: 'k2' });
    expect((await desk.mutate(AGENT, 'requestReturn', again)).code).toBe('RETURN_EXCEEDS_SOLD');
    expect((await desk.mutate(AGENT, 'authorizeReturn', { return: id, approve: false })).return?.status).toBe(
      'REJECTED',
    );
    expect((await desk.mutate(AGENT, 'requestReturn', again)).return?.status).toBe('AUTHORIZED');
  });

  test('is refused a step that its state does not allow, and a repeated step changes nothing', async () => {
    const desk = await open();
    const { id, lines } = await opened(desk);
    const line = lines[0]?.id;
    const inspect = { return: id, lines: [{ line, condition: 'B' }] };
    expect((await desk.mutate(STORE, 'inspectReturn', inspect)).code).toBe('ILLEGAL_TRANSITION');
    await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' });
    await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' });
    expect(desk.inventory.movements).toHaveLength(1);
    expect((await desk.mutate(STORE, 'inspectReturn', inspect)).return?.status).toBe('INSPECTED');
    expect((await desk.mutate(STORE, 'inspectReturn', inspect)).return?.status).toBe('INSPECTED');
    expect((await desk.mutate(STORE, 'inspectReturn', { ...inspect, return: 'nope' })).code).toBe('UNKNOWN_RETURN');
  });

  test('is freed of a claim that a crash left behind', async () => {
    const desk = await open();
    const claims = { gone: { version: 0, claimedAtMs: desk.clock.nowMs(), steps: { ol1: 4 } } };
    await desk.store.claims.save({ id: 'o1', claims, granted: {} }, 0);
    expect((await desk.mutate(CUSTOMER, 'requestReturn', request())).code).toBe('RETURN_EXCEEDS_SOLD');
    desk.clock.advance(600_001);
    expect((await opened(desk)).status).toBe('AUTHORIZED');
  });
});

describe('money', () => {
  test('is capped by what was captured and not refunded', async () => {
    const desk = await open();
    desk.orders.add(saleOf([{ returnable: '4' }], { refundable: { amountMinor: 300, currencyCode: 'GBP' } }));
    const { id } = await opened(desk);
    await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' });
    expect((await decide(desk, id)).return?.refunds).toMatchObject([
      { amount: { amountMinor: 300 }, status: 'SUCCEEDED' },
    ]);
  });

  test('that orders refuses shows as failed, and the return stays open', async () => {
    const desk = await open();
    desk.orders.add(saleOf([{ returnable: '4' }], { refundable: { amountMinor: 0, currencyCode: 'GBP' } }));
    const { id } = await opened(desk);
    await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' });
    expect((await decide(desk, id)).return).toMatchObject({
      status: 'DISPOSITIONED',
      refunds: [{ amount: { amountMinor: 500 }, status: 'FAILED' }],
    });
  });

  test('of units by weight adds up exactly over several returns', async () => {
    const desk = await open();
    await desk.registerSku('KG', '0.001');
    await waitFor(() => desk.store.skus.get('KG'), 'the SKU');
    desk.orders.add(saleOf([{ sku: 'KG', returnable: '1', unitPriceMinor: 199 }]));
    for (const [index, quantity] of ['0.333', '0.333', '0.334'].entries()) {
      const { id } = await opened(desk, quantity, { idempotencyKey: `w${index}` });
      await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' });
      await decide(desk, id);
    }
    expect(desk.orders.refunds.map((refund) => refund.amount.amountMinor)).toEqual([66, 67, 66]);
  });
});

describe('while a neighbour is away', () => {
  test('decisions are kept, done once it is back, and survive a restart in between', async () => {
    const desk = await open();
    const { id } = await opened(desk);
    desk.inventory.goDown();
    const received = await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' });
    expect(received.return?.status).toBe('RECEIVED');
    expect(desk.orders.returnedOf('o1', 'ol1')).toBe(2);
    desk.orders.goDown();
    expect((await decide(desk, id)).return).toMatchObject({ status: 'DISPOSITIONED', refunds: [] });
    await desk.restart();
    desk.orders.serve(desk.platform.rpc);
    await desk.passUntil(async () => desk.orders.refunds.length === 1, 'the refund');
    expect(desk.inventory.disposals).toEqual([]);
    desk.inventory.serve(desk.platform.rpc);
    await desk.passUntil(async () => (await desk.see(id))?.status === 'CLOSED', 'the end');
    expect(desk.inventory.movements).toHaveLength(1);
    expect(desk.inventory.disposals).toHaveLength(1);
    expect(desk.orders.refunds).toHaveLength(1);
  });

  test('a command whose answer was lost is repeated under the same id, and done once', async () => {
    const desk = await open();
    const { id } = await opened(desk);
    desk.orders.answersToLose = 3;
    await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' });
    await decide(desk, id);
    await desk.restart();
    await desk.passUntil(async () => (await desk.see(id))?.status === 'CLOSED', 'the end');
    expect(desk.orders.answersToLose).toBeLessThanOrEqual(0);
    expect(desk.orders.returnedOf('o1', 'ol1')).toBe(2);
    expect(desk.orders.refunds).toMatchObject([{ amount: { amountMinor: 500 } }]);
  });

  test('a request is an obstacle, because nobody can tell what was sold', async () => {
    const desk = await open();
    desk.orders.goDown();
    expect((await desk.mutate(CUSTOMER, 'requestReturn', request())).code).toBe('CONTEXT_UNAVAILABLE');
    desk.orders.serve(desk.platform.rpc);
    expect((await opened(desk)).status).toBe('AUTHORIZED');
  });
});

describe('facts from outside', () => {
  test('a warehouse receipt advances the return once and leaves the stock to the ledger', async () => {
    const desk = await open();
    const { id } = await opened(desk, '3');
    await desk.receiveAnnounced(id, '2', 'w1');
    await desk.receiveAnnounced(id, '2', 'w1');
    const seen = await desk.passUntil(async () => {
      const found = await desk.see(id);
      return found?.lines.length === 2 && desk.orders.returnedOf('o1', 'ol1') === 2 ? found : undefined;
    }, 'the receipt');
    expect(seen.lines.map((line) => `${line.quantity} ${line.status}`)).toEqual(['2 RECEIVED', '1 AUTHORIZED']);
    expect(seen.location).toEqual({ id: 'S2' });
    expect(desk.inventory.movements).toEqual([]);
    const kept = async () => (await desk.store.claims.get('o1'))?.document.claims[id]?.steps['ol1'] === 1;
    await desk.passUntil(kept, 'the claim on what has not come yet');
    const left = (await desk.published()).filter(({ data }) => data['formerLocation'] === 'S1');
    expect(left).toHaveLength(1);
  });

  test('a counter return names its sale: registered, paid money registered by its tenders, nothing paid twice', async () => {
    const desk = await open();
    const id = await desk.recordReturn({
      original: { channel: 'WEB', externalId: 'W-1' },
      refunds: [{ tender: 'CASH', amountMinor: 500 }],
    });
    desk.inventory.receive('S1', 'A1', 2);
    await desk.passUntil(async () => (await desk.see(id))?.refunds[0]?.status === 'SUCCEEDED', 'the refund');
    expect(await desk.see(id)).toMatchObject({
      number: 'T-1',
      order: { id: 'o1' },
      customer: 'c1',
      status: 'RECEIVED',
    });
    expect(desk.orders.refunds).toMatchObject([
      { amount: { amountMinor: 500 }, tenders: [{ tender: 'CASH', amountMinor: 500 }] },
    ]);
    expect((await decide(desk, id)).return?.status).toBe('CLOSED');
    expect(desk.orders.refunds).toHaveLength(1);
    expect(desk.inventory.movements).toEqual([]);
  });

  test('a return of a known customer finds the sale that fits, also when the sale is heard of later', async () => {
    const desk = await open();
    const id = await desk.recordReturn({ customer: 'c9' });
    await waitFor(() => desk.see(id), 'the return');
    desk.orders.add(saleOf([{ returnable: '2' }], { order: 'o9', externalId: 'W-9', customer: 'c9' }));
    await desk.passUntil(async () => (await desk.see(id))?.order?.id === 'o9', 'the sale');
    await desk.passUntil(async () => desk.orders.returnedOf('o9', 'ol1') === 2, 'the registration');
  });

  test('a return without a trace is blind at once, one without a sale after a while', async () => {
    const desk = await open();
    const refunds = [{ tender: 'CASH' as const, amountMinor: 500 }];
    const blind = await desk.recordReturn({ refunds });
    const searched = await desk.recordReturn({ externalId: 'T-2', customer: 'nobody', refunds });
    expect((await waitFor(() => desk.see(blind), 'the return')).refunds[0]?.status).toBe('SUCCEEDED');
    await desk.passUntil(
      async () => (await desk.see(searched))?.refunds[0]?.status === 'SUCCEEDED',
      'the end of the search',
    );
    expect(await desk.see(searched)).toMatchObject({ order: null, lines: [{ orderLine: null }] });
    expect(desk.orders.refunds).toEqual([]);
  });

  test('a return of more than was sold keeps the surplus as blind', async () => {
    const desk = await open();
    await opened(desk, '3');
    const id = await desk.recordReturn({ original: { channel: 'WEB', externalId: 'W-1' } });
    const seen = await desk.passUntil(async () => {
      const found = await desk.see(id);
      return found?.order ? found : undefined;
    }, 'the sale');
    expect(seen.lines.map((line) => `${line.quantity} of ${line.orderLine?.id ?? 'nothing'}`)).toEqual([
      '1 of ol1',
      '1 of nothing',
    ]);
  });

  test('the same fact under another message id opens nothing', async () => {
    const desk = await open();
    await desk.recordReturn({}, 'e1');
    await desk.recordReturn({ externalId: 'T-1' }, 'e1');
    const last = await desk.recordReturn({ externalId: 'T-2' }, 'e2');
    await waitFor(() => desk.see(last), 'the last return');
    await waitFor(async () => (await desk.store.returns.find({ limit: 10 })).length === 2, 'two returns');
    expect(await desk.platform.streams.deadLetters('INBOX_EVENTS', 10)).toEqual([]);
  });

  test('a fact with codes that are not registered waits for them', async () => {
    const desk = await open();
    const line = { lineId: '1', sku: 'NEW', quantity: '1', unitPriceMinor: 100, reason: 'OTHER' as const };
    const id = await desk.recordReturn({ location: 'S9', lines: [line] });
    await waitFor(() => desk.store.parked.get(id), 'the parking');
    await desk.registerLocation('S9');
    await waitFor(async () => (await desk.store.parked.get(id))?.document.missing === 'sku:NEW', 'the second code');
    expect(await desk.see(id)).toBeNull();
    await desk.registerSku('NEW');
    expect((await waitFor(() => desk.see(id), 'the return')).status).toBe('RECEIVED');
    await waitFor(async () => !(await desk.store.parked.get(id)), 'the end of the parking');
  });

  test('a disposition waits for the receipt to reach the ledger', async () => {
    const desk = await open();
    const id = await desk.recordReturn();
    await waitFor(() => desk.see(id), 'the return');
    expect((await decide(desk, id)).return?.status).toBe('DISPOSITIONED');
    desk.inventory.receive('S1', 'A1', 2);
    await desk.passUntil(async () => (await desk.see(id))?.status === 'CLOSED', 'the movement');
  });
});

describe('what is seen', () => {
  const LIST = `query ($first: Int!, $after: String, $location: ID, $customer: String, $status: ReturnStatus) {
    returns(first: $first, after: $after, location: $location, customer: $customer, status: $status) {
      edges { node { id } } pageInfo { hasNextPage endCursor } } }`;

  async function list(desk: ReturnsDesk, identity: typeof AGENT, variables: object = {}) {
    const { data, code } = await desk.ask(identity, LIST, { first: 10, ...variables });
    const page = (data as Record<string, unknown> | null)?.['returns'] as
      { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } | undefined;
    return { code, ids: page?.edges.map(({ node }) => node.id), ...page?.pageInfo };
  }

  test('depends on who asks', async () => {
    const desk = await open();
    const { id } = await opened(desk, '1');
    desk.clock.advance(1_000);
    const other = await desk.recordReturn({ location: 'S2' });
    await waitFor(() => desk.see(other), 'the return');
    expect((await list(desk, AGENT)).ids).toEqual([other, id]);
    expect((await list(desk, AGENT, { first: 1 })).ids).toEqual([other]);
    const { endCursor } = await list(desk, AGENT, { first: 1 });
    expect(await list(desk, AGENT, { first: 1, after: endCursor })).toMatchObject({ ids: [id], hasNextPage: false });
    expect((await list(desk, AGENT, { status: 'AUTHORIZED' })).ids).toEqual([id]);
    expect((await list(desk, CUSTOMER)).ids).toEqual([id]);
    expect((await list(desk, OTHER_CUSTOMER)).ids).toEqual([]);
    expect((await list(desk, STORE)).ids).toEqual([id]);
    expect((await list(desk, OTHER_STORE)).ids).toEqual([other]);
    expect((await list(desk, STORE, { location: 'S2' })).code).toBe('FORBIDDEN');
    expect((await list(desk, CUSTOMER, { customer: 'c2' })).code).toBe('FORBIDDEN');
    expect(await desk.see(id, OTHER_CUSTOMER)).toBeNull();
    expect(await desk.see(id, OTHER_STORE)).toBeNull();
    expect((await desk.see(id, CUSTOMER))?.id).toBe(id);
    const receive = { return: id, location: 'S2' };
    expect((await desk.mutate(STORE, 'receiveReturn', receive)).code).toBe('FORBIDDEN');
    expect((await desk.mutate({ ...AGENT, scopes: [] }, 'receiveReturn', receive)).code).toBe('FORBIDDEN');
  });

  test('of the work with goods and money is for those who do it', async () => {
    const desk = await open();
    const { id } = await opened(desk, '1');
    const source = `query ($id: ID!) { return(id: $id) { authorization { reasons decidedBy } lines { note } } }`;
    const shopper = { ...CUSTOMER, scopes: ['returns:request', 'returns:read'] };
    expect((await desk.ask(shopper, source, { id })).code).toBe('FORBIDDEN');
    const own = 'query ($id: ID!) { return(id: $id) { authorization { reasons } } }';
    expect((await desk.ask(shopper, own, { id })).data['return']).toEqual({
      authorization: { reasons: ['WITHIN_POLICY'] },
    });
  });

  test('of orders comes in one read, with what the caller may see', async () => {
    const desk = await open();
    const { id } = await opened(desk, '1');
    const source = `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on Order { id returns { id } } ... on Return { id } } }`;
    const representations = [
      { __typename: 'Order', id: 'o1' },
      { __typename: 'Order', id: 'o2' },
      { __typename: 'Return', id },
    ];
    expect((await desk.ask(CUSTOMER, source, { representations })).data['_entities']).toEqual([
      { id: 'o1', returns: [{ id }] },
      { id: 'o2', returns: [] },
      { id },
    ]);
    expect((await desk.ask(OTHER_CUSTOMER, source, { representations })).data['_entities']).toEqual([
      { id: 'o1', returns: [] },
      { id: 'o2', returns: [] },
      null,
    ]);
  });

  test('includes the change that a cursor names, and refuses cursors of others', async () => {
    const desk = await open();
    const { return: found, changeCursor } = await desk.mutate(CUSTOMER, 'requestReturn', request());
    const at = (atLeast: string | undefined) =>
      desk.ask(AGENT, 'query ($id: ID!, $atLeast: ChangeCursor) { return(id: $id, atLeast: $atLeast) { status } }', {
        id: found?.id,
        atLeast,
      });
    expect((await at(changeCursor)).data['return']).toEqual({ status: 'AUTHORIZED' });
    expect((await at(changeCursor?.replace('returns', 'orders'))).code).toBe('FOREIGN_CURSOR');
    expect((await at(changeCursor?.replace(/:.*\./, ':aaaaaaaaaaaaaaaa.'))).code).toBe('STALE_EPOCH');
  });

  test('of the change log is every return that matches, then what has changed', async () => {
    const desk = await open();
    const { id } = await opened(desk, '1');
    await desk.platform.documents.flushOutbox();
    const since = (filter: object, after?: object) =>
      desk.platform.rpc.request(
        rpcSubjectOf('returns', 'changes-since'),
        { event: 'return-status-changed', filter, ...(after && { after }) },
        { timeoutMs: 1_000, correlationId: 'test' },
      ) as Promise<{
        epoch: string;
        seq: number;
        reset: boolean;
        records: { key: string; value: { status: string } }[];
      }>;
    const first = await since({ customer: ['c1'], location: ['S1'] });
    expect(first).toMatchObject({ reset: true, records: [{ key: id, value: { status: 'AUTHORIZED' } }] });
    expect((await since({ customer: ['c2'] })).records).toEqual([]);
    expect((await since({ return: [id] })).records).toHaveLength(1);
    await desk.mutate(STORE, 'receiveReturn', { return: id, location: 'S1' });
    const next = await since({ order: ['o1'] }, { epoch: first.epoch, seq: first.seq });
    expect(next).toMatchObject({ reset: false, records: [{ key: id, value: { status: 'RECEIVED' } }] });
  });
});

describe('a customer who is to be forgotten', () => {
  test('is taken out of returns that have ended, once, and waited for in the others', async () => {
    const desk = await open();
    const erase = (asked: object = {}) => {
      const request = { customer: 'c1', orders: [], pseudonym: 'erased-1', ...asked };
      const options = { timeoutMs: 5_000, correlationId: 'test' };
      return desk.platform.rpc.request(rpcSubjectOf(eraseCustomer.context, eraseCustomer.name), request, options);
    };
    const { id: over } = await opened(desk, '1');
    await desk.mutate(STORE, 'receiveReturn', { return: over, location: 'S1' });
    await decide(desk, over);
    const { id: underWay } = await opened(desk, '1', { idempotencyKey: 'k2' });
    await waitFor(async () => (await desk.see(over))?.status === 'CLOSED', 'the end of the first');
    await waitFor(async () => JSON.stringify(await erase()) === '{"erased":0,"open":1}', 'all of its tasks');
    expect(await desk.see(over)).toMatchObject({ customer: 'erased-1', refunds: [{ amount: { amountMinor: 250 } }] });
    expect((await desk.see(underWay))?.customer).toBe('c1');
    await desk.mutate(CUSTOMER, 'cancelReturn', { return: underWay });
    await waitFor(async () => JSON.stringify(await erase({ customer: null, orders: ['o1'] })) === '{"erased":0,"open":0}', 'the rest'); // prettier-ignore
    expect((await desk.see(underWay))?.customer).toBe('erased-1');
    expect(JSON.stringify(await desk.published())).toContain('"customer":"erased-1"');
  });
});
