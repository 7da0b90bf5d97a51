/*
 * The ERP is away during trading: first it hangs, then it says no. Customers and stores notice nothing of it, what is for it
 * waits in order, and is all there when it is back: what customers wait for before what is for the books.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import { demoHandOffs } from '../../scripts/demo/demo-hand-offs.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readPositions } from '../harness/read-state.ts';

const STORES = ['STORE-LEEDS', 'STORE-YORK'];
const QUEUES = `{ outboundQueues { system breaker underWay waiting { lane commands } } }`;
const AVAILABLE = `{ skus(ids: ["LAMP", "TEE-BLACK-M"]) { availability(channel: "WEB-GB") { available } } }`;
const PLACE = `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`;
const ORDER = `query ($id: ID!) { order(id: $id) { lines { states { state } } } }`;
const KEPT = `query ($id: ID!) { order(id: $id) { salesOrder { state number } notices { milestone state } } }`;
const POSTINGS = `query ($location: ID!, $day: String!) { salesPostings(location: $location, day: $day) {
  waitingReceipts
  registers { taken { sales total { amountMinor } } }
  batches { sequence status receipts total { amountMinor } document } } }`;

interface Posting {
  readonly waitingReceipts: number;
  readonly registers: readonly { readonly taken: { readonly sales: number } }[];
  readonly batches: readonly {
    readonly sequence: number;
    readonly status: string;
    readonly receipts: number;
    readonly document: string | null;
  }[];
}

interface KeptOrder {
  readonly salesOrder: { readonly state: string; readonly number: string };
  readonly notices: readonly { readonly milestone: string; readonly state: string }[];
}

/** Whether a document of the ERP is an order of the web shop, and not what stores sold. */
const isOfShop = (document: Readonly<Record<string, unknown>>): boolean =>
  String(document['externalDocumentNumber']).startsWith('SO-');

/** So many times as long as before may all that customers do take: one wait for the ERP alone would be more. */
const SLACK = 20;
const ROUNDS = 20;

let demo: DemoHub;
let operator: HubClient;
let visitor: HubClient;
let shopper: HubClient;
let agent: HubClient;

beforeAll(async () => {
  demo = await openDemoHub({
    retail: demoHandOffs(DEMO_SYSTEMS.erp),
    // Each sale is for the ERP at once.
    salesPostingLimits: { batchAgeMs: 0, batchReceiptsMax: 1, registersWaitMs: 0, roundMs: 20, lookAgainMs: 100 },
  });
  [operator, visitor, agent] = [await demo.as('operator'), await demo.as('anonymous'), await demo.as('agent')];
  shopper = await demo.as('shopper', { customer: 'ALICE' });
  const integrator = await demo.as('integrator');
  demo.retailer.wms.count({ warehouse: 'DC-NORTH', sku: 'LAMP', quantity: '500' });
  const counts = STORES.map((location) => ({
    eventId: `opening-${location}`,
    type: 'stock-counted',
    occurredAt: new Date(Date.now() - 60_000).toISOString(),
    data: { location, lines: [{ lineId: '1', sku: 'TEE-BLACK-M', quantity: '100' }] },
  }));
  await integrator.ingest('stock-take', counts);
  await waitFor(
    async () => (await onHand('STORE-LEEDS')) === 100 && (await onHand('STORE-YORK')) === 100,
    'the counts',
  );
  await waitFor(
    async () => JSON.stringify(await visitor.graphql(AVAILABLE).catch(() => '')).includes('"available":"500"'),
    'the stock of the warehouse',
  );
});

afterAll(() => demo[Symbol.asyncDispose]());

async function onHand(location: string): Promise<number> {
  const found = (await readPositions(agent, [location])).find(({ sku }) => sku === 'TEE-BLACK-M');
  return Number(found?.onHand ?? 0);
}

function sell(location: string): void {
  const { square } = demo.retailer;
  square.ringUpSale({ locationCode: location, lines: [{ sku: 'TEE-BLACK-M', quantity: '1' }], tender: 'CASH' });
}

let ordinal = 0;
async function placeOrder(): Promise<string> {
  const input = {
    channel: 'WEB-GB',
    externalId: `OUTAGE-${++ordinal}`,
    lines: [{ sku: 'LAMP', quantity: '1', unitPriceMinor: 1_000 }],
    tenders: [{ tender: 'CARD', amountMinor: 1_000 }],
  };
  const { placeOrder: placed } = await shopper.graphql<{ placeOrder: { order: { id: string } } }>(PLACE, { input });
  return placed.order.id;
}

/** What customers do, one after the other. @returns the orders, and how long it took altogether */
async function trade(): Promise<{ readonly orders: readonly string[]; readonly tookMs: number }> {
  const orders: string[] = [];
  const startedMs = performance.now();
  for (let round = 0; round < ROUNDS; round++) {
    await visitor.graphql(AVAILABLE);
    orders.push(await placeOrder());
  }
  return { orders, tookMs: performance.now() - startedMs };
}

async function queue() {
  const { outboundQueues } = await operator.graphql<{
    outboundQueues: {
      system: string;
      breaker: string;
      underWay: number;
      waiting: { lane: string; commands: number }[];
    }[];
  }>(QUEUES);
  const found = outboundQueues.find(({ system }) => system === 'erp-main');
  const waitingIn = (name: string): number => found?.waiting.find(({ lane }) => lane === name)?.commands ?? 0;
  return { ...found, finance: waitingIn('FINANCE'), orders: waitingIn('ORDERS') };
}

