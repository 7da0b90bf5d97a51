import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { backorderCovered } from '../../schema/events/inventory.ts';
import { ONE, PLACE } from './testing/documents.ts';
import { AGENT, type Scene } from './testing/open-scene.ts';
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
