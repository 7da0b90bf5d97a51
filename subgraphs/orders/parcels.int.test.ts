import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { shipmentRecorded } from '../../schema/events/inbox-work.ts';
import { parcelTracked, type ParcelTracked } from '../../schema/events/inbox-parcels.ts';
import { orderExceptionRaised } from '../../schema/events/orders.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { CANCEL, FULFIL, PLACE } from './testing/documents.ts';
import { AGENT, storeOf, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

const PARCELS = `query ($id: ID!) {
  order(id: $id) {
    lines { id states { state quantity } }
    shipments { id carrier trackingNumber deliveredAt tracking { status detail place } }
    timeline(first: 200) { edges { node { type source visibility } } }
  }
}`;

/** An order of three mugs that left the warehouse, two in one parcel and one in another. */
async function send(scene: Scene): Promise<string> {
  const input = {
    channel: 'WEB',
    externalId: 'W-1',
    lines: [{ sku: 'MUG', quantity: '3', unitPriceMinor: 100 }],
    tenders: [{ tender: 'CARD', amountMinor: 300 }],
  };
  const placed = await scene.ask(AGENT, PLACE, { input });
  expect(placed.errors).toEqual([]);
  const id = placed.data.placeOrder.order.id as string;
  await waitFor(() => scene.wms.releases.length === 1, 'the work at the warehouse');
  for (const [shipment, quantity, carrier] of [
    ['S-1', '2', 'Meridian Parcels'],
    ['S-2', '1', 'Pigeons'],
  ] as const) {
    await scene.tell(shipmentRecorded, {
      order: id,
      location: 'DC',
      lines: [{ lineId: '1', orderLine: `${id}.1`, sku: 'MUG', quantity }],
      shipment,
      carrier,
      trackingNumber: `${shipment}-number`,
    });
  }
  return id;
}

interface Parcels {
  readonly lines: readonly { readonly states: readonly { readonly state: string; readonly quantity: string }[] }[];
  readonly shipments: readonly { readonly deliveredAt: string | null; readonly tracking: unknown }[];
  readonly timeline: { readonly edges: readonly { readonly node: Readonly<Record<string, string>> }[] };
}

async function read(scene: Scene, id: string): Promise<Parcels> {
  return (await scene.ask(AGENT, PARCELS, { id })).data.order as Parcels;
}

const statesOf = ({ lines }: Parcels) => lines[0]?.states.map(({ state, quantity }) => `${quantity} ${state}`);
const typesOf = ({ timeline }: Parcels) => timeline.edges.map(({ node }) => node['type']);

test('follows parcels of known carriers by the name of their shipment, and tells customers what becomes of them', async () => {
  const scene = await openScene();
  scene.carrier.isUp = false;
  const id = await send(scene);
  await waitFor(async () => statesOf(await read(scene, id))?.join() === '3 SHIPPED', 'both parcels to leave');
  scene.carrier.isUp = true;
  await waitFor(() => scene.carrier.followed.length > 0, 'the carrier to be asked');
  expect(scene.carrier.followed).toEqual([
    { order: id, reference: `${id}.s1`, carrier: 'Meridian Parcels', trackingNumber: 'S-1-number' },
  ]);

  const tell = (told: Partial<ParcelTracked>, eventId: string) =>
    scene.tell(
      parcelTracked,
      {
        parcel: 'trk-1',
        carrier: 'meridian',
        trackingNumber: 'S-1-number',
        reference: `${id}.s1`,
        status: 'IN_TRANSIT',
        ...told,
      },
      { eventId, system: 'parcels-main', key: 'trk-1' },
    );
  await tell({ place: 'Leeds' }, 'e-1');
  await tell({ place: 'Leeds' }, 'e-1');
  await tell({ status: 'EXCEPTION', detail: 'nobody at home' }, 'e-2');
  await waitFor(async () => typesOf(await read(scene, id)).includes('PARCEL_EXCEPTION'), 'the exception');
  const held = await read(scene, id);
  expect(held.shipments.map(({ tracking }) => tracking)).toEqual([
    { status: 'EXCEPTION', detail: 'nobody at home', place: null },
    null,
  ]);
  expect(held.timeline.edges.map(({ node }) => node)).toContainEqual({
    type: 'PARCEL_IN_TRANSIT',
    source: 'parcels-main',
    visibility: 'CUSTOMER',
  });
  expect(typesOf(held).filter((type) => type === 'PARCEL_IN_TRANSIT')).toHaveLength(1);

  await tell({ status: 'DELIVERED' }, 'e-3');
  await waitFor(async () => statesOf(await read(scene, id))?.includes('2 DELIVERED'), 'the first parcel to arrive');
  expect((await read(scene, id)).shipments[0]?.deliveredAt).toEqual(expect.any(String));
  expect(scene.carrier.followed).toHaveLength(1);
  expect(scene.telemetry.total('orders_facts_parked_total')).toBe(0);
});

test('leaves parcels alone that nobody asked about, and parks those of shipments that it does not know', async () => {
  const scene = await openScene();
  const id = await send(scene);
  await waitFor(() => scene.carrier.followed.length > 0, 'the carrier to be asked');
  const lost = { parcel: 'trk-9', carrier: 'meridian', trackingNumber: '9', status: 'LOST' } as const;
  await scene.tell(parcelTracked, lost, { key: 'trk-9' });
  for (const reference of [`${id}.s7`, 'nothing of ours', 'no-order.s1']) {
    await scene.tell(parcelTracked, { ...lost, reference }, { key: 'trk-9' });
  }
  await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 3, 'all of them to be taken in');
  expect(statesOf(await read(scene, id))).toEqual(['3 SHIPPED']);
});

