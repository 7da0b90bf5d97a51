import { describe, expect, test } from '@jest/globals';
import { readEvent } from '../../kernel/model/read-told.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { DataOf } from '../../schema/events/event-definition.ts';
import { orderChangeTold } from '../../schema/events/inbox-changes.ts';
import { orderExceptionRaised } from '../../schema/events/orders.ts';
import { skuRegistered } from '../../schema/events/products.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { PARKED_FACTS, type ParkedFact } from './app/parked-facts.ts';
import { PLACE } from './testing/documents.ts';
import { AGENT, ANN, type Scene, storeOf } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

/* Orders that change after they were placed, through the graph and by what platforms tell. */

const FIELDS = `
  id status revision isChanging
  totals { grand { amountMinor } }
  lines { id sku { id } takenOut substituteFor { line { id } quantity priceRule } states { state quantity } }
  timeline(first: 200) { edges { node { type } } }
`;
const EDIT = `mutation ($input: EditOrderInput!) { editOrder(input: $input) { order { ${FIELDS} } } }`;
const CANCEL = `mutation ($input: CancelOrderInput!) { cancelOrder(input: $input) { order { ${FIELDS} } } }`;
const SUBSTITUTE = `mutation ($input: SubstituteLineInput!) { substituteLine(input: $input) { order { ${FIELDS} } } }`;
const ONE = `query ($id: ID!) { order(id: $id) { ${FIELDS} } }`;
const BY_NUMBER = `query ($channel: ID!, $externalId: String!) {
  orderByExternalId(channel: $channel, externalId: $externalId) { id }
}`;

const INPUT = {
  channel: 'WEB',
  externalId: 'W-1',
  customer: 'ann',
  lines: [
    { sku: 'MUG', quantity: '3', unitPriceMinor: 100, allowsSubstitute: true },
    { sku: 'JUG', quantity: '2', unitPriceMinor: 250 },
  ],
  tenders: [{ tender: 'CARD', amountMinor: 800 }],
};

async function place(scene: Scene): Promise<string> {
  const { data, errors } = await scene.ask(AGENT, PLACE, { input: INPUT });
  expect(errors).toEqual([]);
  return data.placeOrder.order.id as string;
}

const edit = (scene: Scene, order: string, input: object, identity = AGENT) =>
  scene.ask(identity, EDIT, { input: { order, idempotencyKey: 'e1', expectedRevision: 1, reason: 'asked', ...input } });

/* oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the query */
const until = (scene: Scene, id: string, isSo: (order: any) => boolean) =>
  waitFor(async () => {
    const { order } = (await scene.ask(AGENT, ONE, { id })).data;
    return isSo(order) ? order : undefined;
  }, `order ${id}`);

const statesOf = (order: { lines: { states: { state: string; quantity: string }[] }[] }) =>
  order.lines.map(({ states }) => Object.fromEntries(states.map(({ state, quantity }) => [state, quantity])));
const typesOf = (order: { timeline: { edges: { node: { type: string } }[] } }): readonly string[] =>
  order.timeline.edges.map(({ node }) => node.type);

