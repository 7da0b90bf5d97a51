import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { GraphqlFailure, type HubClient } from '../../scripts/client/hub-client.ts';
import { subscribe } from '../harness/live-frames.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readPositions, type PositionRow } from '../harness/read-state.ts';
import { openResumingView } from '../harness/resuming-view.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

/*
 * Black Friday: a promotion, a campaign at a marketplace, a flash sale while the tills ring, a store that opens and one that
 * has to close. Each chapter goes on from the last one, on one hub, through the public API and the simulated systems alone.
 * How many customers a hub serves at once is measured by `npm run bench -- orders --flash-sale`.
 */

const SKU = 'LAMP';
/** What is in no ERP. */
const HAMPER = 'HAMPER';
const SHOP = 'WEB-GB';
const MARKET = 'MARKET-GB';
const FLOODED_STORE = 'STORE-YORK';
const NEW_STORE = 'STORE-HARROGATE';

const SALE_PRICE_MINOR = 4_900;
const PROMOTION_IN_MS = 1_500;
const WAREHOUSE_UNITS = 20;
const FLOODED_UNITS = 4;
/** Kept from everybody online for who walks into the store in Leeds. */
const LEEDS_KEEPS = 3;
/** Kept from the marketplace for the shop. */
const SHOP_QUOTA = 10;
/** What is left for the marketplace. */
const CAMPAIGN = WAREHOUSE_UNITS + FLOODED_UNITS - SHOP_QUOTA;
/** So many for one each that they alone would take everything, and some for two. */
const FLASH_WANTED: readonly number[] = Array.from({ length: 40 }, (_, n) => (n % 4 === 0 ? 2 : 1));
/** Sold by the marketplace beyond what there is. */
const OWED = 2;
/** The first count of the new store. */
const OPENING = 5;

/** What the timeline of each order tells. */
const EXPLAINED = ['ORDER_PLACED', 'STOCK_ALLOCATED', 'WORK_RELEASED'];

const RULES = `mutation ($input: ChangeAvailabilityRulesInput!) { changeAvailabilityRules(input: $input) { effectiveAt } }`;
const REGISTER = `mutation ($input: RegisterNetworkInput!) { registerNetwork(input: $input) { network { id } } }`;
const AVAILABLE = `query ($channel: ID!) { availability(skus: ["${SKU}"], channel: $channel) {
  available terms { kind quantity } } }`;
const LIVE = `subscription ($after: ChangeCursor) { availabilityChanged(channel: "${SHOP}", skus: ["${SKU}"], after: $after) {
  cursor reset changes { key version deleted available } } }`;
const PRICES = `subscription { skuChanged(skus: ["${SKU}", "${HAMPER}"]) { cursor reset changes {
  key prices { kind amount { amountMinor currencyCode } } } } }`;
const PLACE = 'mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }';
const ORDERS = `{ orders(first: 100) { edges { node { id channel status
  lines { id ordered location { id } states { state quantity } } } } pageInfo { hasNextPage } } }`;
const STORY = `query ($id: ID!) { order(id: $id) {
  sourcingDecisions { lines { line candidates { location { id } outcome } } }
  timeline(first: 100) { edges { node { type summary } } } } }`;
const WORK = 'mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { order { id } } }';
const CLOSE = 'mutation ($input: LimitNodeCapacityInput!) { limitNodeCapacity(input: $input) { day { isLimited } } }';
const EXCEPTIONS = `query ($sku: ID!) { exceptions(first: 100, filter: { sku: $sku, statuses: [OPEN] }) {
  edges { node { class summary } } } }`;
const PROMISES = `query ($id: ID!) { order(id: $id) { lines { promise { latestOn } expected { latestOn } } } }`;
const TO_COME = `{ availability(skus: ["${HAMPER}"], channel: "${SHOP}") { supply { quantity } } }`;

interface OrderData {
  readonly id: string;
  readonly channel: string;
  readonly status: string;
  readonly lines: readonly {
    readonly id: string;
    readonly ordered: string;
    readonly location: { readonly id: string } | null;
    readonly states: readonly { readonly state: string; readonly quantity: string }[];
  }[];
}

