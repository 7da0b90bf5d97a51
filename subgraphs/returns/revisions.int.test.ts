/*
 * What happens to a return after its first decision, over the embedded platform: dispositions that are revised, refunds
 * that fail or come back, money that is handed out, goods that come in parts or that nobody knows.
 */
import { afterEach, describe, expect, test } from '@jest/globals';
import type { ReturnsOptions } from './main.ts';
import { saleOf } from './testing/return-samples.ts';
import { AGENT, CUSTOMER, openReturnsDesk, STORE, type ReturnsDesk, type SeenReturn } from './testing/returns-desk.ts';

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

/** @throws when the mutation is refused */
async function done(desk: ReturnsDesk, identity: typeof AGENT, name: string, input: object): Promise<SeenReturn> {
  const answer = await desk.mutate(identity, name, input);
  if (!answer.return) throw new Error(`${name} was refused: ${String(answer.code)}`);
  return answer.return;
}

const asked = (desk: ReturnsDesk, quantity = '2') =>
  done(desk, CUSTOMER, 'requestReturn', {
    idempotencyKey: 'k1',
    order: 'o1',
    lines: [{ orderLine: 'ol1', quantity, reason: 'UNWANTED' }],
  });

const linesOf = ({ lines }: SeenReturn, differing: object) => lines.map(({ id: line }) => ({ line, ...differing }));

async function inspected(desk: ReturnsDesk): Promise<SeenReturn> {
  const { id } = await asked(desk);
  const received = await done(desk, STORE, 'receiveReturn', { return: id, location: 'S1' });
  return done(desk, STORE, 'inspectReturn', { return: id, lines: linesOf(received, { condition: 'A' }) });
}

const dispose = (desk: ReturnsDesk, state: SeenReturn, disposition: string, differing: object = {}) =>
  done(desk, STORE, 'dispositionReturn', { return: state.id, lines: linesOf(state, { disposition }), ...differing });

const told = async (desk: ReturnsDesk, type: string) =>
  (await desk.published()).filter((event) => event.type === type).map(({ data }) => data);

describe('a disposition that is revised', () => {
  test('moves the goods back and on, and is charged, offset and refunded, never edited', async () => {
    const desk = await open();
    const restocked = await dispose(desk, await inspected(desk), 'RESTOCK');
    expect(restocked).toMatchObject({ status: 'CLOSED', refunds: [{ amount: { amountMinor: 500 } }] });
    const missing = await dispose(desk, restocked, 'MISSING');
    expect(missing).toMatchObject({
      status: 'DISPOSITIONED',
      refunds: [{ amount: { amountMinor: 500 }, status: 'SUCCEEDED' }],
      charges: [{ amount: { amountMinor: 500 }, status: 'OPEN' }],
    });
    expect((await desk.mutate(STORE, 'endReturnCharge', end(missing))).code).toBe('FORBIDDEN');
    const found = await dispose(desk, missing, 'DAMAGED');
    expect(found).toMatchObject({ status: 'CLOSED', charges: [{ status: 'OFFSET', offset: { amountMinor: 500 } }] });
    expect(desk.orders.refunds).toHaveLength(1);
    expect(desk.inventory.disposals.map(({ lines }) => [lines[0]?.revises, lines[0]?.disposition])).toEqual([
      [undefined, 'RESTOCK'],
      ['RESTOCK', 'MISSING'],
      ['MISSING', 'DAMAGED'],
    ]);
    const moved = (await told(desk, 'return-disposed')).flatMap((data) => data['lines'] as { disposition: string }[]);
    expect(moved.map(({ disposition }) => disposition)).toEqual(['RESTOCK', 'MISSING', 'DAMAGED']);
    expect((await told(desk, 'return-charge-changed')).map((data) => data['status'])).toEqual(['OPEN', 'OFFSET']);
  });

  test('is owed until an agent says that it was paid, and may be given back again then', async () => {
    const desk = await open();
    // Nothing is left to give back but what the customer has paid.
    desk.orders.add(saleOf([{ returnable: '4' }], { refundable: { amountMinor: 500, currencyCode: 'GBP' } }));
    const missing = await dispose(desk, await dispose(desk, await inspected(desk), 'RESTOCK'), 'MISSING');
    const paid = await done(desk, AGENT, 'endReturnCharge', { ...end(missing), tender: 'CASH' });
    expect(paid).toMatchObject({ status: 'CLOSED', charges: [{ status: 'SETTLED' }] });
    expect(await dispose(desk, paid, 'DAMAGED')).toMatchObject({
      status: 'CLOSED',
      refunds: [{ status: 'SUCCEEDED' }, { amount: { amountMinor: 500 }, status: 'SUCCEEDED' }],
    });
  });

  const end = ({ id, charges }: SeenReturn) => ({
    return: id,
    charge: charges[0]?.id,
    outcome: 'SETTLED',
    reason: 'Paid at the counter.',
  });
});

