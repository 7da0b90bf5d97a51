import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { orderRouted } from '../../schema/events/inbox-routing.ts';
import { ownershipChanged } from '../../schema/events/operations.ts';
import { PLACE } from './testing/documents.ts';
import { AGENT, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

/* Who routes an order: what the ownership register says of its channel at the instant at which it is placed. */

const openScene = useScenes();

const ONE = `query ($id: ID!) { order(id: $id) {
  orchestratedBy { party system } lines { location { id } } timeline(first: 200) { edges { node { type } } } } }`;

interface Seen {
  readonly orchestratedBy: { readonly party: string; readonly system: string | null };
  readonly lines: readonly { readonly location: { readonly id: string } | null }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

const read = async (scene: Scene, id: string) => (await scene.ask(AGENT, ONE, { id })).data.order as Seen;

async function place(scene: Scene, externalId: string, channel = 'WEB'): Promise<string> {
  const lines = [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }];
  const tenders = [{ tender: 'CARD', amountMinor: 100 }];
  const { data, errors } = await scene.ask(AGENT, PLACE, { input: { channel, externalId, lines, tenders } });
  expect(errors).toEqual([]);
  return data.placeOrder.order.id as string;
}

/** Places orders until one is routed so: the register is followed, not asked. */
async function placeUnder(scene: Scene, system: string | null): Promise<string> {
  let no = 0;
  return waitFor(async () => {
    const id = await place(scene, `${system}-${++no}`);
    return (await read(scene, id)).orchestratedBy.system === system ? id : undefined;
  }, `orders to be routed by ${system}`);
}

function decide(scene: Scene, ruleVersion: number, writerSystem: string | null, fromMs?: number) {
  const effectiveFrom = new Date(fromMs ?? scene.platform.clock.nowMs()).toISOString();
  const rule = { domain: 'ORCHESTRATION', quantity: 'RECORD', location: null, channel: 'WEB' } as const;
  return scene.tell(ownershipChanged, { ...rule, writerSystem, ruleVersion, effectiveFrom }, { key: 'WEB' });
}

test('an order keeps who orchestrated its channel when it was placed, also through a restart', async () => {
  const scene = await openScene();
  const before = await place(scene, 'before');
  await decide(scene, 1, 'oms-main');
  const routed = await placeUnder(scene, 'oms-main');
  expect(await read(scene, routed)).toMatchObject({ orchestratedBy: { party: 'OMS', system: 'oms-main' } });
  expect((await read(scene, await place(scene, 'other', 'SHOP'))).orchestratedBy).toEqual({
    party: 'HUB',
    system: null,
  });
  await scene.restart();
  expect((await read(scene, await place(scene, 'restarted'))).orchestratedBy.system).toBe('oms-main');

  await decide(scene, 2, null);
  const after = await placeUnder(scene, null);
  for (const id of [before, after]) {
    expect((await read(scene, id)).orchestratedBy).toEqual({ party: 'HUB', system: null });
    await waitFor(async () => (await read(scene, id)).lines[0]?.location?.id, 'the hub to choose a location');
  }
  const lines = [{ lineId: '1', orderLine: `${routed}.1`, sku: 'MUG', quantity: '1' }];
  const told = { order: routed, channel: 'WEB', status: 'ALLOCATED', location: 'LEEDS', lines } as const;
  // The channel is the hub's by now, the order is not.
  await scene.tell(orderRouted, told, { system: 'oms-main' });
  await waitFor(
    async () => (await read(scene, routed)).lines[0]?.location?.id === 'LEEDS',
    'the word of the OMS to hold',
  );
});

test('a decision holds from its instant on, and no sooner', async () => {
  const scene = await openScene();
  await decide(scene, 1, 'oms-late', scene.platform.clock.nowMs() + 3_600_000);
  await decide(scene, 2, 'oms-main');
  await placeUnder(scene, 'oms-main');
  await decide(scene, 3, null, scene.platform.clock.nowMs() + 3_600_000);
  await decide(scene, 4, 'oms-other');
  await placeUnder(scene, 'oms-other');
});