interface Story {
  readonly sourcingDecisions: readonly {
    readonly lines: readonly {
      readonly line: string;
      readonly candidates: readonly { readonly location: { readonly id: string }; readonly outcome: string }[];
    }[];
  }[];
  readonly timeline: {
    readonly edges: readonly { readonly node: { readonly type: string; readonly summary: string } }[];
  };
}

interface Available {
  readonly available: string;
  readonly terms: readonly { readonly kind: string; readonly quantity: string }[];
}

interface AvailabilityChange {
  readonly key: string;
  readonly version: number;
  readonly deleted: boolean;
  readonly available: string;
}

interface SkuPrice {
  readonly kind: string | null;
  readonly amount: object;
}

let demo: DemoHub;
let agent: HubClient;
let operator: HubClient;
/** Whatever the shop has said yes to. */
const acknowledged: string[] = [];

beforeAll(async () => {
  demo = await openDemoHub({ offersStock: true, pollerLimits: { intervalMs: 100 } });
  [agent, operator] = await Promise.all([demo.as('agent'), demo.as('operator')]);
  await stockShelves(demo, [
    { location: 'DC-NORTH', sku: SKU, quantity: String(WAREHOUSE_UNITS) },
    { location: 'STORE-LEEDS', sku: SKU, quantity: String(LEEDS_KEEPS) },
    { location: FLOODED_STORE, sku: SKU, quantity: String(FLOODED_UNITS) },
  ]);
});

afterAll(() => demo[Symbol.asyncDispose]());

const pounds = (amountMinor: number) => ({ amountMinor, currencyCode: 'GBP' });

/** An item that the people of the campaign keep by themselves, marked down from an instant on. */
function hamper({ saleFrom }: { readonly saleFrom?: string } = {}) {
  const regular = { amount: pounds(6_900), effectiveFrom: '2020-01-01T00:00:00.000Z' };
  const sale = { amount: pounds(SALE_PRICE_MINOR), kind: 'MARKDOWN' };
  return {
    sku: HAMPER,
    title: 'Hamper',
    product: { id: HAMPER, title: 'Hamper' },
    baseUnit: 'EA',
    step: '1',
    tracking: 'NONE',
    categories: ['GIFTS'],
    attributes: [],
    lifecycle: 'ACTIVE',
    prices: saleFrom === undefined ? [regular] : [regular, { ...sale, effectiveFrom: saleFrom }],
  };
}

async function availableAt(channel: string): Promise<Available> {
  const { availability } = await agent.graphql<{ availability: readonly [Available] }>(AVAILABLE, { channel });
  return availability[0];
}

/** Waits until it is so, and tells what is so instead when it does not come about. */
async function becomes<Seen>(look: () => Promise<Seen>, isSo: (seen: Seen) => boolean, what: string): Promise<Seen> {
  let seen: Seen | undefined;
  const found = waitFor(async () => {
    seen = await look();
    return isSo(seen) ? { seen } : undefined;
  }, what);
  return (
    await found.catch((cause: unknown) => {
      throw new Error(`${what} did not come about: ${JSON.stringify(seen)}`, { cause });
    })
  ).seen;
}

const sells = (channel: string, units: number) =>
  becomes(
    () => availableAt(channel),
    ({ available }) => available === String(units),
    `${channel} sells ${units}`,
  );

async function setRules(idempotencyKey: string, ...rules: readonly object[]): Promise<void> {
  await operator.graphql(RULES, { input: { idempotencyKey, rules } });
}

async function buy(customer: string, quantity: number, sku = SKU): Promise<string> {
  const shopper = await demo.as('shopper', { customer });
  const input = {
    channel: SHOP,
    externalId: `BF-${customer}`,
    lines: [{ sku, quantity: String(quantity), unitPriceMinor: SALE_PRICE_MINOR }],
    tenders: [{ tender: 'CARD', amountMinor: quantity * SALE_PRICE_MINOR }],
  };
  const placed = await shopper.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
  acknowledged.push(placed.placeOrder.order.id);
  return placed.placeOrder.order.id;
}

/** What a refusal says is left. */
function leftAccordingTo(reason: unknown): number {
  if (!(reason instanceof GraphqlFailure) || reason.code !== 'INSUFFICIENT_STOCK') throw reason;
  type Details = { readonly lines: readonly { readonly available: string }[] };
  const details = reason.errors[0]?.extensions?.details as Details | undefined;
  return Number(details?.lines[0]?.available);
}

