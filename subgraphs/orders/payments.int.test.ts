import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { registerRefund } from '../../schema/commands/orders.ts';
import { deliveryRecorded, shipmentRecorded } from '../../schema/events/inbox-work.ts';
import { paymentRecorded } from '../../schema/events/inbox-payments.ts';
import { rpcSubjectOf } from '../../schema/events/subjects.ts';
import { ONE, PLACE } from './testing/documents.ts';
import { AGENT, ANN, storeOf, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

/* Payments and holds of the whole context: what is decided reaches the provider, also late, and holds last a restart. */

const openScene = useScenes();
const PROVIDER = { system: 'psp-main', token: 'tok_visa' };
const HOLD = `mutation ($input: PlaceHoldInput!) { placeHold(input: $input) { order { id status holds { id state } } } }`;
const MONEY = `query ($id: ID!) {
  order(id: $id) {
    taxCheck { state quote quoted { amountMinor } booking document }
    payments { reference operations { kind state amount { amountMinor } } }
  }
}`;
const RESOLVE = `mutation ($input: ResolveHoldInput!) { resolveHold(input: $input) { order { status } } }`;
const HOLDS = `query ($id: ID!) { order(id: $id) { status holds { id type state ended { by reason } } } }`;

interface Placed {
  readonly id: string;
  readonly lines: readonly { readonly id: string; readonly states: readonly { readonly state: string }[] }[];
}

async function place(scene: Scene, tender = 'CARD', provider: object = PROVIDER): Promise<Placed> {
  const input = {
    channel: 'WEB',
    externalId: `W-${tender}`,
    lines: [{ sku: 'MUG', quantity: '2', unitPriceMinor: 500 }],
    tenders: [{ tender, amountMinor: 1_000, provider }],
  };
  const { data, errors } = await scene.ask(ANN, PLACE, { input });
  if (errors.length > 0) throw new Error(errors[0]?.message);
  return data.placeOrder.order as Placed;
}

/** The warehouse sends everything, and it arrives. */
async function deliver(scene: Scene, { id, lines }: Placed): Promise<void> {
  await waitFor(() => scene.wms.releases.some(({ order }) => order === id), 'the work');
  const sent = lines.map(({ id: orderLine }) => ({ lineId: '1', orderLine, sku: 'MUG', quantity: '2' }));
  await scene.tell(shipmentRecorded, { order: id, location: 'DC', shipment: 's-1', lines: sent });
  await scene.tell(deliveryRecorded, { order: id, shipment: 's-1' }, { key: id });
}

const one = async (scene: Scene, id: string) => (await scene.ask(AGENT, ONE, { id })).data.order;

describe('money', () => {
  test('that is taken at delivery is taken though nothing of the order is left to do', async () => {
    const scene = await openScene();
    const order = await place(scene, 'WALLET');
    await deliver(scene, order);
    await waitFor(() => scene.psp.sum('capture') === 1_000, 'the capture');
    await waitFor(async () => (await one(scene, order.id)).payments[0].captured.amountMinor === 1_000, 'the books');
    const { data } = await scene.ask(AGENT, MONEY, { id: order.id });
    const operation = { kind: 'CAPTURE', state: 'DONE', amount: { amountMinor: 1_000 } };
    expect(data.order).toEqual({
      taxCheck: null,
      payments: [{ reference: expect.stringMatching(/.+/), operations: [operation] }],
    });
    // Neither is for customers.
    const own = await scene.ask(ANN, MONEY, { id: order.id });
    expect(own.errors.map(({ extensions }) => extensions?.['code'])).toContain('FORBIDDEN');
    expect(JSON.stringify(own.data)).not.toContain('CAPTURE');
  });

  test('goes back by the provider long after delivery, once for one command, also when the provider is away', async () => {
    const scene = await openScene();
    const order = await place(scene);
    await deliver(scene, order);
    await waitFor(() => scene.psp.sum('capture') === 1_000, 'the capture');
    await waitFor(async () => (await one(scene, order.id)).payments[0].captured.amountMinor === 1_000, 'the books');
    scene.psp.isUp = false;
    const request = {
      commandId: 'refund-1',
      order: order.id,
      return: 'r-1',
      amount: { amountMinor: 300, currencyCode: 'GBP' },
    };
    const ask = () =>
      scene.platform.rpc.request(rpcSubjectOf(registerRefund.context, registerRefund.name), request, {
        timeoutMs: 5_000,
        correlationId: 'test',
      });
    await ask();
    await ask();
    expect((await one(scene, order.id)).payments[0].refunded.amountMinor).toBe(0);
    scene.psp.isUp = true;
    await waitFor(async () => (await one(scene, order.id)).payments[0].refunded.amountMinor === 300, 'the refund');
    expect(scene.psp.sum('refund')).toBe(300);
  });

  test('that nobody promised yet is asked for again by the next start', async () => {
    const scene = await openScene();
    scene.psp.isUp = false;
    const order = await place(scene);
    expect(await one(scene, order.id)).toMatchObject({ status: 'HELD' });
    await scene.subgraph.stop();
    scene.psp.isUp = true;
    await scene.subgraph.start();
    await waitFor(async () => (await one(scene, order.id)).status === 'PROCESSING', 'the promise');
    expect(scene.psp.promised.size).toBe(1);
  });

  test('is shown to whoever looks the order up by kind and amount alone', async () => {
    const scene = await openScene();
    const order = await place(scene);
    const query = `{ orderByExternalId(channel: "WEB", externalId: "W-CARD") {
      payments { provider status authorized { amountMinor } } holds { id } } }`;
    const { data } = await scene.ask(storeOf('LEEDS'), query);
    expect(data.orderByExternalId).toEqual({
      payments: [{ provider: null, status: null, authorized: { amountMinor: 1_000 } }],
      holds: [],
    });
    expect(order.id).not.toBe('');
  });

  test('of a provider that is not connected, or named in two ways, is refused', async () => {
    const scene = await openScene();
    await expect(place(scene, 'CARD', { system: 'nobody', token: 't' })).rejects.toThrow('No payment system nobody');
    await expect(place(scene, 'CARD', { ...PROVIDER, reference: 'r' })).rejects.toThrow(
      'either a token or a reference',
    );
  });
});

describe('a callback', () => {
  const told = (payment: string, merchantReference: string) => ({
    payment,
    merchantReference,
    kind: 'CHARGEBACK' as const,
    outcome: 'SUCCEEDED' as const,
    operation: 'cb-1',
    amount: { amountMinor: 100, currencyCode: 'GBP' },
  });

  test('is taken in once, and one about a payment that no order has waits', async () => {
    const scene = await openScene();
    const order = await place(scene);
    await deliver(scene, order);
    await waitFor(async () => (await one(scene, order.id)).payments[0].captured.amountMinor === 1_000, 'the books');
    const about = told(`pay-${order.id}.p1`, `${order.id}.p1`);
    await scene.tell(paymentRecorded, told('pay-9', 'basket-9'), { system: 'psp-main' });
    for (const eventId of ['e-1', 'e-1', 'e-2']) {
      await scene.tell(paymentRecorded, about, { system: 'psp-main', eventId });
    }
    const types = async (): Promise<string[]> =>
      (await one(scene, order.id)).timeline.edges.map(({ node }: { node: { type: string } }) => node.type);
    await waitFor(async () => (await types()).includes('PAYMENT_CHARGED_BACK'), 'the chargeback');
    await waitFor(() => scene.telemetry.total('orders_facts_parked_total') === 1, 'the fact to be parked');
    expect((await types()).filter((type) => type === 'PAYMENT_CHARGED_BACK')).toHaveLength(1);
  });
});

describe('a hold', () => {
  const hold = (order: string, changes: object = {}) => ({
    input: { order, idempotencyKey: 'h-1', type: 'CS_REVIEW', reason: 'Look', authority: 'desk', ...changes },
  });

  test('keeps work from a warehouse that was away when it was to get it', async () => {
    const scene = await openScene();
    scene.wms.isUp = false;
    const { id } = await place(scene);
    await waitFor(async () => (await one(scene, id)).lines[0].states[0].state === 'ALLOCATED', 'the allocation');
    const held = await scene.ask(AGENT, HOLD, hold(id, { blocks: ['RELEASE'] }));
    const placed = held.data.placeHold.order.holds.at(-1);
    scene.wms.isUp = true;
    // Another order, placed later, is through before this one may be.
    const other = await place(scene, 'GIFT_CARD');
    await waitFor(() => scene.wms.releases.some(({ order }) => order === other.id), 'the work of the other order');
    expect(scene.wms.releases.some(({ order }) => order === id)).toBe(false);
    const end = { order: id, hold: placed.id, outcome: 'RESOLVED', reason: 'Fine', authority: 'desk' };
    const resolved = await scene.ask(AGENT, RESOLVE, { input: end });
    expect(resolved.data.resolveHold.order.status).toBe('PROCESSING');
    await waitFor(() => scene.wms.releases.some(({ order }) => order === id), 'the work');
  });

  test('ends at its time, after a restart as well', async () => {
    const scene = await openScene({ alarmPollMs: 5 });
    scene.wms.isUp = false;
    const { id } = await place(scene);
    const expiresAt = new Date(scene.platform.clock.nowMs() + 300).toISOString();
    await scene.ask(AGENT, HOLD, hold(id, { expiresAt }));
    await scene.subgraph.stop();
    await scene.subgraph.start();
    const ended = await waitFor(async () => {
      const { order } = (await scene.ask(AGENT, HOLDS, { id })).data;
      return order.status === 'PROCESSING' ? order : undefined;
    }, 'the end');
    expect(ended.holds.at(-1)).toMatchObject({ type: 'CS_REVIEW', state: 'RESOLVED', ended: { by: 'hub' } });
  });

  test('is refused without words, or at an instant that has passed', async () => {
    const scene = await openScene();
    const { id } = await place(scene);
    for (const change of [
      { reason: ' ' },
      { authority: '' },
      { expiresAt: '2020-01-01T00:00:00.000Z' },
      { blocks: [] },
    ]) {
      const { errors } = await scene.ask(AGENT, HOLD, hold(id, change));
      expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
  });
});
