import { beforeEach, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { collectionRecorded, pickupReadyRecorded } from '../../schema/events/inbox-pickups.ts';
import { marketplaceOrderReceived } from '../../schema/events/inbox-marketplace.ts';
import { releaseEnded, shipmentRecorded } from '../../schema/events/inbox-work.ts';
import { locationRegistered, orderTransferChanged } from '../../schema/events/inventory.ts';
import { PLACE } from './testing/documents.ts';
import { AGENT, storeOf, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

const LEEDS = storeOf('LEEDS');
const INPUT = {
  channel: 'WEB',
  externalId: 'C-1',
  lines: [{ sku: 'MUG', quantity: '3', unitPriceMinor: 100, pickupAt: 'leeds' }],
  tenders: [{ tender: 'CARD', amountMinor: 300 }],
};
const READ = `query ($id: ID!) { order(id: $id) {
  lines { id fulfilment pickupLocation { id } location { id } states { state quantity } }
  transfers { id status lines { coming arrived } } pickups { location { id } } shipments { handOver { proof } }
} }`;
const DO = 'mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { order { id } } }';

let scene: Scene;

beforeEach(async () => {
  scene = await openScene();
  for (const [location, capability] of [
    ['LEEDS', 'PICKUP'],
    ['DC', 'SHIP'],
  ] as const) {
    const place = { location, name: location, type: 'STORE', timeZone: 'Europe/London', capabilities: [capability] };
    await scene.tell(locationRegistered, { ...place, capabilities: [...place.capabilities] }, { key: location });
  }
  await waitFor(() => hasCode('TOTALS_MISMATCH', { tenders: [{ tender: 'CARD', amountMinor: 1 }] }), 'the counter');
});

async function hasCode(code: string, more: object): Promise<boolean> {
  const { errors } = await scene.ask(AGENT, PLACE, { input: { ...INPUT, externalId: 'other', ...more } });
  return errors[0]?.extensions['code'] === code;
}

const at = (pickupAt: string) => ({ lines: [{ ...INPUT.lines[0], pickupAt }] });

async function place(): Promise<string> {
  const placed = await scene.ask(AGENT, PLACE, { input: INPUT });
  expect(placed.errors).toEqual([]);
  return placed.data.placeOrder.order.id as string;
}

const read = async (id: string) => (await scene.ask(AGENT, READ, { id })).data.order;

const until = (id: string, ...wanted: string[]) =>
  waitFor(async () => {
    const order = await read(id);
    const states = order.lines[0].states.map((each: { state: string; quantity: string }) => {
      return `${each.quantity} ${each.state}`;
    });
    return states.join() === wanted.join() ? order : undefined;
  }, wanted.join());

test('goods that a warehouse system sends to a store arrive for the order, and are collected by the word of a till', async () => {
  scene.inventory.put('MUG', 'LEEDS', 0);
  scene.inventory.put('MUG', 'LONDON', 0);
  const id = await place();
  const transfer = `${id}.b1`;
  await waitFor(() => scene.wms.releases.length > 0, 'the work of the warehouse');
  expect(scene.wms.releases).toMatchObject([{ order: transfer, location: 'DC', lines: [{ orderLine: `${id}.1` }] }]);
  expect(await read(id)).toMatchObject({
    lines: [{ fulfilment: 'PICKUP', pickupLocation: { id: 'LEEDS' }, location: null }],
    transfers: [{ id: transfer, status: 'APPROVED', lines: [{ coming: '3', arrived: '0' }] }],
  });

  // What the system says of the transfer is the ledger's business; the order hears of it from there.
  const line = { lineId: '1', orderLine: `${id}.1`, sku: 'MUG' };
  const sent = { order: transfer, location: 'DC', shipment: 'S1', lines: [{ ...line, quantity: '3' }] };
  await scene.tell(shipmentRecorded, sent);
  const figures = (coming: string, arrived: string) => ({
    transfer,
    order: id,
    from: 'DC',
    to: 'LEEDS',
    status: 'PARTIALLY_RECEIVED' as const,
    lines: [{ orderLine: `${id}.1`, sku: 'MUG', coming, onTheWay: coming, arrived }],
  });
  scene.inventory.transfers.ship(transfer, `${id}.1`, 3);
  scene.inventory.transfers.end(transfer, `${id}.1`, { most: 2, isLost: false });
  await scene.tell(orderTransferChanged, figures('1', '2'), { system: 'inventory', key: id });
  await until(id, '1 RESERVED', '2 RELEASED');
  scene.inventory.transfers.end(transfer, `${id}.1`, { most: 1, isLost: false });
  await scene.tell(orderTransferChanged, figures('0', '3'), { system: 'inventory', key: id });
  await until(id, '3 RELEASED');

  const atCounter = (quantity: string) => ({ order: id, location: 'LEEDS', lines: [{ ...line, quantity }] });
  await scene.tell(pickupReadyRecorded, atCounter('3'), { system: 'pos-north' });
  expect(await until(id, '3 READY_FOR_PICKUP')).toMatchObject({ pickups: [{ location: { id: 'LEEDS' } }] });
  scene.inventory.ship(`${id}.1`, 'MUG', { location: 'LEEDS', quantity: 3 });
  await scene.tell(collectionRecorded, { ...atCounter('3'), proof: 'SIGNATURE' }, { system: 'pos-north' });
  expect(await until(id, '3 DELIVERED')).toMatchObject({
    pickups: [],
    shipments: [{ handOver: { proof: 'SIGNATURE' } }],
  });
  expect(scene.telemetry.total('orders_facts_parked_total')).toBe(0);
});

test('goods that a warehouse system will not send after all are brought from elsewhere', async () => {
  for (const location of ['LEEDS', 'LONDON']) scene.inventory.put('MUG', location, 0);
  const id = await place();
  await waitFor(() => scene.wms.releases.length > 0, 'the work of the warehouse');
  scene.inventory.put('MUG', 'LONDON', 5);
  const lines = [{ lineId: '1', orderLine: `${id}.1`, sku: 'MUG', quantity: '3' }];
  const ended = { order: `${id}.b1`, location: 'DC', outcome: 'REJECTED' as const, reason: 'flooded', lines };
  await scene.tell(releaseEnded, ended);
  const order = await waitFor(async () => {
    const now = await read(id);
    return now.transfers.length === 2 ? now : undefined;
  }, 'the second transfer');
  expect(order.transfers).toMatchObject([{ lines: [{ coming: '0' }] }, { id: `${id}.b2`, lines: [{ coming: '3' }] }]);
});

test('a marketplace may sell what is collected in a store', async () => {
  const line = { lineId: 'm1', sku: 'MUG', quantity: '1', unitPriceMinor: 100, pickupAt: 'LEEDS' };
  const data = { channel: 'WEB', externalId: 'M-1', currency: 'GBP', lines: [line], charges: [] };
  await scene.tell(marketplaceOrderReceived, data, { system: 'bazaar', key: 'WEB/M-1' });
  const find =
    '{ orderByExternalId(channel: "WEB", externalId: "M-1") { lines { pickupLocation { id } location { id } } } }';
  const found = await waitFor(async () => {
    const { data: answer } = await scene.ask(AGENT, find);
    return answer?.orderByExternalId?.lines[0].location ? answer.orderByExternalId : undefined;
  }, 'the order');
  expect(found.lines).toEqual([{ pickupLocation: { id: 'LEEDS' }, location: { id: 'LEEDS' } }]);
});

test('nothing is placed to be collected where nobody hands over', async () => {
  await waitFor(() => hasCode('NOT_SOLD_HERE', at('DC')), 'the warehouse');
  expect(await hasCode('UNKNOWN_LOCATION', at('NOWHERE'))).toBe(true);
});

test('a store does its own part alone, each act once, and with what belongs to it', async () => {
  const id = await place();
  await until(id, '3 RELEASED');
  const work = (step: string, more: object = {}, who = LEEDS) =>
    scene.ask(who, DO, { input: { order: id, location: 'LEEDS', idempotencyKey: step, step, ...more } });
  const codes = async (step: string, more: object = {}, who = LEEDS) =>
    (await work(step, more, who)).errors.map(({ extensions }) => extensions['code']);
  expect(await codes('PICK', {}, storeOf('LONDON'))).toEqual(['FORBIDDEN']);
  expect(await codes('PICK', { handOver: { proof: 'SIGNATURE' } })).toEqual(['BAD_USER_INPUT']);
  expect(await codes('SHORT_PICK')).toEqual(['BAD_USER_INPUT']);
  const lines = [{ line: `${id}.1`, quantity: '1' }];
  // One is not found, and is brought from elsewhere.
  expect(await codes('SHORT_PICK', { lines })).toEqual([]);
  expect(await codes('SHORT_PICK', { lines })).toEqual([]);
  expect(await codes('SHORT_PICK', { lines: [{ line: `${id}.1`, quantity: '2' }] })).toEqual([
    'IDEMPOTENCY_KEY_REUSED',
  ]);
  const after = await waitFor(async () => {
    const now = await read(id);
    return now.transfers.length === 1 ? now : undefined;
  }, 'the missing one');
  expect(after.lines[0].states).toEqual([
    { state: 'RESERVED', quantity: '1' },
    { state: 'RELEASED', quantity: '2' },
  ]);
  expect(await codes('PICK')).toEqual([]);
  expect(await codes('HAND_OVER')).toEqual(['ILLEGAL_TRANSITION']);
});