/** The business day of the stores at the moment. */
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/London' }).format(new Date());

async function postings(location: string, day: string): Promise<Posting | undefined> {
  return (await operator.graphql<{ salesPostings: Posting[] }>(POSTINGS, { location, day })).salesPostings[0];
}

function settledPosting(location: string, day: string): Promise<Posting> {
  return waitFor(async () => {
    const found = await postings(location, day);
    return found?.batches.every(({ status }) => status === 'DONE') ? found : undefined;
  }, 'the batches to be settled');
}

test('an ERP that is away during trading costs nobody anything, and gets everything in order when it is back', async () => {
  const { erp, wms, messages } = demo.retailer;
  const webOrders = () => erp.salesOrders().filter(isOfShop);
  const day = today();
  for (const store of STORES) sell(store);
  await waitFor(() => erp.salesInvoices().length === 2, 'the first sales to be posted');
  const before = await trade();
  await waitFor(() => wms.orders().length === ROUNDS, 'the work of the orders');
  await waitFor(() => webOrders().length === ROUNDS, 'the ERP to keep the orders');

  // It takes what is sent to it, and does not answer.
  erp.faults.set({ latencyMs: 3_600_000 });
  for (const store of STORES) sell(store);
  await waitFor(async () => (await queue()).underWay !== 0, 'a posting that hangs');
  const answered = erp.requests().length;
  const during = await trade();
  for (let round = 0; round < 10; round++) for (const store of STORES) sell(store);
  await waitFor(async () => (await onHand('STORE-LEEDS')) === 88 && (await onHand('STORE-YORK')) === 88, 'the sales');
  await waitFor(() => wms.orders().length === 2 * ROUNDS, 'the work of the orders taken meanwhile');
  const stateOf = async (id: string) => JSON.stringify(await agent.graphql(ORDER, { id }));
  await waitFor(async () => (await Promise.all(during.orders.map(stateOf))).every((text) => text.includes('RELEASED')));
  // Nothing of all that had an answer of the ERP, and nothing waited for one.
  expect(erp.requests().length).toBe(answered);
  expect(during.tookMs / before.tookMs).toBeLessThan(SLACK);
  const waited = (await queue()).finance;
  expect(waited).toBeGreaterThanOrEqual(2);
  expect(erp.salesInvoices()).toHaveLength(2);

  // Now it says no, until it is left in peace; what is for it goes on growing.
  erp.faults.set({ latencyMs: 0, outage: 'UNAVAILABLE' });
  await waitFor(async () => (await queue()).breaker === 'OPEN', 'the breaker');
  await waitFor(async () => (await queue()).finance === 22, 'every sale to wait');
  const order = await placeOrder();
  await waitFor(async () => (await stateOf(order)).includes('RELEASED'), 'the work of one more order');
  expect(erp.salesInvoices()).toHaveLength(2);

  expect(webOrders()).toHaveLength(ROUNDS);
  // What customers bought waits in a lane ahead of what is for the books.
  await waitFor(async () => (await queue()).orders === ROUNDS + 1, 'every order to wait ahead of the books');
  // Whoever writes to customers is another system, and has written of every order.
  await waitFor(() => messages.messages().length === 2 * ROUNDS + 1, 'every customer to hear of their order');
  const madeBefore = erp.salesOrders().length;

  erp.resetRequests();
  erp.faults.clear();
  await waitFor(() => erp.salesInvoices().length === 24, 'all sales to be posted');
  expect(erp.requests().filter(({ status }) => status === 429)).toEqual([]);
  for (const store of STORES) {
    // Two days when it became midnight meanwhile.
    const days = await Promise.all([...new Set([day, today()])].map((each) => settledPosting(store, each)));
    for (const { waitingReceipts, batches } of days) {
      expect(waitingReceipts).toBe(0);
      expect(batches.map(({ sequence }) => sequence)).toEqual(batches.map((_, index) => index + 1));
    }
    const batches = days.flatMap((each) => each.batches);
    expect(batches.reduce((sum, { receipts }) => sum + receipts, 0)).toBe(12);
    // In the order in which they were sold, each once.
    const documents = batches.map(({ document }) => document ?? '');
    const posted = erp.salesInvoices().map(({ number }) => String(number));
    expect(posted.filter((number) => documents.includes(number))).toEqual(documents);
  }
  expect((await queue()).finance).toBe(0);

  // So the orders were made first, but for what was under way and a turn now and then.
  const made = erp.salesOrders().slice(madeBefore);
  const books = made.filter((document) => !isOfShop(document)).length;
  const booksAhead = made.slice(0, made.findLastIndex(isOfShop)).filter((document) => !isOfShop(document)).length;
  expect(booksAhead).toBeLessThan(books / 2);
  expect(new Set(webOrders().map((document) => document['externalDocumentNumber'])).size).toBe(2 * ROUNDS + 1);
  expect(webOrders()).toHaveLength(2 * ROUNDS + 1);
  const kept = await waitFor(async () => {
    const { order: found } = await agent.graphql<{ order: KeptOrder }>(KEPT, { id: order });
    return found.salesOrder.state === 'RECORDED' ? found : undefined;
  }, 'the number of the last order');
  expect(webOrders().map((document) => document['number'])).toContain(kept.salesOrder.number);
  expect(kept.notices).toEqual([{ milestone: 'CONFIRMED', state: 'TOLD' }]);
});
