import { expect, test } from '@jest/globals';
import { testConfig } from '../../kernel/testing/config.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { parcelTracked } from '../../schema/events/inbox-parcels.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { CANCEL, FULFIL, PLACE } from './testing/documents.ts';
import { AGENT, storeOf, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

/*
 * A process of orders dies with one of its writes, which is durable by then or is not, and another takes its place. Clients
 * ask again what they were not answered. Wherever it dies, the order comes to its end, and nothing is done twice.
 */

const openScene = useScenes();

const STATE = `query ($id: ID!) { order(id: $id) {
  status lines { states { state } } labels { status } shipments { id trackingNumber }
  timeline(first: 200) { edges { node { type } } }
} }`;

interface State {
  readonly status: string;
  readonly lines: readonly { readonly states: readonly { readonly state: string }[] }[];
  readonly labels: readonly { readonly status: string }[];
  readonly timeline: { readonly edges: readonly { readonly node: { readonly type: string } }[] };
}

interface Asking {
  readonly as: Identity;
  readonly document: string;
  readonly variables: Record<string, unknown>;
}

/** Asks until somebody answers, as every client would. */
async function insist<T>(scene: Scene, { as, document, variables }: Asking): Promise<T> {
  return waitFor(async () => {
    if (scene.fate.isDead) await scene.restart();
    const { data, errors } = await scene.ask(as, document, variables);
    return errors.length === 0 ? (data as T) : undefined;
  }, 'an answer');
}

async function until(scene: Scene, id: string, isSo: (state: State) => boolean, what: string): Promise<State> {
  return waitFor(async () => {
    const { order } = await insist<{ order: State }>(scene, { as: AGENT, document: STATE, variables: { id } });
    return isSo(order) ? order : undefined;
  }, what);
}

const SHIP_TO = { name: 'A. Customer', street: '2 Low Road', city: 'York', postalCode: 'YO1 1AA', country: 'GB' };

/** A store has packed what it sends, with a label of the hub's. */
async function pack(scene: Scene): Promise<string> {
  scene.inventory.put('MUG', 'DC', 0);
  const input = {
    channel: 'SHOP',
    externalId: 'S-1',
    customer: 'ann',
    shipTo: SHIP_TO,
    lines: [{ sku: 'MUG', quantity: '2', unitPriceMinor: 100 }],
    tenders: [{ tender: 'CARD', amountMinor: 200, provider: { system: scene.psp.system, token: 'tok_visa' } }],
  };
  const { placeOrder } = await insist<{ placeOrder: { order: { id: string } } }>(scene, {
    as: AGENT,
    document: PLACE,
    variables: { input },
  });
  const { id } = placeOrder.order;
  await until(scene, id, inState('RELEASED'), 'the work in the store');
  for (const step of ['PICK', 'PACK']) await fulfil(scene, id, step);
  await until(scene, id, ({ labels }) => labels[0]?.status === 'BOUGHT', 'the label');
  return id;
}

const inState =
  (wanted: string) =>
  ({ lines }: State): boolean =>
    lines[0]?.states[0]?.state === wanted;

async function fulfil(scene: Scene, order: string, step: string): Promise<void> {
  const variables = { input: { order, location: 'LONDON', step, idempotencyKey: step } };
  await insist(scene, { as: storeOf('LONDON'), document: FULFIL, variables });
}

/** From the shop to the customer's door. */
async function send(scene: Scene): Promise<void> {
  const id = await pack(scene);
  await fulfil(scene, id, 'SHIP');
  const told = { parcel: 'trk-1', carrier: 'meridian', trackingNumber: 'MP-1', reference: `${id}.l1` };
  const delivered = { ...told, status: 'DELIVERED' } as const;
  await scene.tell(parcelTracked, delivered, { system: 'parcels-main', eventId: 'e-1', key: 'trk-1' });
  await until(scene, id, inState('DELIVERED'), 'the arrival');
  await assertDoneOnce(scene, id, ['PAYMENT_CAPTURED']);
  expect(scene.inventory.movements.map(({ kind }) => kind)).toEqual(['PICK', 'SHIP']);
  expect(scene.carrier.voided).toEqual([]);
}

/** The customer thinks better of it when the parcel stands in the store. */
async function callOff(scene: Scene): Promise<void> {
  const id = await pack(scene);
  await insist(scene, { as: AGENT, document: CANCEL, variables: { input: { order: id, reason: 'CUSTOMER' } } });
  await until(scene, id, ({ status }) => status === 'CANCELLED', 'the end');
  await assertDoneOnce(scene, id, ['LABEL_VOIDED', 'PAYMENT_VOIDED']);
  expect(scene.carrier.voided).toEqual(['lbl-1']);
  expect([...scene.inventory.allocations.values()].filter((quantity) => quantity > 0)).toEqual([]);
}

/** Nothing was done twice, and nothing is left to be done. */
async function assertDoneOnce(scene: Scene, id: string, last: readonly string[]): Promise<void> {
  const addresses = await scene.platform.documents.collection({ name: 'orders-addresses', indexes: [] });
  const isDone = ({ timeline }: State): boolean =>
    last.every((type) => timeline.edges.some(({ node }) => node.type === type));
  const { timeline } = await until(scene, id, isDone, 'the money');
  await waitFor(async () => {
    if (scene.fate.isDead) await scene.restart();
    return (await addresses.find({ limit: 1 })).length === 0;
  }, 'the address to be forgotten');
  const types = timeline.edges.map(({ node }) => node.type);
  const once = types.filter((type) => !type.startsWith('CUSTOMER_') && !type.startsWith('NOTICE_'));
  expect(once.filter((type, index) => once.indexOf(type) !== index)).toEqual([]);
  expect(types.filter((type) => /REFUSED|REGRESSION|STUCK|MISMATCH/.test(type))).toEqual([]);
  expect([...scene.carrier.sold.keys()]).toHaveLength(1);
  expect([...scene.inventory.reservations.values()].filter(({ isActive }) => isActive)).toEqual([]);
}

/** Bears that a process is gone for long on a slow machine. */
const PATIENT = { deliveriesMax: 10_000 };

const { propertyRuns, propertySeed = Date.now() % 1_000_000 } = testConfig();

test.each([
  ['is sent', send],
  ['is called off', callOff],
])(`an order that %s comes to its end once, wherever the process dies (seed ${propertySeed})`, async (_what, live) => {
  const whole = await openScene(PATIENT);
  const before = whole.fate.writes;
  await live(whole);
  const writes = whole.fate.writes - before;
  expect(writes).toBeGreaterThan(20);
  const deaths = Math.min(2 * writes, Math.max(4, Math.ceil(propertyRuns / 25)));
  for (let no = 0; no < deaths; no++) {
    const at = 1 + ((propertySeed + Math.floor((no * writes) / deaths)) % writes);
    const scene = await openScene(PATIENT);
    scene.fate.dieAt(scene.fate.writes + at, no % 2 === 0);
    await live(scene);
    await scene.close();
  }
});
