import { describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { EventEnvelope } from '../../kernel/model/event-envelope.ts';
import { ROLES } from '../../schema/scopes.ts';
import { locationRegistered } from '../../schema/events/inventory.ts';
import { streamOf } from '../../schema/events/subjects.ts';
import type { Identity } from '../../kernel/model/identity.ts';
import { CANCEL, PLACE } from './testing/documents.ts';
import { AGENT, ANN, storeOf, type Scene } from './testing/open-scene.ts';
import { useScenes } from './testing/use-scenes.ts';

const openScene = useScenes();

/* Where orders come from: rules, decisions, capacity and what becomes of work that nobody does, through the graph. */

const OPERATOR: Identity = { subject: 'ops', clientId: 'console', scopes: ROLES.operator, stores: '*' };
/** Before London in the network; the warehouse system runs DC, stores work with the hub itself. */
const STORES_ALONE = { nodes: [{ location: 'DC', rules: { isExcluded: true } }] };

const ORDER = `query ($id: ID!) { order(id: $id) {
  status
  lines {
    id location { id } states { state quantity }
    promise { earliestOn latestOn } expected { earliestOn latestOn }
    sourcingDecision { id rulesVersion }
  }
  sourcingDecisions {
    id policy rulesVersion inputsHash costMinor
    lines { line sku { id } quantity omittedCount candidates {
      location { id } available outcome because chosen distanceKm leavesOn costMinor promise { earliestOn latestOn }
    } }
  }
  timeline(first: 200) { edges { node { type summary } } }
} }`;
const DRAFT = `mutation ($input: DraftSourcingRulesInput!) { draftSourcingRules(input: $input) {
  version { number status rules { splitPenaltyMinor defaults { cutOff } nodes { location rules { ordersPerDay } } } drafted { by reason } }
} }`;
const ACTIVATE = `mutation ($input: ActivateSourcingRulesInput!) { activateSourcingRules(input: $input) {
  version { number status effectiveAt activated { by reason } }
} }`;
const WITHDRAW = `mutation ($input: WithdrawSourcingRulesInput!) { withdrawSourcingRules(input: $input) {
  version { status withdrawn { by reason } }
} }`;
const VERSIONS = `{
  now: sourcingRules { number status withdrawn { by } }
  before: sourcingRules(at: "2020-01-01T00:00:00.000Z") { number drafted { by } rules { nodes { location } } }
  list: sourcingRulesVersions { edges { node { number status } } }
}`;
const REJECT = `mutation ($input: RejectWorkInput!) { rejectWork(input: $input) { order { id } } }`;
const LIMIT = `mutation ($input: LimitNodeCapacityInput!) { limitNodeCapacity(input: $input) {
  day { ordersPerDay orders isLimited }
} }`;
const CAPACITY = `query ($location: ID!) { nodeCapacity(location: $location, days: 1) { day orders units ordersPerDay } }`;
const AGAIN = `mutation ($input: SourceAgainInput!) { sourceAgain(input: $input) { order { id } } }`;
const CART = `query ($lines: [SourceCartLineInput!]!, $destination: DestinationInput, $rulesVersion: Int) {
  sourceCart(channel: "WEB", lines: $lines, destination: $destination, rulesVersion: $rulesVersion) {
    isWhole parcelCount estimates { promise { latestOn } waitsForSupply }
    decision { rulesVersion lines { line candidates { location { id } outcome because } } }
  }
}`;
const TRY = `query ($version: Int!) { trySourcingRules(version: $version) {
  triedCount incompleteCount parcelsBefore parcelsAfter changes { order before after }
} }`;

async function setRules(scene: Scene, rules: object): Promise<number> {
  const drafted = await scene.ask(OPERATOR, DRAFT, { input: { rules, reason: 'test' } });
  expect(drafted.errors).toEqual([]);
  const { number } = drafted.data.draftSourcingRules.version;
  const activated = await scene.ask(OPERATOR, ACTIVATE, { input: { version: number, reason: 'test' } });
  expect(activated.errors).toEqual([]);
  return number as number;
}

let ordinal = 0;

async function place(scene: Scene, lines: readonly (readonly [sku: string, quantity: number])[], more: object = {}) {
  const input = {
    channel: 'WEB',
    externalId: `W-${++ordinal}`,
    lines: lines.map(([sku, quantity]) => ({ sku, quantity: String(quantity), unitPriceMinor: 100 })),
    tenders: [{ tender: 'CARD', amountMinor: lines.reduce((sum, [, quantity]) => sum + quantity * 100, 0) }],
    ...more,
  };
  const { data, errors } = await scene.ask(AGENT, PLACE, { input });
  expect(errors).toEqual([]);
  return data.placeOrder.order as { id: string; lines: { id: string }[] };
}

// oxlint-disable-next-line typescript/no-explicit-any -- the shape is that of the query
async function until(scene: Scene, id: string, holds: (order: any) => boolean): Promise<any> {
  return waitFor(async () => {
    const { data } = await scene.ask(AGENT, ORDER, { id });
    return data.order && holds(data.order) ? data.order : undefined;
  }, `order ${id}`);
}

const isReleasedAt =
  (...locations: string[]) =>
  (order: { lines: { location: { id: string } | null; states: { state: string }[] }[] }): boolean =>
    order.lines.every(
      ({ location, states }, index) =>
        states.length === 1 && states[0]?.state === 'RELEASED' && location?.id === (locations[index] ?? locations[0]),
    );

const fatesOf = (decision: {
  lines: { candidates: { location: { id: string }; outcome: string; because: string }[] }[];
}) =>
  decision.lines.map(({ candidates }) =>
    Object.fromEntries(candidates.map(({ location, outcome, because }) => [location.id, because ?? outcome])),
  );

describe('a decision', () => {
  test('is kept with every location that was looked at, for agents alone', async () => {
    const scene = await openScene();
    const { id } = await place(scene, [['MUG', 3]], { customer: 'ann' });
    const order = await until(scene, id, isReleasedAt('DC'));
    expect(order.sourcingDecisions).toHaveLength(1);
    const [decision] = order.sourcingDecisions;
    expect(decision).toMatchObject({ policy: 'cheapest-nodes/1', rulesVersion: 0, costMinor: 0 });
    expect(decision.lines[0].candidates[0]).toMatchObject({ available: '10', chosen: '3', costMinor: 0 });
    expect(fatesOf(decision)).toEqual([{ DC: 'CHOSEN', LONDON: 'COSTS_MORE', LEEDS: 'COSTS_MORE' }]);
    expect(order.lines[0].sourcingDecision).toEqual({ id: decision.id, rulesVersion: 0 });
    const { errors } = await scene.ask(ANN, ORDER, { id });
    expect(new Set(errors.map((error) => error.extensions.code))).toEqual(new Set(['FORBIDDEN']));
  });

  test('is made for a cart without claiming or keeping anything, also by rules that do not hold', async () => {
    const scene = await openScene();
    const done = scene.inventory.done.length;
    const rules = { splitPenaltyMinor: 900, ...STORES_ALONE };
    const drafted = await scene.ask(OPERATOR, DRAFT, { input: { rules, reason: 'peak' } });
    const lines = [
      { sku: 'mug', quantity: '4' },
      { sku: 'JUG', quantity: '11' },
    ];
    const now = await scene.ask(AGENT, CART, { lines });
    expect(now.errors).toEqual([]);
    expect(now.data.sourceCart).toMatchObject({ isWhole: false, parcelCount: 1, estimates: [null, null] });
    expect(fatesOf(now.data.sourceCart.decision)[1]).toEqual({ DC: 'TOO_FEW', LONDON: 'TOO_FEW', LEEDS: 'TOO_FEW' });
    const { number } = drafted.data.draftSourcingRules.version;
    const other = await scene.ask(OPERATOR, CART, { lines: lines.slice(0, 1), rulesVersion: number });
    expect(fatesOf(other.data.sourceCart.decision)[0]).toMatchObject({ DC: 'EXCLUDED_BY_RULE', LONDON: 'CHOSEN' });
    expect(scene.inventory.done).toHaveLength(done);
    expect(scene.inventory.reservations.size).toBe(0);
    const refused = await scene.ask(ANN, CART, { lines });
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const tooMany = await scene.ask(AGENT, CART, { lines: Array.from({ length: 101 }, () => lines[0]) });
    expect(tooMany.errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('rules', () => {
  test('are drafted, hold from an instant on, and say in each decision which they were', async () => {
    const scene = await openScene();
    const drafted = await scene.ask(OPERATOR, DRAFT, { input: { rules: STORES_ALONE, reason: 'strike' } });
    expect(drafted.data.draftSourcingRules.version).toMatchObject({
      number: 1,
      status: 'DRAFT',
      drafted: { by: 'console/ops', reason: 'strike' },
    });
    const planned = await scene.ask(OPERATOR, ACTIVATE, {
      input: { version: 1, effectiveAt: new Date(Date.now() + 86_400_000).toISOString(), reason: 'later' },
    });
    expect(planned.data.activateSourcingRules.version.status).toBe('PLANNED');
    const again = await scene.ask(OPERATOR, ACTIVATE, { input: { version: 1, reason: 'twice' } });
    expect(again.errors[0]?.extensions.code).toBe('RULE_VERSION_NOT_PLANNED');
    const first = await place(scene, [['MUG', 1]]);
    await until(scene, first.id, isReleasedAt('DC'));
    expect(await setRules(scene, STORES_ALONE)).toBe(2);
    const second = await place(scene, [['MUG', 1]]);
    const order = await until(scene, second.id, isReleasedAt('LONDON'));
    expect(order.sourcingDecisions[0].rulesVersion).toBe(2);
    const versions = await scene.ask(OPERATOR, VERSIONS);
    expect(versions.data.now).toMatchObject({ number: 2, status: 'EFFECTIVE', withdrawn: null });
    expect(versions.data.before).toMatchObject({ number: 0, drafted: null, rules: { nodes: [] } });
    expect(versions.data.list.edges.map(({ node }: { node: object }) => node)).toEqual([
      { number: 2, status: 'EFFECTIVE' },
      { number: 1, status: 'PLANNED' },
    ]);
    const withdrawn = await scene.ask(OPERATOR, WITHDRAW, { input: { version: 1, reason: 'no strike' } });
    expect(withdrawn.data.withdrawSourcingRules.version).toMatchObject({
      status: 'WITHDRAWN',
      withdrawn: { by: 'console/ops', reason: 'no strike' },
    });
    const late = await scene.ask(OPERATOR, WITHDRAW, { input: { version: 2, reason: 'too late' } });
    expect(late.errors[0]?.extensions.code).toBe('RULE_VERSION_NOT_PLANNED');
    const trial = await scene.ask(OPERATOR, TRY, { version: 1 });
    expect(trial.data.trySourcingRules).toEqual({
      triedCount: 2,
      incompleteCount: 0,
      parcelsBefore: 2,
      parcelsAfter: 2,
      changes: [{ order: first.id, before: ['DC'], after: ['LONDON'] }],
    });
  });

  test('are refused by the field that is out of its bounds, and for whoever may not write any', async () => {
    const scene = await openScene();
    const { errors } = await scene.ask(OPERATOR, DRAFT, {
      input: { rules: { defaults: { cutOff: '25:00' } }, reason: 'x' },
    });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', details: { field: 'defaults.cutOff' } });
    const refused = await scene.ask(AGENT, DRAFT, { input: { rules: {}, reason: 'x' } });
    expect(refused.errors[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the day of a location', () => {
  test('is full for the next order, and free again when the first is called off', async () => {
    const scene = await openScene();
    await setRules(scene, { nodes: [{ location: 'DC', rules: { ordersPerDay: 1 } }] });
    await registerPlaces(scene);
    const first = await place(scene, [['MUG', 2]]);
    await until(scene, first.id, isReleasedAt('DC'));
    const second = await place(scene, [['MUG', 2]]);
    const order = await until(scene, second.id, isReleasedAt('LONDON'));
    expect(fatesOf(order.sourcingDecisions[0])[0]).toMatchObject({ DC: 'NO_CAPACITY', LONDON: 'CHOSEN' });
    expect(await capacityAt(scene, 'DC')).toMatchObject({ orders: 1, units: 2, ordersPerDay: 1 });
    await scene.ask(AGENT, CANCEL, { input: { order: first.id } });
    await waitFor(async () => (await capacityAt(scene, 'DC')).orders === 0);
    const third = await place(scene, [['MUG', 2]]);
    await until(scene, third.id, isReleasedAt('DC'));
  });

  test('is kept once for many orders at once, across a restart', async () => {
    const scene = await openScene();
    await setRules(scene, { nodes: [{ location: 'DC', rules: { ordersPerDay: 2 } }] });
    await registerPlaces(scene);
    const orders = await Promise.all([1, 2, 3, 4].map(() => place(scene, [['MUG', 1]])));
    await scene.subgraph.stop();
    await scene.subgraph.start();
    const placed = await Promise.all(
      orders.map(({ id }) => until(scene, id, (order) => order.lines[0].states[0].state === 'RELEASED')),
    );
    const places = placed.map((order) => order.lines[0].location.id as string);
    expect(places.sort()).toEqual(['DC', 'DC', 'LONDON', 'LONDON']);
    expect(await capacityAt(scene, 'DC')).toMatchObject({ orders: 2, units: 2 });
  });
});

describe('work that a store does not do', () => {
  const reject = (scene: Scene, order: string, more: object = {}) =>
    scene.ask(storeOf('LONDON'), REJECT, {
      input: { order, location: 'LONDON', idempotencyKey: `r-${order}`, reason: 'NOT_FOUND', ...more },
    });

  test('goes to the next one, and what is missing is set apart in the ledger', async () => {
    const scene = await openScene();
    await setRules(scene, STORES_ALONE);
    const { id, lines } = await place(scene, [['MUG', 2]]);
    await until(scene, id, isReleasedAt('LONDON'));
    expect((await reject(scene, id)).errors).toEqual([]);
    const order = await until(scene, id, isReleasedAt('LEEDS'));
    expect(fatesOf(order.sourcingDecisions[0])[0]).toMatchObject({ LONDON: 'DECLINED_BEFORE', LEEDS: 'CHOSEN' });
    await waitFor(() => scene.inventory.movements.length === 1);
    expect(scene.inventory.movements[0]).toMatchObject({ kind: 'SHORT_PICK', location: 'LONDON', document: id });
    expect(scene.inventory.allocations.get(`${lines[0]?.id}|LEEDS`)).toBe(2);
    expect((await reject(scene, id)).errors).toEqual([]);
    expect((await reject(scene, id, { reason: 'DAMAGED' })).errors[0]?.extensions.code).toBe('IDEMPOTENCY_KEY_REUSED');
    const nothing = await reject(scene, id, { idempotencyKey: 'other' });
    expect(nothing.errors[0]?.extensions.code).toBe('ILLEGAL_TRANSITION');
  });

  test('is rejected by its own staff alone, and not where a system has it', async () => {
    const scene = await openScene();
    const { id } = await place(scene, [['MUG', 1]]);
    await until(scene, id, isReleasedAt('DC'));
    const input = { order: id, location: 'DC', idempotencyKey: 'k', reason: 'CAPACITY' };
    expect((await scene.ask(storeOf('LONDON'), REJECT, { input })).errors[0]?.extensions.code).toBe('FORBIDDEN');
    expect((await scene.ask(storeOf('DC'), REJECT, { input })).errors[0]?.extensions.code).toBe('ILLEGAL_TRANSITION');
  });

  test('takes other orders of the same SKU along where the rules say so', async () => {
    const scene = await openScene();
    await setRules(scene, { ...STORES_ALONE, cascadesRejections: true });
    const first = await place(scene, [['MUG', 1]]);
    const second = await place(scene, [
      ['MUG', 1],
      ['JUG', 1],
    ]);
    await until(scene, first.id, isReleasedAt('LONDON'));
    await until(scene, second.id, isReleasedAt('LONDON'));
    await reject(scene, first.id);
    await until(scene, first.id, isReleasedAt('LEEDS'));
    const other = await until(scene, second.id, isReleasedAt('LEEDS', 'LONDON'));
    const summaries = other.timeline.edges.map(({ node }: { node: { summary: string } }) => node.summary).join();
    expect(summaries).toContain('CASCADE_SAME_SKU');
    expect(scene.inventory.movements).toHaveLength(1);
  });

  test('goes elsewhere when the store closes', async () => {
    const scene = await openScene();
    await setRules(scene, STORES_ALONE);
    await registerPlaces(scene);
    const { id } = await place(scene, [['MUG', 1]]);
    await until(scene, id, isReleasedAt('LONDON'));
    const { day } = await capacityAt(scene, 'LONDON');
    const input = { location: 'LONDON', day, ordersPerDay: 0, reason: 'flood' };
    const limited = await scene.ask(OPERATOR, LIMIT, { input });
    expect(limited.data.limitNodeCapacity.day).toMatchObject({ ordersPerDay: 0, isLimited: true });
    const order = await until(scene, id, isReleasedAt('LEEDS'));
    expect(order.timeline.edges.map(({ node }: { node: { summary: string } }) => node.summary).join()).toContain(
      'STORE_CLOSED',
    );
    const next = await place(scene, [['JUG', 1]]);
    const sourced = await until(scene, next.id, isReleasedAt('LEEDS'));
    expect(fatesOf(sourced.sourcingDecisions[0])[0]).toMatchObject({ LONDON: 'NO_CAPACITY' });
  });

  test('goes elsewhere as far as the day is too full for it, the newest first', async () => {
    const scene = await openScene();
    await setRules(scene, { nodes: [...STORES_ALONE.nodes, { location: 'LONDON', rules: { ordersPerDay: 3 } }] });
    await registerPlaces(scene);
    const orders: string[] = [];
    for (let each = 0; each < 3; each++) {
      const { id } = await place(scene, [['MUG', 1]]);
      await until(scene, id, isReleasedAt('LONDON'));
      orders.push(id);
    }
    const { day } = await capacityAt(scene, 'LONDON');
    await scene.ask(OPERATOR, LIMIT, { input: { location: 'LONDON', day, ordersPerDay: 2, reason: 'illness' } });
    const newest = await until(scene, orders[2] ?? '', isReleasedAt('LEEDS'));
    expect(newest.timeline.edges.map(({ node }: { node: { summary: string } }) => node.summary).join()).toContain(
      '(CAPACITY)',
    );
    await waitFor(async () => (await capacityAt(scene, 'LONDON')).orders === 2);
    for (const id of orders.slice(0, 2)) await until(scene, id, isReleasedAt('LONDON'));
  });

  test('is told to people when too many have failed, until somebody lets it be tried again', async () => {
    const scene = await openScene({ sourcingFailuresMax: 2 });
    const told = await listen(scene, ['order-exception-raised', 'order-exception-cleared']);
    await setRules(scene, STORES_ALONE);
    const { id } = await place(scene, [['MUG', 1]]);
    await until(scene, id, isReleasedAt('LONDON'));
    await reject(scene, id, { reason: 'CAPACITY' });
    await until(scene, id, isReleasedAt('LEEDS'));
    const input = { order: id, location: 'LEEDS', idempotencyKey: 'k', reason: 'CAPACITY' };
    await scene.ask(storeOf('LEEDS'), REJECT, { input });
    const given = await until(scene, id, (order) => typesOf(order).includes('SOURCING_GIVEN_UP'));
    await waitFor(() => told.length === 1);
    const evidence = given.lines[0].sourcingDecision.id as string;
    const about = { class: 'SOURCING_GIVEN_UP', severity: 'HIGH', order: id, sku: 'MUG', evidence };
    expect(told[0]?.data).toMatchObject(about);
    await scene.ask(AGENT, AGAIN, { input: { order: id, idempotencyKey: 'again' } });
    await until(scene, id, isReleasedAt('LONDON'));
    await waitFor(() => told.length === 2);
    expect(told[1]?.type).toBe('order-exception-cleared');
  });
});

describe('dates', () => {
  const RULES = {
    defaults: { handlingDays: 0 },
    transit: [{ earliestDays: 1, latestDays: 3 }],
    deliveryDays: [1, 2, 3, 4, 5, 6, 7],
    receivingDays: 1,
    onOrderSlackDays: 2,
  };
  const day = (ahead: number): string => new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10);
  const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Sku {
    id few: deliveryEstimate(channel: "WEB") { promise { earliestOn latestOn } waitsForSupply }
    many: deliveryEstimate(channel: "WEB", quantity: "12") { promise { earliestOn latestOn } waitsForSupply }
  } } }`;

  test('are promised with the order and kept when it is sourced', async () => {
    const scene = await openScene();
    await setRules(scene, RULES);
    const today = day(0);
    const { id } = await place(scene, [['MUG', 1]], { destination: { country: 'gb', postalCode: 'ls1 4ap' } });
    const order = await until(scene, id, isReleasedAt('DC'));
    // The day may turn while the test runs.
    const promises = [0, 1].map((turn) => ({ earliestOn: day(1 - turn), latestOn: day(3 - turn) }));
    expect(promises).toContainEqual(order.lines[0].promise);
    if (day(0) === today) expect(order.lines[0].expected).toEqual(order.lines[0].promise);
  });

  test('are estimated for many SKUs by one question to the ledger, from what is to come where too little is there', async () => {
    const scene = await openScene();
    await setRules(scene, RULES);
    const today = day(0);
    scene.inventory.expect('JUG', {
      kind: 'ON_ORDER',
      location: 'DC',
      quantity: '40',
      expectedAt: `${day(10)}T08:00:00.000Z`,
    });
    const representations = ['MUG', 'JUG', 'NONE'].map((id) => ({ __typename: 'Sku', id }));
    const questions = scene.inventory.questions;
    const { data, errors } = await scene.ask(ANN, ENTITIES, { representations });
    expect(errors).toEqual([]);
    expect(scene.inventory.questions - questions).toBe(1);
    const [mug, jug, none] = data._entities;
    if (day(0) === today) {
      expect(mug.few).toEqual({ promise: { earliestOn: day(1), latestOn: day(3) }, waitsForSupply: false });
      // Expected in ten days, sold a day later, perhaps two days late.
      expect(jug.many).toEqual({ promise: { earliestOn: day(12), latestOn: day(16) }, waitsForSupply: true });
    }
    expect([mug.many, none.few]).toEqual([null, null]);
  });

  test('are told by nobody where no time in transit is known', async () => {
    const scene = await openScene();
    const questions = scene.inventory.questions;
    const { data } = await scene.ask(ANN, ENTITIES, { representations: [{ __typename: 'Sku', id: 'MUG' }] });
    expect(data._entities[0]).toEqual({ id: 'MUG', few: null, many: null });
    expect(scene.inventory.questions).toBe(questions);
  });
});

const typesOf = (order: { timeline: { edges: { node: { type: string } }[] } }): readonly string[] =>
  order.timeline.edges.map(({ node }) => node.type);

async function registerPlaces(scene: Scene): Promise<void> {
  for (const location of ['DC', 'LONDON', 'LEEDS']) {
    const data = {
      location,
      name: location,
      type: 'STORE',
      timeZone: 'Europe/London',
      capabilities: ['SHIP' as const],
    };
    await scene.tell(locationRegistered, data, { key: location });
  }
  await waitFor(async () => (await scene.ask(AGENT, CAPACITY, { location: 'LEEDS' })).errors.length === 0);
}

async function capacityAt(scene: Scene, location: string) {
  const { data } = await scene.ask(AGENT, CAPACITY, { location });
  return data.nodeCapacity[0] as { day: string; orders: number; units: number; ordersPerDay: number | null };
}

async function listen(scene: Scene, types: readonly string[]): Promise<readonly EventEnvelope[]> {
  const told: EventEnvelope[] = [];
  await scene.platform.streams.consume({
    durable: 'test-listener',
    stream: streamOf('orders'),
    types,
    from: 'first',
    concurrencyMax: 1,
    deliveriesMax: 3,
    backoffMinMs: 5,
    backoffMaxMs: 20,
    handle: async ({ envelope }) => {
      told.push(envelope);
    },
  });
  return told;
}
