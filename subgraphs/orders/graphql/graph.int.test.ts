import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import type { Identity } from '../../../kernel/model/identity.ts';
import { storeSaleRecorded } from '../../../schema/events/inbox.ts';
import { ROLES } from '../../../schema/scopes.ts';
import { BY_NUMBER, LIST, ONE, PLACE } from '../testing/documents.ts';
import { AGENT, ANN, BOB, type Scene, storeOf } from '../testing/open-scene.ts';
import { useScenes } from '../testing/use-scenes.ts';

const openScene = useScenes();

/* What the graph shows to whom, and how many questions it asks outside. */

const input = (externalId: string, more: object = {}) => ({
  channel: 'WEB',
  externalId,
  lines: [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
  tenders: [{ tender: 'CARD', amountMinor: 100 }],
  ...more,
});

function sellAt(scene: Scene, location: string, externalId: string): Promise<void> {
  return scene.tell(storeSaleRecorded, {
    channel: `STORE:${location}`,
    externalId,
    location,
    currency: 'GBP',
    customer: 'cat',
    lines: [{ lineId: '1', sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
    charges: [],
    tenders: [{ tender: 'CASH', amountMinor: 100 }],
  });
}

async function idsOf(scene: Scene, identity: Identity, variables: object = {}): Promise<readonly string[]> {
  const { data, errors } = await scene.ask(identity, LIST, { ...variables });
  expect(errors).toEqual([]);
  return data.orders.edges.map(({ node }: { node: { externalId: string } }) => node.externalId);
}

describe('who sees which orders', () => {
  test('a shopper places for and sees itself alone', async () => {
    const scene = await openScene();
    const own = await scene.ask(ANN, PLACE, { input: input('W-1') });
    expect(own.data.placeOrder.order.customer).toBe('ann');
    const forBob = await scene.ask(ANN, PLACE, { input: input('W-2', { customer: 'bob' }) });
    expect(forBob.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const { id } = own.data.placeOrder.order;
    expect((await scene.ask(BOB, ONE, { id })).data.order).toBeNull();
    expect((await scene.ask(BOB, BY_NUMBER, { channel: 'WEB', externalId: 'W-1' })).data.orderByExternalId).toBeNull();
    expect((await scene.ask(ANN, ONE, { id })).data.order.id).toBe(id);
    expect(await idsOf(scene, ANN)).toEqual(['W-1']);
    expect(await idsOf(scene, BOB)).toEqual([]);
    const foreign = await scene.ask(BOB, LIST, { customer: 'ann' });
    expect(foreign.errors[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('a store sees what its stores serve, and may look one up by its number without customer and history', async () => {
    const scene = await openScene();
    await sellAt(scene, 'LONDON', 'R-1');
    await sellAt(scene, 'LEEDS', 'R-2');
    await waitFor(async () => (await idsOf(scene, AGENT)).length === 2);
    expect(await idsOf(scene, storeOf('LONDON'))).toEqual(['R-1']);
    expect([...(await idsOf(scene, storeOf('LONDON', 'LEEDS')))].sort()).toEqual(['R-1', 'R-2']);
    const foreign = await scene.ask(storeOf('LONDON'), LIST, { location: 'LEEDS' });
    expect(foreign.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const lookUp = await scene.ask(storeOf('LONDON'), BY_NUMBER, { channel: 'STORE:LEEDS', externalId: 'R-2' });
    expect(lookUp.data.orderByExternalId).toMatchObject({
      customer: null,
      timeline: { edges: [] },
      shipments: [],
      payments: [{ tender: 'CASH', captured: { amountMinor: 100 } }],
    });
    const own = await scene.ask(storeOf('LEEDS'), BY_NUMBER, { channel: 'STORE:LEEDS', externalId: 'R-2' });
    expect(own.data.orderByExternalId.customer).toBe('cat');
    expect((await scene.ask(storeOf('LONDON'), ONE, { id: own.data.orderByExternalId.id })).data.order).toBeNull();
  });

  test('the timeline shows each role what is meant for it', async () => {
    const scene = await openScene();
    const { data } = await scene.ask(ANN, PLACE, { input: input('W-1') });
    const { id } = data.placeOrder.order;
    const seenBy = async (identity: Identity): Promise<ReadonlySet<string>> => {
      const answer = await scene.ask(identity, ONE, { id });
      const { edges } = answer.data.order.timeline as { edges: { node: { visibility: string } }[] };
      return new Set(edges.map(({ node }) => node.visibility));
    };
    await waitFor(async () => (await seenBy(AGENT)).size === 2);
    expect(await seenBy(ANN)).toEqual(new Set(['CUSTOMER']));
    expect(await seenBy(AGENT)).toEqual(new Set(['CUSTOMER', 'AGENT']));
  });

  test('refuses a token without the scope', async () => {
    const scene = await openScene();
    const anonymous: Identity = { subject: 'anonymous', clientId: 'none', scopes: ROLES.anonymous, stores: [] };
    const { errors } = await scene.ask(anonymous, LIST);
    expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('lists', () => {
  test('page from the newest to the oldest without a gap, an order at two stores once', async () => {
    const scene = await openScene();
    for (let n = 1; n <= 5; n++) await sellAt(scene, n % 2 ? 'LONDON' : 'LEEDS', `R-${n}`);
    await waitFor(async () => (await idsOf(scene, AGENT)).length === 5);
    for (const identity of [AGENT, storeOf('LONDON', 'LEEDS')]) {
      const pages: string[] = [];
      let after: string | null = null;
      do {
        const { data } = await scene.ask(identity, LIST, { first: 2, after });
        pages.push(...data.orders.edges.map(({ node }: { node: { externalId: string } }) => node.externalId));
        after = data.orders.pageInfo.hasNextPage ? data.orders.pageInfo.endCursor : null;
      } while (after !== null);
      expect(pages.length).toBe(5);
      expect([...pages].sort()).toEqual(['R-1', 'R-2', 'R-3', 'R-4', 'R-5']);
    }
    expect(await idsOf(scene, AGENT, { status: 'CANCELLED' })).toEqual([]);
    expect((await idsOf(scene, AGENT, { status: 'DELIVERED', location: 'LEEDS' })).length).toBe(2);
  });

  test('ask each POS once for all receipts, and go on without one that is down', async () => {
    const scene = await openScene();
    for (let n = 1; n <= 20; n++) await sellAt(scene, n % 2 ? 'LONDON' : 'LEEDS', `R-${n}`);
    await waitFor(async () => (await idsOf(scene, AGENT)).length === 20);
    scene.posSouth.calls.length = 0;
    scene.posNorth.calls.length = 0;
    const { data, errors } = await scene.ask(AGENT, LIST);
    expect(errors).toEqual([]);
    expect(data.orders.edges[0].node.storeReceipt).toMatchObject({ cashier: 'Bea', register: 'till-1' });
    expect(scene.posSouth.calls.map((numbers) => numbers.length)).toEqual([10]);
    expect(scene.posNorth.calls.map((numbers) => numbers.length)).toEqual([10]);

    scene.posNorth.isUp = false;
    const partial = await scene.ask(AGENT, LIST);
    expect(partial.errors).toHaveLength(10);
    expect(new Set(partial.errors.map((error) => error.extensions.code))).toEqual(new Set(['UPSTREAM_UNAVAILABLE']));
    const receipts = partial.data.orders.edges.map(({ node }: { node: { storeReceipt: object | null } }) => node);
    expect(receipts.filter((node: { storeReceipt: object | null }) => node.storeReceipt === null)).toHaveLength(10);
  });
});

describe('entities and cursors', () => {
  const ENTITIES = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Order { externalId }
      ... on OrderLine { lineNo sku { id } }
    }
  }`;

  test('resolve orders and lines by their keys, for whom they are visible', async () => {
    const scene = await openScene();
    const { data } = await scene.ask(ANN, PLACE, { input: input('W-1') });
    const { id, lines } = data.placeOrder.order;
    const representations = [
      { __typename: 'Order', id },
      { __typename: 'OrderLine', id: lines[0].id },
      { __typename: 'OrderLine', id: `${id}.7` },
      { __typename: 'Order', id: 'none' },
    ];
    const own = await scene.ask(ANN, ENTITIES, { representations });
    expect(own.data._entities).toEqual([{ externalId: 'W-1' }, { lineNo: 1, sku: { id: 'MUG' } }, null, null]);
    const foreign = await scene.ask(BOB, ENTITIES, { representations });
    expect(foreign.data._entities).toEqual([null, null, null, null]);
  });

  test('a read at least as new as a mutation sees it; a cursor that is ahead is an obstacle', async () => {
    const scene = await openScene();
    const { data } = await scene.ask(ANN, PLACE, { input: input('W-1') });
    const { changeCursor, order } = data.placeOrder;
    const read = await scene.ask(ANN, ONE, { id: order.id, atLeast: changeCursor });
    expect(read.data.order.id).toBe(order.id);
    const [log = ''] = String(changeCursor).split('.');
    const ahead = await scene.ask(ANN, ONE, { id: order.id, atLeast: `${log}.999999` });
    expect(ahead.errors[0]?.extensions).toMatchObject({ code: 'NOT_CAUGHT_UP', retryable: true });
    const foreign = await scene.ask(ANN, ONE, { id: order.id, atLeast: 'inventory:abcdef123456.1' });
    expect(foreign.errors[0]?.extensions.code).toBe('FOREIGN_CURSOR');
  });
});