/** The classes of the exceptions that orders raise, with the evidence of each. */
async function exceptionsOf({ platform }: Scene): Promise<readonly string[]> {
  const raised: string[] = [];
  await platform.streams.consume({
    durable: 'test-exceptions',
    stream: streamOf('orders'),
    types: [orderExceptionRaised.type],
    from: 'first',
    concurrencyMax: 1,
    deliveriesMax: 3,
    backoffMinMs: 1,
    backoffMaxMs: 1,
    async handle({ envelope: { data } }) {
      const { class: name, source } = data as { readonly class: string; readonly source?: string };
      raised.push(`${name} ${source ?? 'orders'}`);
    },
  });
  return raised;
}

test('tells people of a parcel that its carrier does not follow, and of facts that nobody can take in', async () => {
  const scene = await openScene();
  const raised = await exceptionsOf(scene);
  scene.carrier.refuses = true;
  const id = await send(scene);
  await waitFor(async () => typesOf(await read(scene, id)).includes('TRACKING_REFUSED'), 'the refusal');
  const nobody = { parcel: 'trk-9', carrier: 'meridian', trackingNumber: '9', status: 'LOST' } as const;
  await scene.tell(parcelTracked, { ...nobody, reference: `${id}.s7` }, { key: 'trk-9', system: 'parcels-main' });
  await waitFor(() => raised.length >= 2, 'both exceptions');
  expect(raised.toSorted()).toEqual(['FACT_REFUSED parcels-main', 'TRACKING_REFUSED parcels-main']);
});

const LABELS = `query ($id: ID!) {
  order(id: $id) {
    labels { status location { id } carrier trackingNumber label { reference cost { amountMinor currencyCode } documentUrl } }
    shipments { id carrier trackingNumber label { reference } deliveredAt }
    lines { states { state quantity } }
    timeline(first: 200) { edges { node { type origin } } }
  }
}`;

const SHIP_TO = { name: 'A. Customer', street: '2 Low Road', city: 'York', postalCode: 'YO1 1AA', country: 'GB' };

/** Two mugs that the store in London has packed. */
async function pack(scene: Scene, externalId: string): Promise<string> {
  scene.inventory.put('MUG', 'DC', 0);
  const input = {
    channel: 'WEB',
    externalId,
    shipTo: SHIP_TO,
    lines: [{ sku: 'MUG', quantity: '2', unitPriceMinor: 100 }],
    tenders: [{ tender: 'CARD', amountMinor: 200 }],
  };
  const placed = await scene.ask(AGENT, PLACE, { input });
  expect(placed.errors).toEqual([]);
  const id = placed.data.placeOrder.order.id as string;
  const labels = async () => (await scene.ask(AGENT, LABELS, { id })).data.order;
  await waitFor(async () => (await labels()).lines[0].states[0].state === 'RELEASED', 'the work in the store');
  for (const step of ['PICK', 'PACK']) {
    const done = await scene.ask(storeOf('LONDON'), FULFIL, {
      input: { order: id, location: 'LONDON', step, idempotencyKey: `${externalId}-${step}` },
    });
    expect(done.errors).toEqual([]);
  }
  await waitFor(async () => (await labels()).labels[0]?.status === 'BOUGHT', 'the label');
  return id;
}

test('buys a label for what a store sends, puts it on the parcel, and gives back one that is not needed', async () => {
  const scene = await openScene();
  scene.carrier.isUp = false;
  const first = pack(scene, 'W-1');
  await waitFor(() => scene.telemetry.total('orders_work_obstacles_total') > 0, 'the carrier to be away');
  scene.carrier.isUp = true;
  const id = await first;
  expect([...scene.carrier.sold.values()]).toMatchObject([
    { reference: `${id}.l1`, service: 'standard', weightGrams: 800, to: SHIP_TO, from: { city: 'London' } },
  ]);
  const input = { order: id, location: 'LONDON', step: 'SHIP', idempotencyKey: 'ship' };
  expect((await scene.ask(storeOf('LONDON'), FULFIL, { input })).errors).toEqual([]);
  const { data } = await scene.ask(AGENT, LABELS, { id });
  expect(data.order.labels).toEqual([
    {
      status: 'USED',
      location: { id: 'LONDON' },
      carrier: 'Meridian Parcels',
      trackingNumber: 'MP-1',
      label: {
        reference: 'lbl-1',
        cost: { amountMinor: 330, currencyCode: 'GBP' },
        documentUrl: 'https://labels.example/lbl-1',
      },
    },
  ]);
  expect(data.order.shipments).toMatchObject([{ trackingNumber: 'MP-1', label: { reference: 'lbl-1' } }]);
  const scanned = { parcel: 'trk-1', carrier: 'meridian', trackingNumber: 'MP-1', status: 'DELIVERED' } as const;
  await scene.tell(parcelTracked, { ...scanned, reference: `${id}.l1` }, { system: 'parcels-main', key: 'trk-1' });
  await waitFor(
    async () => (await scene.ask(AGENT, LABELS, { id })).data.order.shipments[0].deliveredAt,
    'the arrival',
  );
  expect(scene.carrier.followed).toEqual([]);

  const off = await pack(scene, 'W-2');
  const cancel = { order: off, reason: 'CUSTOMER', idempotencyKey: 'off' };
  expect((await scene.ask(AGENT, CANCEL, { input: cancel })).errors).toEqual([]);
  await waitFor(
    async () => (await scene.ask(AGENT, LABELS, { id: off })).data.order.labels[0].status === 'VOIDED',
    'the label to be given back',
  );
  expect(scene.carrier.voided).toEqual(['lbl-2']);
  const addresses = await scene.platform.documents.collection({ name: 'orders-addresses', indexes: [] });
  expect(await addresses.find({ limit: 5 })).toEqual([]);
});
