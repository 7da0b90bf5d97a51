import { expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { shipmentRecorded } from '../../schema/events/inbox.ts';
import { parcelTracked, type ParcelTracked } from '../../schema/events/inbox-parcels.ts';
import { PLACE } from './testing/documents.ts';
import { AGENT, type Scene } from './testing/open-scene.ts';
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
