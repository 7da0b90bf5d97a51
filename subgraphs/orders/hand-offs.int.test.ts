import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { deliveryRecorded, shipmentRecorded } from '../../schema/events/inbox-work.ts';
import { CANCEL, PLACE } from './testing/documents.ts';
import { AGENT, ANN, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

const HAND_OFFS = `query ($id: ID!) {
  order(id: $id) {
    notices { milestone state message }
    salesOrder { system state number invoices { shipment state number amount { amountMinor } } }
    timeline(first: 200) { edges { node { type summary visibility } } }
  }
}`;

const AGAIN = `mutation ($input: HandOverAgainInput!) { handOverAgain(input: $input) { order { id } } }`;

interface HandOffs {
  readonly notices: readonly { readonly milestone: string; readonly state: string; readonly message: string | null }[];
  readonly salesOrder: {
    readonly state: string;
    readonly number: string | null;
    readonly invoices: readonly { readonly state: string; readonly number: string | null }[];
  } | null;
  readonly timeline: {
    readonly edges: readonly { readonly node: { readonly type: string; readonly summary: string } }[];
  };
}

const read = async (scene: Scene, id: string): Promise<HandOffs> =>
  (await scene.ask(AGENT, HAND_OFFS, { id })).data.order as HandOffs;

let ordinal = 0;
async function place(scene: Scene, change: object = {}): Promise<string> {
  const input = {
    channel: 'SHOP',
    externalId: `W-${++ordinal}`,
    customer: 'ann',
    lines: [{ sku: 'MUG', quantity: '2', unitPriceMinor: 100 }],
    charges: [{ kind: 'SHIPPING', description: 'Carriage', amountMinor: 99 }],
    tenders: [{ tender: 'CARD', amountMinor: 299 }],
    ...change,
  };
  const placed = await scene.ask(AGENT, PLACE, { input });
  expect(placed.errors).toEqual([]);
  return placed.data.placeOrder.order.id as string;
}

async function ship(scene: Scene, id: string): Promise<void> {
  await scene.tell(shipmentRecorded, {
    order: id,
    location: 'DC',
    lines: [{ lineId: '1', orderLine: `${id}.1`, sku: 'MUG', quantity: '2' }],
    shipment: `S-${id}`,
    carrier: 'Pigeons',
    trackingNumber: '4711',
  });
}

test('orders go on while nobody tells customers and the ERP is down, and each of them hears everything later, the ERP in order', async () => {
  const scene = await openScene();
  scene.messenger.isUp = false;
  scene.erp.isUp = false;
  const id = await place(scene, { language: 'fr' });
  await waitFor(() => scene.wms.releases.length === 1, 'the work at the warehouse');
  await ship(scene, id);
  await scene.tell(deliveryRecorded, { order: id, shipment: `S-${id}` });
  await waitFor(async () => (await read(scene, id)).notices.length === 3, 'the milestones');
  const waiting = await read(scene, id);
  expect(waiting.notices.map(({ milestone, state }) => `${milestone} ${state}`)).toEqual([
    'CONFIRMED ASKED',
    'SHIPPED ASKED',
    'DELIVERED ASKED',
  ]);
  expect(waiting.salesOrder).toMatchObject({ state: 'ASKED', number: null, invoices: [{ state: 'ASKED' }] });
  expect([scene.messenger.told.size, scene.erp.asked.length]).toEqual([0, 0]);

  scene.messenger.isUp = true;
  scene.erp.isUp = true;
  await waitFor(() => scene.messenger.told.size === 3 && scene.erp.asked.length === 2, 'both to hear of it');
  expect(scene.messenger.milestonesOf(id).toSorted()).toEqual(['CONFIRMED', 'DELIVERED', 'SHIPPED']);
  expect(scene.messenger.told.get(`${id}/notice/SHIPPED/s1`)).toMatchObject({
    channel: 'SHOP',
    customer: 'ann',
    language: 'fr',
    about: { scope: 'WHOLE', lines: [{ sku: 'MUG', quantity: '2' }], carrier: 'Pigeons', trackingNumber: '4711' },
  });
  expect(scene.erp.asked).toMatchObject([
    {
      order: id,
      customer: 'ann',
      lines: [{ orderLine: `${id}.1`, sku: 'MUG', quantity: '2', reservations: [expect.any(String)] }],
      totalMinor: 299,
    },
    { shipment: `${id}.s1`, location: 'DC', lines: [{ sku: 'MUG', quantity: '2' }], amountMinor: 299 },
  ]);
  await waitFor(async () => {
    const { notices, salesOrder } = await read(scene, id);
    return notices.every(({ state }) => state === 'TOLD') && salesOrder?.invoices[0]?.state === 'DONE';
  }, 'the answers');
  const done = await read(scene, id);
  expect(done.salesOrder).toMatchObject({ state: 'RECORDED', number: expect.stringMatching(/^SO-W-/) });
  expect(done.salesOrder?.invoices).toMatchObject([{ number: 'SI-s1', amount: { amountMinor: 299 } }]);
  const entries = done.timeline.edges.map(({ node }) => node);
  expect(entries.filter(({ type }) => type === 'CUSTOMER_TOLD')).toHaveLength(3);
  expect(entries).toContainEqual({
    type: 'INVOICED',
    summary: `erp-main has invoiced parcel ${id}.s1 as SI-s1.`,
    visibility: 'AGENT',
  });
});

test('nobody hears of anything twice, also after a restart and when it is told again', async () => {
  const scene = await openScene();
  const id = await place(scene);
  await waitFor(() => scene.wms.releases.length === 1, 'the work at the warehouse');
  await ship(scene, id);
  await waitFor(() => scene.messenger.told.size === 2 && scene.erp.asked.length === 2, 'the parcel');
  await scene.subgraph.stop();
  await scene.subgraph.start();
  await ship(scene, id);
  await scene.tell(deliveryRecorded, { order: id, shipment: `S-${id}` });
  await waitFor(() => scene.messenger.told.size === 3, 'the arrival');
  expect(scene.messenger.milestonesOf(id)).toEqual(['CONFIRMED', 'SHIPPED', 'DELIVERED']);
  expect(scene.erp.asked).toHaveLength(2);
});

test('a message that cannot be told keeps none of the others back', async () => {
  const scene = await openScene();
  scene.messenger.stumblesOver = 'CONFIRMED';
  const id = await place(scene);
  await waitFor(() => scene.wms.releases.length === 1, 'the work at the warehouse');
  await ship(scene, id);
  await waitFor(() => scene.messenger.milestonesOf(id).join() === 'SHIPPED', 'the parcel to be told');
});

test('what is called off is told to the customer and the ERP, and other channels have their own ways', async () => {
  const scene = await openScene();
  const id = await place(scene);
  await waitFor(() => scene.messenger.told.size === 1 && scene.erp.asked.length === 1, 'the order');
  await scene.ask(AGENT, CANCEL, { input: { order: id } });
  await waitFor(() => scene.messenger.told.size === 2 && scene.erp.asked.length === 2, 'its end');
  expect(scene.messenger.milestonesOf(id)).toEqual(['CONFIRMED', 'CANCELLED']);
  expect(scene.erp.asked[1]).toMatchObject({ lines: [{ quantity: '0' }], totalMinor: 0 });

  const other = await place(scene, { channel: 'WEB' });
  await scene.ask(AGENT, CANCEL, { input: { order: other } });
  const { notices, salesOrder } = await read(scene, other);
  expect([notices, salesOrder]).toEqual([[], null]);
  expect(scene.messenger.milestonesOf(other)).toEqual([]);
});

test('what the ERP refuses costs nobody anything, and is told to it again when somebody has seen to it', async () => {
  const scene = await openScene();
  scene.erp.isStubborn = true;
  const id = await place(scene);
  await waitFor(() => scene.wms.releases.length === 1, 'the work at the warehouse');
  await ship(scene, id);
  await waitFor(async () => (await read(scene, id)).salesOrder?.state === 'REFUSED', 'the refusal');
  scene.erp.isStubborn = false;
  const again = { order: id, idempotencyKey: 'seen-to' };
  for (let attempt = 0; attempt < 2; attempt++) {
    expect((await scene.ask(AGENT, AGAIN, { input: again })).errors).toEqual([]);
  }
  await waitFor(async () => (await read(scene, id)).salesOrder?.invoices[0]?.state === 'DONE', 'the invoice');
  const { salesOrder, timeline } = await read(scene, id);
  expect(salesOrder).toMatchObject({ state: 'RECORDED', number: expect.any(String) });
  const types = timeline.edges.map(({ node }) => node.type);
  expect(types.filter((type) => type === 'SALES_ORDER_REFUSED' || type === 'HANDED_OVER_AGAIN')).toHaveLength(2);
});

test('what customers and ERPs were told is for those who care for orders; a language is a language', async () => {
  const scene = await openScene();
  const id = await place(scene);
  expect((await scene.ask(ANN, HAND_OFFS, { id })).errors).not.toEqual([]);
  const input = {
    channel: 'SHOP',
    externalId: 'W-X',
    language: 'as you like it',
    lines: [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
    tenders: [{ tender: 'CARD', amountMinor: 100 }],
  };
  const refused = await scene.ask(AGENT, PLACE, { input });
  expect(refused.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  const nothing = await scene.ask(AGENT, AGAIN, { input: { order: id, idempotencyKey: 'a' } });
  expect(nothing.errors).toMatchObject([{ extensions: { code: 'ILLEGAL_TRANSITION' } }]);
});
