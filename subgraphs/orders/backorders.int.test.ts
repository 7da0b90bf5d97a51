import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { backorderCovered } from '../../schema/events/inventory.ts';
import { ONE, PLACE } from './testing/documents.ts';
import { AGENT, ANN, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

const INPUT = {
  channel: 'WEB',
  externalId: 'W-1',
  lines: [{ sku: 'MUG', quantity: '3', unitPriceMinor: 100 }],
  tenders: [{ tender: 'CARD', amountMinor: 300 }],
};

interface OrderData {
  readonly lines: readonly { readonly states: readonly { readonly state: string; readonly quantity: string }[] }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

async function read(scene: Scene, id: string) {
  const order = (await scene.ask(AGENT, ONE, { id })).data.order as OrderData;
  const states = order.lines[0]?.states.map(({ state, quantity }) => `${quantity} ${state}`);
  return { states, types: order.timeline.edges.map(({ node }) => node.type) };
}

test('takes coverage in once, goes on with what is covered, and leaves what others claim alone', async () => {
  const scene = await openScene();
  scene.inventory.oversellLimit = 3;
  for (const location of ['DC', 'LEEDS', 'LONDON']) scene.inventory.put('MUG', location, location === 'DC' ? 1 : 0);
  const placed = await scene.ask(AGENT, PLACE, { input: INPUT });
  expect(placed.errors).toEqual([]);
  const id = placed.data.placeOrder.order.id as string;
  const until = (...wanted: string[]) =>
    waitFor(async () => JSON.stringify((await read(scene, id)).states) === JSON.stringify(wanted), wanted.join());
  await until('2 BACKORDERED', '1 RELEASED');

  scene.inventory.put('MUG', 'DC', 2);
  const [covered] = scene.inventory.cover('MUG');
  const { reservation = '' } = covered ?? {};
  const told = { reservation, sku: 'MUG', quantity: '1', kind: 'ORDER' };
  const again = { eventId: 'inventory:e.7.0.0', system: 'inventory' };
  await scene.tell(backorderCovered, { ...told, owner: 'no-order' });
  await scene.tell(backorderCovered, { ...told, owner: id, kind: 'TRANSFER' });
  await scene.tell(backorderCovered, { ...told, owner: id }, again);
  await until('1 BACKORDERED', '2 RELEASED');
  await scene.tell(backorderCovered, { ...told, owner: id }, again);
  scene.inventory.put('MUG', 'DC', 3);
  scene.inventory.cover('MUG');
  await scene.tell(backorderCovered, { ...told, owner: id }, { ...again, eventId: 'inventory:e.8.0.0' });
  await until('3 RELEASED');
  const { types } = await read(scene, id);
  expect(types.filter((type) => type === 'BACKORDER_COVERED')).toHaveLength(2);
  expect(scene.telemetry.total('orders_facts_parked_total')).toBe(0);
});

const PRIORITISE = `mutation ($input: PrioritiseOrderInput!) { prioritiseOrder(input: $input) { order { priority } } }`;

test('an agent moves an order ahead of one that waits for longer, once for each key', async () => {
  const scene = await openScene();
  scene.inventory.oversellLimit = 9;
  for (const location of ['DC', 'LEEDS', 'LONDON']) scene.inventory.put('MUG', location, 0);
  const ids: string[] = [];
  for (const externalId of ['W-1', 'W-2']) {
    const placed = await scene.ask(AGENT, PLACE, { input: { ...INPUT, externalId } });
    ids.push(placed.data.placeOrder.order.id as string);
  }
  const [first = '', second = ''] = ids;
  const input = { order: second, idempotencyKey: 'k', priority: 9, reason: 'A wedding.', authority: 'care' };
  expect((await scene.ask(ANN, PRIORITISE, { input })).errors).toHaveLength(1);
  const said = await scene.ask(AGENT, PRIORITISE, { input });
  expect(said.data.prioritiseOrder.order.priority).toBe(9);
  expect((await scene.ask(AGENT, PRIORITISE, { input })).errors).toEqual([]);
  const other = await scene.ask(AGENT, PRIORITISE, { input: { ...input, priority: 8 } });
  expect(other.errors[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
  const priorityOf = (order: string) =>
    [...scene.inventory.reservations.values()].find(({ line }) => line.startsWith(order))?.priority;
  await waitFor(() => priorityOf(second) === 9, 'the ledger to know');
  expect(priorityOf(first)).toBe(7);
  scene.inventory.put('MUG', 'DC', 3);
  const [covered] = scene.inventory.cover('MUG');
  expect(scene.inventory.reservations.get(covered?.reservation ?? '')?.line).toMatch(new RegExp(`^${second}`));
  const { types } = await read(scene, second);
  expect(types.filter((type) => type === 'ORDER_PRIORITISED')).toHaveLength(1);
});