describe('editOrder', () => {
  test('claims, changes and answers a repeat alike; another revision is refused', async () => {
    const scene = await openScene();
    const id = await place(scene);
    const more = { addUnits: [{ line: `${id}.1`, quantity: '2' }] };
    const changed = await edit(scene, id, more);
    expect(changed.errors).toEqual([]);
    expect(changed.data.editOrder.order).toMatchObject({ revision: 2, totals: { grand: { amountMinor: 1_000 } } });
    expect((await edit(scene, id, more)).data.editOrder.order.revision).toBe(2);
    const other = await edit(scene, id, { addUnits: [{ line: `${id}.1`, quantity: '1' }] });
    expect(other.errors[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const stale = await edit(scene, id, { ...more, idempotencyKey: 'e2' });
    expect(stale.errors[0]?.extensions).toMatchObject({ code: 'STALE_REVISION', details: { revision: 2 } });
    expect((await edit(scene, id, { ...more, idempotencyKey: 'e3' }, ANN)).errors).toHaveLength(1);
  });

  test('that cannot be claimed says what is there, also when it is repeated, and changes nothing', async () => {
    const scene = await openScene();
    const id = await place(scene);
    const more = { addUnits: [{ line: `${id}.1`, quantity: '28' }] };
    for (let time = 0; time < 2; time++) {
      const refused = await edit(scene, id, more);
      expect(refused.errors[0]?.extensions).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
    }
    const { order } = (await scene.ask(AGENT, ONE, { id })).data;
    expect([order.revision, order.totals.grand.amountMinor]).toEqual([1, 800]);
  });

  test('goes on by itself when the ledger was away', async () => {
    const scene = await openScene();
    const id = await place(scene);
    await until(scene, id, (order) => statesOf(order)[0]?.['RELEASED'] === '3');
    scene.isInventoryUp = false;
    const waiting = await edit(scene, id, { addLines: [{ sku: 'JUG', quantity: '1', unitPriceMinor: 200 }] });
    expect(waiting.errors[0]?.extensions.code).toBe('CONTEXT_UNAVAILABLE');
    expect((await scene.ask(AGENT, ONE, { id })).data.order).toMatchObject({ isChanging: true, revision: 1 });
    scene.isInventoryUp = true;
    const changed = await until(scene, id, (order) => order.lines.length === 3 && !order.isChanging);
    expect(changed.totals.grand.amountMinor).toBe(1_000);
  });
});

describe('cancelOrder of units', () => {
  test('stops the work of the warehouse, calls off in part and hands the rest over anew; once per key', async () => {
    const scene = await openScene();
    const id = await place(scene);
    await until(scene, id, (order) => statesOf(order)[0]?.['RELEASED'] === '3');
    const input = { order: id, idempotencyKey: 'c1', lines: [{ line: `${id}.1`, quantity: '1' }] };
    expect((await scene.ask(ANN, CANCEL, { input })).errors).toEqual([]);
    const isDone = (order: Parameters<typeof statesOf>[0]): boolean =>
      statesOf(order)[0]?.['CANCELLED'] === '1' && statesOf(order)[0]?.['RELEASED'] === '2';
    const called = await until(scene, id, isDone);
    expect([called.totals.grand.amountMinor, called.lines[0].takenOut]).toEqual([700, '1']);
    await waitFor(() => scene.wms.releases.length === 2);
    expect(scene.wms.releases[1]?.lines.map(({ quantity }) => quantity)).toEqual(['2', '2']);
    await scene.ask(ANN, CANCEL, { input });
    expect(statesOf((await scene.ask(AGENT, ONE, { id })).data.order)[0]).toEqual({ RELEASED: '2', CANCELLED: '1' });
    expect([...scene.inventory.allocations.values()]).toEqual([2, 2]);
  });

  test('of everything is that of the order', async () => {
    const scene = await openScene();
    const id = await place(scene);
    await until(scene, id, (order) => statesOf(order)[0]?.['RELEASED'] === '3');
    const lines = [
      { line: `${id}.1`, quantity: '3' },
      { line: `${id}.2`, quantity: '2' },
    ];
    const cancel = () => scene.ask(AGENT, CANCEL, { input: { order: id, idempotencyKey: 'all', lines } });
    expect((await cancel()).errors).toEqual([]);
    await until(scene, id, (order) => order.status === 'CANCELLED');
    expect((await cancel()).errors).toEqual([]);
  });
});

describe('substituteLine', () => {
  test('lets a store send something else, as the customer allows, and nothing otherwise', async () => {
    const scene = await openScene();
    const base = { baseUnit: 'EA', step: '1', tracking: 'NONE' } as const;
    for (const sku of ['MUG', 'CUP']) await scene.tell(skuRegistered, { sku, ...base, categories: ['CROCKERY'] });
    for (const sku of ['MUG', 'JUG']) scene.inventory.put(sku, 'DC', 0);
    scene.inventory.put('CUP', 'LONDON', 5);
    const id = await place(scene);
    await until(scene, id, (order) => statesOf(order)[0]?.['RELEASED'] === '3');
    const input = {
      order: id,
      idempotencyKey: 's1',
      line: `${id}.1`,
      quantity: '2',
      substitute: 'cup',
      unitPriceMinor: 130,
      location: 'LONDON',
      isMissing: true,
    };
    const london = storeOf('LONDON');
    const replaced = await waitFor(async () => {
      const answer = await scene.ask(london, SUBSTITUTE, { input });
      return answer.errors.length === 0 ? answer : undefined;
    });
    expect(replaced.data.substituteLine.order.lines[2]).toMatchObject({
      sku: { id: 'CUP' },
      substituteFor: { line: { id: `${id}.1` }, quantity: '2', priceRule: 'LOWER_OF' },
    });
    const worked = await until(scene, id, (order) => statesOf(order)[2]?.['RELEASED'] === '2');
    expect(worked.totals.grand.amountMinor).toBe(800);
    expect(statesOf(worked)[0]).toEqual({ RELEASED: '1', SUBSTITUTED: '2' });
    const jugs = { ...input, idempotencyKey: 's2', line: `${id}.2`, quantity: '1' };
    const refused = await scene.ask(london, SUBSTITUTE, { input: jugs });
    expect(refused.errors[0]?.extensions.code).toBe('SUBSTITUTE_NOT_ALLOWED');
    const foreign = await scene.ask(storeOf('LEEDS'), SUBSTITUTE, { input: { ...input, idempotencyKey: 's3' } });
    expect(foreign.errors[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a platform', () => {
  test('changes an order in its own meaning, once, and may know it by another number afterwards', async () => {
    const scene = await openScene();
    const id = await place(scene);
    const tell = (eventId: string, change: Parameters<typeof scene.tell<typeof orderChangeTold>>[1]['change']) =>
      scene.tell(orderChangeTold, { channel: 'WEB', externalId: 'W-1', change }, { eventId, system: 'shop' });
    const less = [{ sku: 'JUG', quantity: '-1', unitPriceMinor: 250 }];
    for (let time = 0; time < 2; time++) await tell('d1', { meaning: 'LINE_DELTAS', lines: less });
    await until(scene, id, (order) => order.totals.grand.amountMinor === 550);
    const lines = [
      { sku: 'MUG', quantity: '4', unitPriceMinor: 90 },
      { sku: 'JUG', quantity: '1', unitPriceMinor: 250 },
    ];
    await tell('r1', { meaning: 'RECREATED', newExternalId: 'W-1-B', lines });
    const changed = await until(scene, id, (order) => order.totals.grand.amountMinor === 610);
    expect([changed.revision, typesOf(changed)]).toEqual([3, expect.arrayContaining(['ORDER_CHANGED'])]);
    const found = async () =>
      (await scene.ask(AGENT, BY_NUMBER, { channel: 'WEB', externalId: 'W-1-B' })).data.orderByExternalId;
    expect(await waitFor(found)).toEqual({ id });
  });
});

describe('what a platform tells of an order before the order itself', () => {
  type Told = DataOf<typeof orderChangeTold>;
  const tell = (scene: Scene, eventId: string, told: Pick<Told, 'change'> & Partial<Told>, laterMs = 0) => {
    const about = { eventId, system: 'shop', atMs: scene.platform.clock.nowMs() + laterMs };
    return scene.tell(orderChangeTold, { channel: 'WEB', externalId: 'W-1', ...told }, about);
  };
  const oneMore = (sku: string, unitPriceMinor: number): Pick<Told, 'change'> => {
    return { change: { meaning: 'LINE_DELTAS', lines: [{ sku, quantity: '1', unitPriceMinor }] } };
  };
  const isParked = (scene: Scene, eventId: string) =>
    waitFor(async () => {
      const collection = await scene.platform.documents.collection(PARKED_FACTS);
      return (await collection.get(`shop/${eventId}`)) !== undefined;
    }, `${eventId} to be parked`);
  const raised = async (scene: Scene): Promise<readonly string[]> => {
    const evidence: string[] = [];
    const consumer = await scene.platform.streams.consume({
      durable: 'test-raised',
      stream: streamOf('orders'),
      types: [orderExceptionRaised.type],
      from: 'first',
      concurrencyMax: 1,
      deliveriesMax: 1,
      backoffMinMs: 1,
      backoffMaxMs: 1,
      handle: async ({ envelope }) => {
        evidence.push(readEvent(orderExceptionRaised, envelope).evidence);
      },
    });
    await waitFor(async () => (await consumer.lag()) === 0);
    await consumer.stop();
    return evidence;
  };

  test('waits for it, also through a restart, and follows in the order of telling', async () => {
    const scene = await openScene();
    await tell(scene, 'early-1', oneMore('MUG', 100));
    await isParked(scene, 'early-1');
    await scene.restart();
    await tell(scene, 'early-2', {
      change: { meaning: 'LINE_DELTAS', lines: [{ sku: 'JUG', quantity: '-2', unitPriceMinor: 250 }] },
    });
    await isParked(scene, 'early-2');
    expect(await raised(scene)).toEqual([]);
    const id = await place(scene);
    const changed = await until(scene, id, (order) => order.totals.grand.amountMinor === 400);
    expect([changed.revision, statesOf(changed)[1]]).toEqual([3, { CANCELLED: '2' }]);
  });

  test('waits for the process that dies before it is taken up', async () => {
    const scene = await openScene();
    await tell(scene, 'early', oneMore('MUG', 100));
    await isParked(scene, 'early');
    scene.isInventoryUp = false;
    const waiting = await scene.ask(AGENT, PLACE, { input: INPUT });
    expect(waiting.errors).toHaveLength(1);
    await scene.restart();
    scene.isInventoryUp = true;
    const id = await place(scene);
    await until(scene, id, (order) => order.totals.grand.amountMinor === 900);
  });

  test('waits for its number where it is known by another one first', async () => {
    const scene = await openScene();
    await tell(scene, 'second', { externalId: 'W-1-B', ...oneMore('JUG', 250) }, 60_000);
    await isParked(scene, 'second');
    const id = await place(scene);
    const lines = [{ sku: 'MUG', quantity: '3', unitPriceMinor: 100 }];
    await tell(scene, 'first', { change: { meaning: 'RECREATED', newExternalId: 'W-1-B', lines } });
    await until(scene, id, (order) => order.totals.grand.amountMinor === 550);
  });

  test('is told to people when the order comes to nothing, and when it does not come', async () => {
    const scene = await openScene({ unmetFactMsMax: 0, unmetPollMs: 5 });
    await tell(scene, 'lost', { externalId: 'W-2', ...oneMore('MUG', 100) });
    await waitFor(async () => (await raised(scene)).includes('lost'), 'the word about an order that does not come');
    await tell(scene, 'short', oneMore('MUG', 100));
    await isParked(scene, 'short');
    for (const location of ['DC', 'LONDON', 'LEEDS']) scene.inventory.put('MUG', location, 0);
    expect((await scene.ask(AGENT, PLACE, { input: INPUT })).errors).toHaveLength(1);
    const collection = await scene.platform.documents.collection<ParkedFact>(PARKED_FACTS);
    const isRefused = async () =>
      (await collection.get('shop/short'))?.document.waitsFor === 'refused:ILLEGAL_TRANSITION';
    await waitFor(isRefused, 'the change to be refused');
  });
});

describe('units that a store does not find and nobody else has', () => {
  test('are backordered where the channel sells beyond stock', async () => {
    const scene = await openScene();
    for (const sku of ['MUG', 'JUG']) {
      scene.inventory.put(sku, 'DC', 0);
      scene.inventory.put(sku, 'LEEDS', 0);
    }
    scene.inventory.put('MUG', 'LONDON', 3);
    const id = await place(scene);
    await until(scene, id, (order) => statesOf(order)[0]?.['RELEASED'] === '3');
    scene.inventory.oversellLimit = 10;
    const reject = `mutation ($input: RejectWorkInput!) { rejectWork(input: $input) { order { id } } }`;
    const lines = [{ line: `${id}.1`, quantity: '3' }];
    const input = { order: id, location: 'LONDON', idempotencyKey: 'r', reason: 'NOT_FOUND', lines };
    expect((await scene.ask(storeOf('LONDON'), reject, { input })).errors).toEqual([]);
    const owed = await until(scene, id, (order) => statesOf(order)[0]?.['BACKORDERED'] === '3');
    expect(typesOf(owed)).toContain('STOCK_BACKORDERED');
  });
});