describe('a refund', () => {
  test('that its provider takes on is open until it says what became of it', async () => {
    const desk = await open();
    desk.orders.progress = 'pendingMinor';
    const state = await dispose(desk, await inspected(desk), 'RESTOCK');
    expect(state).toMatchObject({ status: 'DISPOSITIONED', refunds: [{ status: 'SUBMITTED' }] });
    const [asking] = desk.orders.refunds;
    if (asking) await desk.tellRefund(asking, 'succeededMinor');
    await desk.passUntil(async () => (await desk.see(state.id))?.status === 'CLOSED', 'the end');
    if (asking) await desk.tellRefund(asking, 'reversedMinor');
    const back = await desk.passUntil(async () => {
      const seen = await desk.see(state.id);
      return seen?.refunds[0]?.status === 'REVERSED' ? seen : undefined;
    }, 'the reversal');
    expect(back?.status).toBe('DISPOSITIONED');
    expect((await told(desk, 'return-refund-changed')).map((data) => data['status'])).toEqual([
      'REQUESTED',
      'SUBMITTED',
      'SUCCEEDED',
      'REVERSED',
    ]);
  });

  test('that fails is given back anew by an agent, once, under a name of its own', async () => {
    const desk = await open();
    desk.orders.progress = 'failedMinor';
    const failed = await dispose(desk, await inspected(desk), 'RESTOCK');
    expect(failed).toMatchObject({ status: 'DISPOSITIONED', refunds: [{ status: 'FAILED' }] });
    const again = { return: failed.id, refund: failed.refunds[0]?.id };
    expect((await desk.mutate(STORE, 'retryReturnRefund', again)).code).toBe('FORBIDDEN');
    desk.orders.progress = null;
    const retried = await done(desk, AGENT, 'retryReturnRefund', again);
    expect(retried).toMatchObject({
      status: 'CLOSED',
      refunds: [{ status: 'FAILED' }, { status: 'SUCCEEDED', amount: { amountMinor: 500 } }],
    });
    expect(await done(desk, AGENT, 'retryReturnRefund', again)).toEqual(retried);
    expect(desk.orders.refunds).toHaveLength(2);
  });

  test('that failed is not charged when the money is no longer due', async () => {
    const desk = await open();
    desk.orders.progress = 'failedMinor';
    const failed = await dispose(desk, await inspected(desk), 'RESTOCK');
    expect(await dispose(desk, failed, 'MISSING')).toMatchObject({
      status: 'CLOSED',
      refunds: [{ status: 'CANCELLED' }],
      charges: [],
    });
  });

  test('is handed out at the counter under the drawer that it comes from', async () => {
    const desk = await open();
    const handOut = { tender: 'CASH', location: 'S1', reference: 'drawer 3' };
    const state = await inspected(desk);
    const elsewhere = { ...handOut, location: 'S2' };
    const input = { return: state.id, lines: linesOf(state, { disposition: 'RESTOCK' }) };
    expect((await desk.mutate(STORE, 'dispositionReturn', { ...input, handOut: elsewhere })).code).toBe('FORBIDDEN');
    expect(await dispose(desk, state, 'RESTOCK', { handOut })).toMatchObject({
      status: 'CLOSED',
      refunds: [{ status: 'SUCCEEDED', counter: { reference: 'drawer 3' } }],
    });
    expect(desk.orders.refunds).toMatchObject([{ tenders: [{ tender: 'CASH', amountMinor: 500 }] }]);
  });

  test('is given back in advance where the rules say so, and owed when the goods never come', async () => {
    const rules = [{ version: 'v1', effectiveFromMs: 0, rules: [{ refundAt: 'AUTHORIZATION' }] }] as const;
    const desk = await open({ rules });
    const state = await asked(desk);
    expect(state).toMatchObject({ status: 'AUTHORIZED', refunds: [{ status: 'SUCCEEDED' }] });
    expect(await done(desk, CUSTOMER, 'cancelReturn', { return: state.id })).toMatchObject({
      status: 'CANCELLED',
      charges: [{ amount: { amountMinor: 500 }, status: 'OPEN' }],
    });
  });
});

