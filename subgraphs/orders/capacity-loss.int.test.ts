import { expect, test } from '@jest/globals';
import { readEvent } from '../../kernel/model/read-told.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { locationRegistered } from '../../schema/events/inventory.ts';
import { orderExceptionRaised } from '../../schema/events/orders.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { ROLES } from '../../schema/scopes.ts';
import { PLACE } from './testing/documents.ts';
import { AGENT, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

/* Locations that can do less than they were given: all of it goes elsewhere that can, however much it is. */

const OPERATOR: Identity = { subject: 'ops', clientId: 'console', scopes: ROLES.operator, stores: '*' };
const LIMIT = `mutation ($input: LimitNodeCapacityInput!) { limitNodeCapacity(input: $input) { day { day } } }`;
const CAPACITY = `query ($location: ID!) { nodeCapacity(location: $location, days: 1) { day } }`;
const ORDER = `query ($id: ID!) { order(id: $id) {
  lines { location { id } states { state } } timeline(first: 200) { edges { node { type } } }
} }`;

async function openShops(limits: Parameters<typeof openScene>[0] = {}): Promise<Scene> {
  const scene = await openScene(limits);
  for (const location of ['DC', 'LONDON', 'LEEDS']) {
    const registered = { location, name: location, type: 'STORE', timeZone: 'Europe/London' };
    await scene.tell(locationRegistered, { ...registered, capabilities: ['SHIP'] }, { key: location });
  }
  await waitFor(
    async () => (await scene.ask(AGENT, CAPACITY, { location: 'LEEDS' })).errors.length === 0,
    'the locations',
  );
  return scene;
}

let ordinal = 0;
async function place(scene: Scene): Promise<string> {
  const input = {
    channel: 'WEB',
    externalId: `W-${++ordinal}`,
    lines: [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
    tenders: [{ tender: 'CARD', amountMinor: 100 }],
  };
  const { data, errors } = await scene.ask(AGENT, PLACE, { input });
  expect(errors).toEqual([]);
  return data.placeOrder.order.id as string;
}

async function close(scene: Scene, location: string): Promise<void> {
  const { data } = await scene.ask(AGENT, CAPACITY, { location });
  const input = { location, day: data.nodeCapacity[0].day, ordersPerDay: 0, reason: 'flood' };
  expect((await scene.ask(OPERATOR, LIMIT, { input })).errors).toEqual([]);
}

const releasedAt = (scene: Scene, id: string, location: string) =>
  waitFor(async () => {
    const { order } = (await scene.ask(AGENT, ORDER, { id })).data;
    const [line] = order.lines;
    return line.location?.id === location && line.states[0].state === 'RELEASED' ? order : undefined;
  }, `${id} at ${location}`);

async function exceptions({ platform }: Scene): Promise<readonly string[]> {
  await platform.documents.flushOutbox();
  const messages = await platform.streams.read(streamOf('orders'), 0, 1_000);
  const raised = messages.filter(({ envelope }) => envelope.type === orderExceptionRaised.type);
  return raised.map(({ envelope }) => readEvent(orderExceptionRaised, envelope).class);
}

test('a warehouse that closes is asked to give its work up, and what it gives up goes to a store', async () => {
  const scene = await openShops();
  const id = await place(scene);
  await releasedAt(scene, id, 'DC');
  await close(scene, 'DC');
  const order = await releasedAt(scene, id, 'LONDON');
  expect(scene.wms.stops).toEqual([id]);
  const types = order.timeline.edges.map(({ node }: { node: { type: string } }) => node.type);
  expect(types).toContain('WORK_SHED');
  expect(await exceptions(scene)).not.toContain('CAPACITY_LOST');
});

test('work that the warehouse does not give up any more stays, and people are told', async () => {
  const scene = await openShops();
  const id = await place(scene);
  await releasedAt(scene, id, 'DC');
  scene.wms.answer = 'REFUSED';
  await close(scene, 'DC');
  await waitFor(async () => (await exceptions(scene)).includes('CAPACITY_LOST'), 'the exception');
  await releasedAt(scene, id, 'DC');
});

test('a store that closes loses all of its orders, page by page, also when the process dies in between', async () => {
  const scene = await openShops({ ordersPerSweepPage: 1, sweepClaimMs: 5 });
  scene.inventory.put('MUG', 'DC', 0);
  const ids: string[] = [];
  for (let each = 0; each < 4; each++) ids.push(await place(scene));
  for (const id of ids) await releasedAt(scene, id, 'LONDON');
  await close(scene, 'LONDON');
  // Somewhere among the writes of the sweep.
  scene.fate.dieAt(scene.fate.writes + 5, true);
  await waitFor(() => scene.fate.isDead, 'the process to die');
  await scene.restart();
  for (const id of ids) await releasedAt(scene, id, 'LEEDS');
  const sweeps = await scene.platform.documents.collection({
    name: 'orders-sweeps',
    indexes: [{ paths: ['dueAtMs'] }],
  });
  await waitFor(async () => (await sweeps.find({ limit: 1 })).length === 0, 'the end of the sweep');
});
