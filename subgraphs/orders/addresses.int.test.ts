import { describe, expect, test } from '@jest/globals';
import type { Identity } from '../../kernel/model/identity.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { marketplaceOrderReceived, type MarketplaceOrderReceived } from '../../schema/events/inbox-marketplace.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import { FULFIL, PLACE } from './testing/documents.ts';
import { AGENT, ANN, BOB, storeOf, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

/* Where an order is sent: kept apart from it, told to whoever sends it, and changed with it. */

const openScene = useScenes();

const YORK = { name: 'Ann Customer', street: '2 Low Road', city: 'York', postalCode: 'YO1 1AA', country: 'GB' };
/** What a marketplace has sold. */
const SOLD: MarketplaceOrderReceived = {
  channel: 'WEB',
  externalId: 'M-1',
  currency: 'GBP',
  acknowledgeBy: '2100-01-05T13:00:00.000Z',
  lines: [{ lineId: 'item-1', sku: 'MUG', quantity: '2', unitPriceMinor: 100 }],
  charges: [],
};
const SHIP_TO = `query ($id: ID!) { order(id: $id) {
  shipTo { name street city postalCode country }
  revision
  lines { states { state quantity } }
  labels { status }
  timeline(first: 200) { edges { node { type } } }
} }`;

/** Two mugs for York: from the warehouse, or from the store in London where the warehouse has none. */
async function place(scene: Scene, more: object = {}): Promise<string> {
  const input = {
    channel: 'WEB',
    externalId: 'W-1',
    customer: 'ann',
    shipTo: YORK,
    lines: [{ sku: 'MUG', quantity: '2', unitPriceMinor: 100 }],
    tenders: [{ tender: 'CARD', amountMinor: 200 }],
    ...more,
  };
  const { data, errors } = await scene.ask(AGENT, PLACE, { input });
  expect(errors).toEqual([]);
  return data.placeOrder.order.id as string;
}

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the query
const read = async (scene: Scene, id: string, who: Identity = AGENT): Promise<any> =>
  (await scene.ask(who, SHIP_TO, { id })).data.order;

const released = (scene: Scene, id: string) =>
  waitFor(async () => (await read(scene, id)).lines[0].states[0].state === 'RELEASED', 'the work');

describe('the address of an order', () => {
  test('goes to the warehouse with the work, and stands nowhere in the order or its events', async () => {
    const scene = await openScene();
    const id = await place(scene);
    await released(scene, id);
    expect(scene.wms.releases).toMatchObject([{ order: id, location: 'DC', shipTo: YORK }]);
    await scene.platform.documents.flushOutbox();
    const messages = await scene.platform.streams.read(streamOf('orders'), 0, 1_000);
    expect(messages.length).toBeGreaterThan(0);
    expect(JSON.stringify(messages)).not.toContain(YORK.street);
  });

  test('is asked of the marketplace that took it when the warehouse or a store gets the work, which waits for that', async () => {
    const scene = await openScene();
    scene.market.addresses.set('M-1', YORK);
    scene.market.isUp = false;
    await scene.tell(marketplaceOrderReceived, SOLD, { eventId: 'order:M-1', system: 'market-north', key: 'M-1' });
    await waitFor(() => scene.market.addressesAsked > 1, 'the marketplace to be asked');
    expect(scene.wms.releases).toEqual([]);
    scene.market.isUp = true;
    await waitFor(() => scene.wms.releases.length > 0, 'the work');
    expect(scene.wms.releases).toMatchObject([{ location: 'DC', shipTo: YORK }]);

    scene.inventory.put('MUG', 'DC', 0);
    scene.inventory.put('MUG', 'LONDON', 0);
    scene.market.addresses.set('M-2', YORK);
    const sold = { ...SOLD, externalId: 'M-2' };
    await scene.tell(marketplaceOrderReceived, sold, { eventId: 'order:M-2', system: 'market-north', key: 'M-2' });
    const BY_NUMBER = `{ orderByExternalId(channel: "WEB", externalId: "M-2") { shipTo { city } } }`;
    await waitFor(
      async () => (await scene.ask(storeOf('LEEDS'), BY_NUMBER)).data?.orderByExternalId?.shipTo?.city === 'York',
      'the store to see where it goes',
    );
  });

  test('is for its customer, agents, and the store that sends it', async () => {
    const scene = await openScene();
    scene.inventory.put('MUG', 'DC', 0);
    const id = await place(scene);
    await released(scene, id);
    for (const who of [AGENT, ANN, storeOf('LONDON')]) expect((await read(scene, id, who)).shipTo).toEqual(YORK);
    expect(await read(scene, id, BOB)).toBeNull();
    const operator: Identity = { ...AGENT, scopes: ['orders:read', 'operations:read'] };
    expect((await read(scene, id, operator)).shipTo).toBeNull();
  });
});

/** More writes than a change of the address makes, with what else is written at the same time. */
const WRITES_MAX = 20;
const EDIT = `mutation ($input: EditOrderInput!) { editOrder(input: $input) { order { revision } } }`;
const LEEDS = { name: 'Ann Customer', street: '9 Mill Lane', city: 'Leeds', postalCode: 'LS1 2BB', country: 'GB' };

const edit = (scene: Scene, order: string, input: object) =>
  scene.ask(AGENT, EDIT, {
    input: { order, idempotencyKey: 'e1', expectedRevision: 1, reason: 'They moved.', ...input },
  });

const kept = async (scene: Scene) => {
  const addresses = await scene.platform.documents.collection({ name: 'orders-addresses', indexes: [] });
  return JSON.stringify(await addresses.find({ limit: 5 }));
};

describe('another address', () => {
  test('takes the place of the old one, which is kept nowhere, and the warehouse hears of it', async () => {
    const scene = await openScene();
    const id = await place(scene);
    await released(scene, id);
    expect((await edit(scene, id, { shipTo: LEEDS })).errors).toEqual([]);
    await waitFor(() => scene.wms.redirections.length > 0, 'the warehouse to hear of it');
    expect(scene.wms.redirections).toEqual([{ order: id, location: 'DC', shipTo: LEEDS }]);
    expect(await read(scene, id)).toMatchObject({ shipTo: LEEDS, revision: 2 });
    expect(await kept(scene)).not.toContain(YORK.street);
    expect((await edit(scene, id, { shipTo: LEEDS })).data.editOrder.order.revision).toBe(2);
    const other = await edit(scene, id, { shipTo: { ...LEEDS, name: 'Bob' } });
    expect(other.errors[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    expect((await read(scene, id)).shipTo).toEqual(LEEDS);
    expect(await kept(scene)).not.toContain('Bob');
  });

  test('and the order fit whenever the process dies, and asking again brings both to their end', async () => {
    const scene = await openScene();
    const id = await place(scene);
    await released(scene, id);
    const outcomes = new Set<number>();
    for (let write = 1; outcomes.size < 2 && write <= WRITES_MAX; write++) {
      const { shipTo: before, revision } = await read(scene, id);
      const shipTo = { ...LEEDS, street: `${write} Mill Lane` };
      const asked = { idempotencyKey: `e-${write}`, expectedRevision: revision, shipTo };
      scene.fate.dieAt(scene.fate.writes + write, true);
      await edit(scene, id, asked);
      await scene.restart();
      const now = await read(scene, id);
      expect(now.shipTo).toEqual(now.revision === revision ? before : shipTo);
      outcomes.add(now.revision - revision);
      expect((await edit(scene, id, asked)).errors).toEqual([]);
      expect(await read(scene, id)).toMatchObject({ shipTo, revision: revision + 1 });
    }
    expect(outcomes).toEqual(new Set([0, 1]));
    const { shipTo } = await read(scene, id);
    await waitFor(() => scene.wms.redirections.at(-1)?.shipTo.street === shipTo.street, 'the warehouse');
  });

  test('that is missing where it goes elsewhere keeps labels from being bought, and is told', async () => {
    const scene = await openScene();
    scene.inventory.put('MUG', 'DC', 0);
    const id = await place(scene);
    await released(scene, id);
    const ireland = { country: 'IE' };
    expect((await edit(scene, id, { destination: ireland, shipTo: LEEDS })).errors[0]?.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    expect((await edit(scene, id, { destination: ireland })).errors).toEqual([]);
    const input = { order: id, location: 'LONDON', step: 'PICK', idempotencyKey: 'pick' };
    expect((await scene.ask(storeOf('LONDON'), FULFIL, { input })).errors).toEqual([]);
    const refused = await waitFor(async () => {
      const order = await read(scene, id);
      return order.labels.length > 0 && order;
    }, 'the label to be refused');
    expect(refused).toMatchObject({ shipTo: null, labels: [{ status: 'REFUSED' }] });
    expect([...scene.carrier.sold.values()]).toEqual([]);
    const dublin = { ...LEEDS, city: 'Dublin', postalCode: 'D02', country: 'IE' };
    const told = { idempotencyKey: 'e2', expectedRevision: 2, shipTo: dublin };
    expect((await edit(scene, id, told)).errors).toEqual([]);
    await waitFor(() => scene.carrier.sold.size > 0, 'the label');
    expect([...scene.carrier.sold.values()]).toMatchObject([{ to: dublin }]);
  });
});