test('what does not come in its time is not awaited any more, and money that was given for it is owed', async () => {
  const rules = [{ version: 'v1', effectiveFromMs: 0, rules: [{ awaitDays: 14, refundAt: 'AUTHORIZATION' }] }] as const;
  const desk = await open({ rules });
  const { id, status } = await asked(desk, '4');
  expect(status).toBe('AUTHORIZED');
  desk.clock.advance(14 * 86_400_000 - 1);
  expect((await desk.see(id))?.status).toBe('AUTHORIZED');
  await desk.passUntil(async () => (await desk.see(id))?.charges[0]?.status === 'OPEN', 'the charge');
  expect((await desk.see(id))?.status).toBe('CANCELLED');
  const again = { idempotencyKey: 'k2', order: 'o1', lines: [{ orderLine: 'ol1', quantity: '4', reason: 'LATE' }] };
  expect(await done(desk, AGENT, 'requestReturn', again)).toMatchObject({ status: 'AUTHORIZED' });
});

describe('goods', () => {
  test('come in parts and are looked at unit by unit, with proof', async () => {
    const desk = await open();
    const { id } = await asked(desk);
    const receive = (key: string | undefined, quantity = '1') =>
      desk.mutate(STORE, 'receiveReturn', {
        return: id,
        location: 'S1',
        lines: [{ sku: 'A1', quantity }],
        ...(key !== undefined && { idempotencyKey: key }),
      });
    expect((await receive(undefined)).code).toBe('BAD_USER_INPUT');
    await receive('r1');
    await receive('r1');
    const here = (await receive('r2', '2')).return;
    expect(here?.lines.map((line) => `${line.quantity} ${line.orderLine?.id ?? 'blind'} ${line.status}`)).toEqual([
      '1 ol1 RECEIVED',
      '1 ol1 RECEIVED',
      '1 blind RECEIVED',
    ]);
    expect(desk.inventory.pendingOf('S1', 'A1')).toBe(3);
    const line = here?.lines[0]?.id;
    const evidence = ['https://pictures.example/1'];
    await done(desk, STORE, 'inspectReturn', { return: id, lines: [{ line, condition: 'D', note: 'torn', evidence }] });
    const { data } = await desk.ask(STORE, 'query ($id: ID!) { return(id: $id) { lines { note evidence } } }', { id });
    expect(data['return']).toMatchObject({ lines: [{ note: 'torn', evidence }, {}, {}] });
  });

  test('that wait for an inspection are the work of their store, those that wait longest first', async () => {
    const desk = await open();
    const work = async (identity = STORE, location = 'S1') => {
      const source = 'query ($location: ID!) { returnWork(location: $location) { edges { node { id } } } }';
      const { data, code } = await desk.ask(identity, source, { location });
      const page = (data as Record<string, unknown> | null)?.['returnWork'] as
        { edges: { node: { id: string } }[] } | undefined;
      return code ?? page?.edges.map(({ node }) => node.id);
    };
    const { id } = await asked(desk);
    expect(await work()).toEqual([]);
    const blind = await done(desk, STORE, 'openBlindReturn', blindReturn());
    await done(desk, STORE, 'receiveReturn', { return: blind.id, location: 'S1' });
    desk.clock.advance(1_000);
    const received = await done(desk, STORE, 'receiveReturn', { return: id, location: 'S1' });
    expect(await work()).toEqual([blind.id, id]);
    expect(await work(STORE, 'S2')).toBe('FORBIDDEN');
    const seen = await done(desk, STORE, 'inspectReturn', { return: id, lines: linesOf(received, { condition: 'A' }) });
    await dispose(desk, seen, 'RESTOCK');
    expect(await work()).toEqual([blind.id]);
  });

  test('of no order are taken in, and what is handed out for them is bounded by the rules', async () => {
    const desk = await open({ rules: [{ version: 'v1', effectiveFromMs: 0, rules: [], blindRefundMaxMinor: 1_000 }] });
    const opened = await done(desk, STORE, 'openBlindReturn', blindReturn());
    expect(opened).toMatchObject({
      status: 'AUTHORIZED',
      start: 'BLIND',
      authorization: { reasons: ['GOODS_ARE_HERE'] },
    });
    expect((await done(desk, STORE, 'openBlindReturn', blindReturn())).id).toBe(opened.id);
    const received = await done(desk, STORE, 'receiveReturn', { return: opened.id, location: 'S1' });
    const input = { return: opened.id, lines: linesOf(received, { condition: 'A' }) };
    const state = await done(desk, STORE, 'inspectReturn', input);
    const handOut = { tender: 'STORE_CREDIT', location: 'S1', reference: 'voucher 7', amountMinor: 1_001 };
    const decision = { return: state.id, lines: linesOf(state, { disposition: 'RESTOCK' }) };
    expect((await desk.mutate(STORE, 'dispositionReturn', { ...decision, handOut })).code).toBe('FORBIDDEN');
    const within = { ...handOut, amountMinor: 1_000 };
    expect(await done(desk, STORE, 'dispositionReturn', { ...decision, handOut: within })).toMatchObject({
      status: 'CLOSED',
      refunds: [{ amount: { amountMinor: 1_000 }, status: 'SUCCEEDED' }],
    });
    expect(desk.orders.refunds).toEqual([]);
  });

  const blindReturn = () => ({
    idempotencyKey: 'b1',
    location: 'S1',
    currency: 'GBP',
    lines: [{ sku: 'A1', quantity: '1', reason: 'OTHER' }],
  });
});