async function readOrders(): Promise<readonly OrderData[]> {
  type Page = { edges: readonly { readonly node: OrderData }[]; pageInfo: { hasNextPage: boolean } };
  const { orders } = await agent.graphql<{ orders: Page }>(ORDERS);
  expect(orders.pageInfo.hasNextPage).toBe(false);
  return orders.edges.map(({ node }) => node);
}

const ordersOf = async (channel: string) => (await readOrders()).filter((order) => order.channel === channel);

const ordersAt = async (location: string) =>
  (await readOrders()).filter(({ lines }) => lines.some((line) => line.location?.id === location));

async function orderOf(id: string): Promise<OrderData> {
  const found = (await readOrders()).find((order) => order.id === id);
  if (!found) throw new Error(`There is no order ${id}.`);
  return found;
}

const storyOf = async (id: string) => (await agent.graphql<{ order: Story }>(STORY, { id })).order;

/** @param states absent: any */
function unitsIn(orders: readonly OrderData[], ...states: readonly string[]): number {
  return orders
    .flatMap(({ lines }) => lines.flatMap((line) => line.states))
    .filter(({ state }) => states.length === 0 || states.includes(state))
    .reduce((sum, { quantity }) => sum + Number(quantity), 0);
}

const untilUnits = (channel: string, state: string, units: number) =>
  becomes(
    () => ordersOf(channel),
    (orders) => unitsIn(orders, state) === units,
    `${units} units of ${channel} are ${state}`,
  );

async function shelfOf(location: string): Promise<PositionRow | undefined> {
  return (await readPositions(agent, [location])).find(({ sku }) => sku === SKU);
}

async function openExceptions(sku = SKU): Promise<readonly string[]> {
  type Page = { edges: readonly { readonly node: { readonly class: string } }[] };
  const { exceptions } = await operator.graphql<{ exceptions: Page }>(EXCEPTIONS, { sku });
  return exceptions.edges.map(({ node }) => node.class);
}

interface Promises {
  readonly promise: { readonly latestOn: string } | null;
  readonly expected: { readonly latestOn: string } | null;
}

async function promisesOf(id: string): Promise<Promises> {
  const { order } = await agent.graphql<{ order: { lines: readonly [Promises] } }>(PROMISES, { id });
  return order.lines[0];
}

async function hampersToCome(): Promise<number> {
  type Answer = { availability: readonly { readonly supply: readonly { readonly quantity: string }[] }[] };
  const { availability } = await agent.graphql<Answer>(TO_COME);
  return (availability[0]?.supply ?? []).reduce((sum, { quantity }) => sum + Number(quantity), 0);
}

const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