test('a return is refused by the rules with the reason kept, and its units stay free', async () => {
  const rules = [{ version: 'v1', effectiveFromMs: 0, rules: [{ isFinalSale: true }] }];
  const desk = await open({ rules });
  expect(await asked(desk, '4')).toMatchObject({ status: 'REJECTED', authorization: { reasons: ['FINAL_SALE'] } });
  const again = {
    idempotencyKey: 'k2',
    order: 'o1',
    lines: [{ orderLine: 'ol1', quantity: '4', reason: 'DEFECTIVE' }],
  };
  expect(await done(desk, CUSTOMER, 'requestReturn', again)).toMatchObject({ status: 'AUTHORIZED' });
});

test('a return names the order that the customer gets instead, once', async () => {
  const desk = await open();
  desk.orders.add(saleOf([{}], { order: 'o2', externalId: 'W-2' }));
  desk.orders.add(saleOf([{}], { order: 'o3', externalId: 'W-3', customer: 'c9' }));
  const { id } = await asked(desk);
  const link = (order: string) => desk.mutate(STORE, 'linkReturnExchange', { return: id, order });
  expect((await link('o3')).code).toBe('UNKNOWN_ORDER');
  expect((await link('o2')).return).toMatchObject({ exchange: { id: 'o2' } });
  expect((await link('o2')).return).toMatchObject({ exchange: { id: 'o2' } });
  desk.orders.add(saleOf([{}], { order: 'o4', externalId: 'W-4' }));
  expect((await link('o4')).code).toBe('ILLEGAL_TRANSITION');
});

describe('a return that nobody here has asked for', () => {
  const all = async (desk: ReturnsDesk) => (await desk.store.returns.find({ limit: 10 })).map((row) => row.document);

  test('is one for each parcel that a carrier brings back, and gives carriage back along with the goods', async () => {
    const desk = await open();
    await desk.bringParcelBack('p1', '2');
    await desk.bringParcelBack('p1', '2');
    await desk.bringParcelBack('p2', '1');
    const returns = await desk.passUntil(async () => {
      const found = await all(desk);
      return found.length === 2 ? found : undefined;
    }, 'both parcels');
    expect(returns.map(({ start, status, location }) => [start, status, location])).toEqual([
      ['REFUSED_DELIVERY', 'AUTHORIZED', 'S2'],
      ['REFUSED_DELIVERY', 'AUTHORIZED', 'S2'],
    ]);
    expect(returns.flatMap(({ lines }) => lines)).toMatchObject([
      { orderLine: 'ol1', reason: 'REFUSED', terms: { refundsCharges: true } },
      { orderLine: 'ol1' },
    ]);
    // One unit is left that nobody awaits.
    const more = { idempotencyKey: 'k9', order: 'o1', lines: [{ orderLine: 'ol1', quantity: '2', reason: 'LATE' }] };
    expect((await desk.mutate(CUSTOMER, 'requestReturn', more)).code).toBe('RETURN_EXCEEDS_SOLD');
  });

  test('is what a marketplace has agreed to, under its number, as far as the goods were sold', async () => {
    const rules = [{ version: 'v1', effectiveFromMs: 0, rules: [{ isFinalSale: true }] }];
    const desk = await open({ rules });
    await desk.announceReturn('9', 'm1');
    await desk.announceReturn('9', 'm1');
    const [found] = await desk.passUntil(async () => {
      const states = await all(desk);
      return states.length > 0 ? states : undefined;
    }, 'the return');
    expect(found).toMatchObject({
      number: 'MR-1',
      start: 'MARKETPLACE',
      status: 'AUTHORIZED',
      authorization: { reasons: ['FINAL_SALE', 'AGREED_ELSEWHERE'] },
      lines: [{ steps: 4, orderLine: 'ol1' }],
    });
    const received = await done(desk, STORE, 'receiveReturn', { return: found?.id, location: 'S1' });
    expect(received.status).toBe('RECEIVED');
    expect(await all(desk)).toHaveLength(1);
  });
});