describe('Black Friday', () => {
  test('a promotion is told to whoever looks at the product, at its time and no earlier', async () => {
    const integrator = await demo.as('integrator');
    const tell = (eventId: string, data: object) =>
      integrator.ingest('campaigns', [{ eventId, type: 'item-recorded', occurredAt: new Date().toISOString(), data }]);
    await tell('hamper-1', hamper());
    const live = subscribe<{ readonly key: string; readonly prices: readonly SkuPrice[] }>(demo.hub.url, {
      token: await demo.tokenOf('shopper'),
      query: PRICES,
    });
    const marked = () => live.changes().flatMap(({ prices }) => prices.filter(({ kind }) => kind === 'MARKDOWN'));
    try {
      for (const sku of [SKU, HAMPER]) {
        await live.awaitChange(({ key, prices }) => key === sku && prices.length > 0, 'the price of every day');
      }
      expect(marked()).toEqual([]);
      demo.retailer.erp.putPrice({
        itemNumber: SKU,
        priceListCode: 'RETAIL-GBP',
        currencyCode: 'GBP',
        unitPriceMinor: SALE_PRICE_MINOR,
        startingDate: new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date()),
      });
      const isOnSale = ({ amount }: SkuPrice) => JSON.stringify(amount) === JSON.stringify(pounds(SALE_PRICE_MINOR));
      await live.awaitChange(({ key, prices }) => key === SKU && prices.some(isOnSale), 'the price of the day');

      const beginsAtMs = Date.now() + PROMOTION_IN_MS;
      await tell('hamper-2', hamper({ saleFrom: new Date(beginsAtMs).toISOString() }));
      await waitFor(() => marked().length > 0, 'the hour of the hamper');
      expect(Date.now()).toBeGreaterThanOrEqual(beginsAtMs);
      expect(marked()[0]?.amount).toEqual(pounds(SALE_PRICE_MINOR));
      expect(live.errors).toEqual([]);
    } finally {
      await live.close();
    }
  });

  test("a campaign at a marketplace takes what it was offered, and none of the shop's last units", async () => {
    const { british } = demo.retailer.markets;
    await setRules(
      'black-friday',
      { kind: 'QUOTA', sku: SKU, channel: SHOP, quantity: String(SHOP_QUOTA) },
      { kind: 'SAFETY_QUANTITY', sku: SKU, location: 'STORE-LEEDS', quantity: String(LEEDS_KEEPS) },
    );
    await sells(SHOP, CAMPAIGN + SHOP_QUOTA);
    await waitFor(() => british.listings().find(({ sku }) => sku === SKU)?.quantity === CAMPAIGN, 'the offer');
    for (let bought = 0; bought < CAMPAIGN; bought += 2) british.buy({ lines: [{ sku: SKU, quantity: 2 }] });
    await untilUnits(MARKET, 'RELEASED', CAMPAIGN);
    await sells(MARKET, 0);
    await sells(SHOP, SHOP_QUOTA);
    await waitFor(() => british.listings().find(({ sku }) => sku === SKU)?.quantity === 0, 'the end of the campaign');
  });

  test('a flash sale sells exactly what there is, and everybody else hears how much is left', async () => {
    const view = await openResumingView<AvailabilityChange>(demo.hub.url, {
      token: await demo.tokenOf('agent'),
      query: LIVE,
      variables: {},
    });
    for (let sold = 0; sold < LEEDS_KEEPS; sold++) {
      const lines = [{ sku: SKU, quantity: '1' }];
      demo.retailer.square.ringUpSale({ locationCode: 'STORE-LEEDS', lines, tender: 'CARD' });
    }
    const outcomes = await Promise.allSettled(FLASH_WANTED.map((quantity, n) => buy(`FAST-${n}`, quantity)));

    const accepted = FLASH_WANTED.filter((_, n) => outcomes[n]?.status === 'fulfilled');
    expect(accepted.reduce((sum, quantity) => sum + quantity, 0)).toBe(SHOP_QUOTA);
    for (const [n, outcome] of outcomes.entries()) {
      if (outcome.status === 'rejected') expect(leftAccordingTo(outcome.reason)).toBeLessThan(FLASH_WANTED[n] ?? 0);
    }
    // What a subscriber has put together from frames is what a query answers.
    const { available } = await availableAt(SHOP);
    expect(available).toBe('0');
    const folded = () => [...view.values.values()].map((change) => change.available);
    await waitFor(() => folded().join() === available, 'the subscriber to hear that it is sold out');
    expect(view.backwards).toEqual([]);
    await view.close();

    // Who was refused has an order that says so and holds nothing.
    const refused = (await ordersOf(SHOP)).filter(({ status }) => status === 'REJECTED');
    expect(refused).toHaveLength(FLASH_WANTED.length - accepted.length);
    expect(unitsIn(refused, 'REJECTED')).toBe(unitsIn(refused));
    await untilUnits(SHOP, 'RELEASED', SHOP_QUOTA);
    // The tills sold what was theirs; nobody online was promised it.
    await waitFor(async () => (await shelfOf('STORE-LEEDS'))?.onHand === '0', 'the sales of the tills');
  });

  test('a store that opens serves from its first count on, those first who are owed', async () => {
    // Somebody was at the checkout of the marketplace when the last one went: taken on, and owed.
    demo.retailer.markets.british.buy({ lines: [{ sku: SKU, quantity: OWED }] });
    await untilUnits(MARKET, 'BACKORDERED', OWED);

    demo.retailer.erp.putLocation({
      code: NEW_STORE,
      displayName: 'Harrogate James Street',
      locationType: 'STORE',
      timeZone: 'Europe/London',
      addressLine1: '1 James Street',
      city: 'Harrogate',
      postalCode: 'HG1 1QF',
      country: 'GB',
    });
    const isKnown = async (): Promise<boolean> =>
      JSON.stringify(await agent.graphql('{ locations { id } }')).includes(`"${NEW_STORE}"`);
    await waitFor(isKnown, 'the new store');
    const codes = demo.retailer.catalogue.locations.map(({ code }) => code).filter((code) => code !== 'STORE-DUBLIN');
    await operator.graphql(REGISTER, { input: { id: 'ONLINE-GB', locations: [...codes, NEW_STORE] } });
    await sells(SHOP, 0);
    await stockShelves(demo, [{ location: NEW_STORE, sku: SKU, quantity: String(OPENING) }]);
    await untilUnits(MARKET, 'RELEASED', CAMPAIGN + OWED);
    await sells(SHOP, OPENING - OWED);

    const order = await buy('HARROGATE', 1);
    await waitFor(
      async () => (await orderOf(order)).lines[0]?.states[0]?.state === 'RELEASED',
      'work at the new store',
    );
    const staff = await demo.as('store', { stores: [NEW_STORE] });
    for (const step of ['PICK', 'PACK', 'SHIP']) {
      const input = { order, location: NEW_STORE, step, idempotencyKey: `${order}/${step}` };
      await staff.graphql(WORK, { input });
    }
    expect(await orderOf(order)).toMatchObject({ status: 'SHIPPED', lines: [{ location: { id: NEW_STORE } }] });
  });

  test('a store that is flooded loses its work to others, and what nobody has waits until it comes', async () => {
    const lost = await ordersAt(FLOODED_STORE);
    expect(unitsIn(lost, 'RELEASED')).toBe(FLOODED_UNITS);
    const spare = OPENING - OWED - 1;
    await sells(SHOP, spare);
    await setRules('flood', { kind: 'PARTICIPATION', location: FLOODED_STORE, isOn: false });
    const { nodeCapacity } = await operator.graphql<{ nodeCapacity: readonly [{ readonly day: string }] }>(
      `{ nodeCapacity(location: "${FLOODED_STORE}", days: 1) { day } }`,
    );
    const { day } = nodeCapacity[0];
    await operator.graphql(CLOSE, { input: { location: FLOODED_STORE, day, ordersPerDay: 0, reason: 'Flood' } });

    await becomes(
      () => ordersAt(FLOODED_STORE),
      (orders) => orders.length === 0,
      'the flooded store has no work',
    );
    const helped = String(OWED + spare);
    await becomes(
      () => shelfOf(NEW_STORE),
      (shelf) => shelf?.allocated === helped,
      'the new store helps out',
    );
    const missing = FLOODED_UNITS - spare;
    await untilUnits(SHOP, 'RESERVED', missing);
    await becomes(
      async () => (await Promise.all(lost.map(({ id }) => storyOf(id)))).flatMap(typesOf),
      (types) => types.includes('NO_LOCATION_FOUND'),
      'the timeline says who waits',
    );
    await sells(SHOP, 0);
    await becomes(
      () => openExceptions(),
      (classes) => classes.includes('NETWORK_SHORTAGE'),
      'people hear of what is missing',
    );

    demo.retailer.wms.receive({ warehouse: 'DC-NORTH', sku: SKU, quantity: String(missing), reference: 'PO-1' });
    await untilUnits(SHOP, 'RELEASED', SHOP_QUOTA);
    for (const { id } of lost) {
      const { timeline } = await storyOf(id);
      expect(timeline.edges.map(({ node }) => node.summary).join()).toContain('STORE_CLOSED');
      expect((await orderOf(id)).lines[0]?.location?.id).not.toBe(FLOODED_STORE);
    }
  });

  test('in the end nothing is oversold, each order is explained, and what is claimed is what open orders hold', async () => {
    const orders = await readOrders();
    const kept = orders.filter(({ channel, status }) => [SHOP, MARKET].includes(channel) && status !== 'REJECTED');
    const ofShop = kept.filter(({ channel }) => channel === SHOP).map(({ id }) => id);
    expect(ofShop.toSorted()).toEqual(acknowledged.toSorted());
    expect(unitsIn(kept)).toBe(CAMPAIGN + OWED + SHOP_QUOTA + 1);
    for (const { id, lines } of kept) {
      const { sourcingDecisions, timeline } = await storyOf(id);
      expect(typesOf({ sourcingDecisions, timeline })).toEqual(expect.arrayContaining(EXPLAINED));
      for (const { ordered, states, location, id: line } of lines) {
        expect(states.reduce((sum, { quantity }) => sum + Number(quantity), 0)).toBe(Number(ordered));
        const last = sourcingDecisions.find((decision) => decision.lines.some((each) => each.line === line));
        const chosen = last?.lines.find((each) => each.line === line)?.candidates.find(isChosen);
        expect(chosen?.location.id).toBe(location?.id);
      }
    }
    const locations = [...new Set(kept.flatMap(({ lines }) => lines.map(({ location }) => location?.id ?? '')))];
    for (const location of [...locations, FLOODED_STORE]) {
      const shelf = await shelfOf(location);
      const here = kept.filter(({ lines }) => lines.some((line) => line.location?.id === location));
      expect([location, shelf?.allocated, shelf?.softReserved]).toEqual([
        location,
        String(unitsIn(here, 'ALLOCATED', 'RELEASED', 'PICKED', 'PACKED')),
        '0',
      ]);
      expect(Number(shelf?.sellable)).toBeGreaterThanOrEqual(Number(shelf?.allocated));
    }
    for (const channel of [SHOP, MARKET]) {
      const { available, terms } = await availableAt(channel);
      expect(available).toBe('0');
      expect(terms.filter(({ kind }) => ['UNSOURCED', 'OVERSOLD', 'EXTRA'].includes(kind))).toEqual([]);
    }
    await becomes(
      () => openExceptions(),
      (classes) => classes.length === 0,
      'no exception is left',
    );
  });

  test('a supplier that is late, and then delivers nothing, moves and breaks what was promised of what is owed', async () => {
    const integrator = await demo.as('integrator');
    const line = { lineId: '1', documentLine: '1', sku: HAMPER };
    const tell = (eventId: string, type: string, document: string, more: object) =>
      integrator.ingest('campaigns', [
        {
          eventId,
          type,
          occurredAt: new Date().toISOString(),
          data: { document, location: 'DC-NORTH', lines: [{ ...line, ...more }] },
        },
      ]);
    await setRules('hampers', { kind: 'SELL_POLICY', sku: HAMPER, sellPolicy: { mode: 'BACKORDER', limit: '5' } });
    await tell('supply-1', 'supply-announced', 'PO-HAMPER', { quantity: '5', expectedAt: inDays(4) });
    await becomes(hampersToCome, (units) => units === 5, 'the purchase order');
    const id = await buy('HAMPERS', 2, HAMPER);
    const promised = await promisesOf(id);
    expect(promised.expected).toEqual(promised.promise);
    const promisedOn = promised.promise?.latestOn ?? '';
    expect(promisedOn > inDays(3).slice(0, 'yyyy-mm-dd'.length)).toBe(true);

    await tell('supply-2', 'supply-changed', 'PO-HAMPER', { quantity: '5', expectedAt: inDays(11) });
    const late = await becomes(
      () => promisesOf(id),
      ({ expected }) => (expected?.latestOn ?? '') > promisedOn,
      'the hampers are expected later',
    );
    expect(late.promise?.latestOn).toBe(promisedOn);

    await tell('supply-3', 'supply-cancelled', 'PO-HAMPER', {});
    await becomes(
      () => promisesOf(id),
      ({ expected }) => expected === null,
      'nobody expects the hampers',
    );
    await becomes(
      () => openExceptions(HAMPER),
      (classes) => classes.includes('PROMISE_DUE'),
      'people hear of a promise that nothing stands behind',
    );

    await tell('supply-4', 'supply-announced', 'PO-OTHER', { quantity: '2', expectedAt: inDays(2) });
    await becomes(
      () => promisesOf(id),
      ({ expected }) => expected !== null,
      'another supplier helps out',
    );
    await becomes(
      () => openExceptions(HAMPER),
      (classes) => !classes.includes('PROMISE_DUE'),
      'the promise is covered',
    );
    const told = typesOf(await storyOf(id)).filter((type) => type.startsWith('PROMISE_'));
    expect(told).toEqual(['PROMISE_MOVED', 'PROMISE_BROKEN', 'PROMISE_MOVED']);
  });
});

const typesOf = ({ timeline }: Story): readonly string[] => timeline.edges.map(({ node }) => node.type);

const isChosen = ({ outcome }: { readonly outcome: string }): boolean => outcome === 'CHOSEN';
