import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import { subscribe, type LiveFrames } from '../harness/live-frames.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

/*
 * Bought online, shipped from a store, partly returned in another store: through the public API alone, paid by a provider,
 * with the other store's app and the shop open all the way.
 */

interface PositionChange {
  readonly sellable: string;
  readonly returnPending: string;
  readonly damaged: string;
}

interface ReturnData {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly { readonly id: string; readonly quantity: string }[];
  readonly refunds: readonly { readonly status: string; readonly amount: { readonly amountMinor: number } }[];
}

const RETURN = `id status start authorization { reasons }
  lines { id quantity status disposition location { id } }
  refunds { status amount { amountMinor } parts { goods { amountMinor } tax { amountMinor } shipping { amountMinor } } }
  charges { status amount { amountMinor } offset { amountMinor } }`;
const POSITION = `subscription ($location: ID!, $skus: [ID!]) {
  positionChanged(location: $location, skus: $skus) { cursor reset changes { sellable returnPending damaged } }
}`;
const AVAILABILITY = `subscription ($channel: ID!, $skus: [ID!]) {
  availabilityChanged(channel: $channel, skus: $skus) { cursor reset changes { available } }
}`;
const RETURNS = `subscription ($customer: String!) {
  returnStatusChanged(customer: $customer) { cursor reset changes { status } }
}`;
const MINE = `{ customer(reference: "ALICE") {
  orders(first: 1) { edges { node { id } } } returns(first: 1) { edges { node { id } } }
} }`;

const tax = (amountMinor: number) => [{ jurisdiction: 'GB', ratePercent: '20', amountMinor }];

/** Three lamps at 45.00 less 9.00, carriage 3.95: 129.95, with 21.00 of tax in the goods. */
const PURCHASE = {
  channel: 'WEB-GB',
  externalId: 'RETURNS-1',
  customer: 'ALICE',
  lines: [
    {
      sku: 'LAMP',
      quantity: '3',
      unitPriceMinor: 4_500,
      discounts: [{ promotion: 'SUMMER', description: 'Off', amountMinor: 900 }],
      taxes: tax(2_100),
    },
  ],
  charges: [{ kind: 'SHIPPING', description: 'Carriage', amountMinor: 395, taxes: tax(66) }],
  tenders: [{ tender: 'CARD', amountMinor: 12_995, provider: { system: DEMO_SYSTEMS.psp, token: 'tok_visa' } }],
};

let demo: DemoHub;
const open: LiveFrames<unknown>[] = [];

beforeAll(async () => {
  demo = await openDemoHub({ pollerLimits: { intervalMs: 100 } });
  await stockShelves(demo, [{ location: 'STORE-LEEDS', sku: 'LAMP', quantity: '3' }]);
});

afterAll(async () => {
  await Promise.all(open.map((frames) => frames.close()));
  await demo[Symbol.asyncDispose]();
});

function live<Change>(...args: Parameters<typeof subscribe>): LiveFrames<Change> {
  const frames = subscribe<Change>(...args);
  open.push(frames);
  return frames;
}

/** One mutation of a return, by its name and input. */
async function take(client: HubClient, name: string, input: object): Promise<ReturnData> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const source = `mutation ($input: ${type}!) { ${name}(input: $input) { return { ${RETURN} } } }`;
  const answer = await client.graphql<Record<string, { return: ReturnData }>>(source, { input });
  const payload = answer[name];
  if (!payload) throw new Error(`${name} was not answered.`);
  return payload.return;
}

/** The store in Leeds picks, packs and sends the whole order, and it arrives. */
async function sendFromLeeds(order: string): Promise<void> {
  const leeds = await demo.as('store', { stores: ['STORE-LEEDS'] });
  for (const step of ['PICK', 'PACK', 'SHIP', 'DELIVER']) {
    const input = { order, location: 'STORE-LEEDS', step, idempotencyKey: `returns-${step}` };
    await waitFor(async () => {
      await leeds.graphql('mutation ($input: FulfilOrderInput!) { fulfilOrder(input: $input) { changeCursor } }', {
        input,
      });
      return true;
    }, step);
  }
}

const settled = (client: HubClient, id: string, status: string): Promise<ReturnData> =>
  waitFor(async () => {
    const { return: found } = await client.graphql<{ return: ReturnData }>(
      `query ($id: ID!) { return(id: $id) { ${RETURN} } }`,
      { id },
    );
    return found.status === status ? found : undefined;
  }, `the return as ${status}`);

test('bought online, shipped from a store, partly returned in another store, and decided anew', async () => {
  const { hub } = demo;
  const shopper = await demo.as('shopper', { customer: 'ALICE' });
  const york = await demo.as('store', { stores: ['STORE-YORK'] });
  const yorkToken = await demo.tokenOf('store', { stores: ['STORE-YORK'] });
  const shelf = live<PositionChange>(hub.url, {
    token: yorkToken,
    query: POSITION,
    variables: { location: 'STORE-YORK', skus: ['LAMP'] },
  });
  const shop = live<{ readonly available: string }>(hub.url, {
    query: AVAILABILITY,
    variables: { channel: 'WEB-GB', skus: ['LAMP'] },
  });
  const own = live<{ readonly status: string }>(hub.url, {
    token: await demo.tokenOf('shopper', { customer: 'ALICE' }),
    query: RETURNS,
    variables: { customer: 'ALICE' },
  });
  await waitFor(() => [shelf, shop, own].every(({ frames }) => frames.length > 0), 'the snapshots');

  const { placeOrder } = await shopper.graphql<{ placeOrder: { order: { id: string } } }>(
    `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`,
    { input: PURCHASE },
  );
  await shop.awaitChange(({ available }) => available === '0', 'the claim on the shop');
  await sendFromLeeds(placeOrder.order.id);

  // The store has never heard of the order: it finds the sale by its number.
  const { orderByExternalId: sale } = await york.graphql<{
    orderByExternalId: { id: string; lines: { id: string }[] };
  }>(`{ orderByExternalId(channel: "WEB-GB", externalId: "RETURNS-1") { id lines { id } } }`);
  const { id } = await take(york, 'requestReturn', {
    idempotencyKey: 'returns-1',
    order: sale.id,
    location: 'STORE-YORK',
    lines: [{ orderLine: sale.lines[0]?.id, quantity: '2', reason: 'UNWANTED' }],
  });
  await own.awaitChange(({ status }) => status === 'AUTHORIZED', 'the return on the customer’s device');
  const received = await take(york, 'receiveReturn', { return: id, location: 'STORE-YORK' });
  await shelf.awaitChange(({ returnPending }) => returnPending === '2', 'the goods in the inspection bucket');
  const { returnWork } = await york.graphql<{ returnWork: { edges: { node: { id: string } }[] } }>(
    '{ returnWork(location: "STORE-YORK") { edges { node { id } } } }',
  );
  expect(returnWork.edges).toEqual([{ node: { id } }]);

  // One is as new, the other one is torn.
  const line = received.lines[0]?.id;
  const looked = await take(york, 'inspectReturn', {
    return: id,
    lines: [{ line, quantity: '1', condition: 'A' }],
  });
  const torn = looked.lines.find((each) => each.id !== line)?.id;
  await take(york, 'inspectReturn', { return: id, lines: [{ line: torn, condition: 'C', note: 'torn' }] });
  await take(york, 'dispositionReturn', {
    return: id,
    lines: [
      { line, disposition: 'RESTOCK' },
      { line: torn, disposition: 'DAMAGED' },
    ],
  });
  await shelf.awaitChange(({ sellable, damaged }) => sellable === '1' && damaged === '1', 'the goods in their buckets');
  await shop.awaitChange(({ available }) => available === '1', 'the restock on the shop');
  // Two thirds of the goods less their discount, with their tax; carriage is kept.
  expect(await settled(york, id, 'CLOSED')).toMatchObject({
    start: 'STORE',
    refunds: [
      {
        status: 'SUCCEEDED',
        amount: { amountMinor: 8_400 },
        parts: { goods: { amountMinor: 8_400 }, tax: { amountMinor: 1_400 }, shipping: { amountMinor: 0 } },
      },
    ],
  });
  await own.awaitChange(({ status }) => status === 'CLOSED', 'the end on the customer’s device');
  expect(await shopper.graphql(MINE)).toEqual({
    customer: { orders: { edges: [{ node: { id: placeOrder.order.id } }] }, returns: { edges: [{ node: { id } }] } },
  });

  // The one on the shelf turns out not to be there: it goes back first, and its money is owed until it is found again.
  const missing = await take(york, 'dispositionReturn', { return: id, lines: [{ line, disposition: 'MISSING' }] });
  expect(missing).toMatchObject({
    refunds: [{ amount: { amountMinor: 8_400 } }],
    charges: [{ status: 'OPEN', amount: { amountMinor: 4_200 } }],
  });
  await waitFor(() => shop.changes().at(-1)?.available === '0', 'the shelf without it on the shop');
  await take(york, 'dispositionReturn', { return: id, lines: [{ line, disposition: 'RESTOCK' }] });
  expect(await settled(york, id, 'CLOSED')).toMatchObject({
    refunds: [{ amount: { amountMinor: 8_400 } }],
    charges: [{ status: 'OFFSET', offset: { amountMinor: 4_200 } }],
  });
  const { order } = await (
    await demo.as('agent')
  ).graphql<{ order: object }>(
    `query ($id: ID!) { order(id: $id) { status payments { captured { amountMinor } refunded { amountMinor } }
      returns { id } lines { location { id } } } }`,
    { id: sale.id },
  );
  expect(order).toMatchObject({
    status: 'PARTIALLY_RETURNED',
    payments: [{ captured: { amountMinor: 12_995 }, refunded: { amountMinor: 8_400 } }],
    returns: [{ id }],
    lines: [{ location: { id: 'STORE-LEEDS' } }],
  });
  expect(demo.retailer.psp.payments()).toHaveLength(1);
});

const POSTINGS = `query ($id: ID!) { return(id: $id) {
  postings { subject kind status attempts document reason bookings { account dimension amount { amountMinor } } }
  shelfMoves { direction isDone location { id } lines { sku { id } quantity } } } }`;
const EXCEPTIONS = `{ exceptions(filter: { classes: [POSTING_FAILED] }) { edges { node {
  id status possibleActions valueAtRisk { currencyCode } } } } }`;
const ACT = `mutation ($input: ActOnExceptionInput!) { actOnException(input: $input) { exception { id } } }`;

interface Posted {
  readonly postings: readonly { readonly subject: string; readonly status: string }[];
  readonly shelfMoves: readonly { readonly direction: string; readonly isDone: boolean }[];
}

/** By account, what was posted by journals and, in the customer's favour, by credit memos; in minor units. */
function booked(): Readonly<Record<string, number>> {
  const { erp } = demo.retailer;
  const sums: Record<string, number> = {};
  const minor = (amount: unknown): number => Math.round(Number(amount) * 100);
  for (const { accountNumber, debitAmount, creditAmount } of erp.generalLedgerEntries()) {
    const account = String(accountNumber);
    sums[account] = (sums[account] ?? 0) + minor(debitAmount) - minor(creditAmount);
  }
  const memos = erp.salesCreditMemos().filter(({ status }) => status === 'Open');
  sums['memos'] = memos.reduce((sum, memo) => sum + minor(memo['totalAmountIncludingTax']), 0);
  return Object.fromEntries(Object.entries(sums).filter(([, amount]) => amount !== 0));
}

/** Lamps in stock again and lost, and what the customer was owed and has. */
function booksOf({ inStock, lost, paidMinor }: Readonly<Record<'inStock' | 'lost' | 'paidMinor', number>>): object {
  const lamp = demo.retailer.catalogue.items.find(({ sku }) => sku === 'LAMP');
  const costMinor = Math.round((lamp?.pricesMinor.GBP ?? 0) * 0.4);
  return {
    '2110': inStock * costMinor,
    '7170': lost * costMinor,
    '7110': 0 - (inStock + lost) * costMinor,
    '5410': paidMinor,
    '2340': 0 - paidMinor,
    memos: paidMinor,
  };
}

const untilBooked = (books: object): Promise<unknown> => waitFor(() => isDeepStrictEqual(booked(), books), 'the books');

test('and the last one while the ERP takes no posting: it is held until that is mended, and then for sale', async () => {
  const { hub, retailer } = demo;
  const [york, agent, operator] = [
    await demo.as('store', { stores: ['STORE-YORK'] }),
    await demo.as('agent'),
    await demo.as('operator'),
  ];
  const shelf = live<{ readonly sellable: string; readonly qcHold: string }>(hub.url, {
    token: await demo.tokenOf('store', { stores: ['STORE-YORK'] }),
    query: POSITION.replace('damaged', 'damaged qcHold'),
    variables: { location: 'STORE-YORK', skus: ['LAMP'] },
  });
  const { orderByExternalId: sale } = await york.graphql<{
    orderByExternalId: { id: string; lines: { id: string }[] };
  }>(`{ orderByExternalId(channel: "WEB-GB", externalId: "RETURNS-1") { id lines { id } } }`);
  const posted = async (id: string): Promise<Posted> =>
    (await agent.graphql<{ return: Posted }>(POSTINGS, { id })).return;

  // Three decisions on goods, a refund and its payment, a charge and its end.
  await waitFor(async () => {
    const { order } = await agent.graphql<{ order: { returns: { postings: { status: string }[] }[] } }>(
      'query ($id: ID!) { order(id: $id) { returns { postings { status } } } }',
      { id: sale.id },
    );
    const postings = order.returns.flatMap((each) => each.postings);
    return postings.length === 7 && postings.every(({ status }) => status === 'POSTED');
  }, 'the postings of the first return');
  expect(booked()).toEqual(booksOf({ inStock: 1, lost: 1, paidMinor: 8_400 }));
  retailer.erp.closeBooksBefore('2999-01-01');
  const { id } = await take(york, 'requestReturn', {
    idempotencyKey: 'returns-2',
    order: sale.id,
    location: 'STORE-YORK',
    lines: [{ orderLine: sale.lines[0]?.id, quantity: '1', reason: 'UNWANTED' }],
  });
  const { lines } = await take(york, 'receiveReturn', { return: id, location: 'STORE-YORK' });
  const line = lines[0]?.id;
  await take(york, 'inspectReturn', { return: id, lines: [{ line, condition: 'A' }] });
  await take(york, 'dispositionReturn', { return: id, lines: [{ line, disposition: 'RESTOCK' }] });
  // The customer waits for nobody's books.
  expect(await settled(york, id, 'CLOSED')).toMatchObject({ refunds: [{ amount: { amountMinor: 4_200 } }] });
  await shelf.awaitChange(({ sellable, qcHold }) => sellable === '1' && qcHold === '1', 'the lamp that is held');
  const failed = await waitFor(async () => {
    const state = await posted(id);
    return state.postings.length === 3 && state.postings.every(({ status }) => status === 'REFUSED')
      ? state
      : undefined;
  }, 'the refused postings');
  expect(failed.postings.find(({ subject }) => subject === 'GOODS')).toMatchObject({
    kind: 'JOURNAL',
    reason: expect.stringContaining('not within your range'),
    bookings: [{ account: 'COGS' }, { account: 'INVENTORY', dimension: 'STORE-YORK' }],
  });
  const exceptions = async () =>
    (await operator.graphql<{ exceptions: { edges: { node: { id: string; status: string } }[] } }>(EXCEPTIONS))
      .exceptions.edges;
  const [found] = await waitFor(async () => {
    const edges = await exceptions();
    return edges.length > 0 ? edges : undefined;
  }, 'the exception');
  expect(found?.node).toMatchObject({ status: 'OPEN', possibleActions: ['REPLAY', 'WAIVE'] });

  retailer.erp.closeBooksBefore('');
  const input = { exception: found?.node.id, action: 'REPLAY', reason: 'The books are open.', idempotencyKey: 'once' };
  await operator.graphql(ACT, { input });
  await shelf.awaitChange(({ sellable, qcHold }) => sellable === '2' && qcHold === '0', 'the lamp for sale again');
  const done = await waitFor(async () => {
    const state = await posted(id);
    return state.postings.every(({ status }) => status === 'POSTED') ? state : undefined;
  }, 'the books');
  expect(done.shelfMoves).toMatchObject([
    {
      direction: 'HOLD',
      isDone: true,
      location: { id: 'STORE-YORK' },
      lines: [{ sku: { id: 'LAMP' }, quantity: '1' }],
    },
    { direction: 'RELEASE', isDone: true },
  ]);
  await waitFor(async () => (await exceptions())[0]?.node.status === 'RESOLVED', 'the end of the exception');
  await waitFor(async () => {
    const { order } = await agent.graphql<{ order: { timeline: { edges: { node: { type: string } }[] } } }>(
      'query ($id: ID!) { order(id: $id) { timeline(first: 100) { edges { node { type } } } } }',
      { id: sale.id },
    );
    const types = order.timeline.edges.map(({ node }) => node.type);
    const steps = ['POSTED', 'POSTING_FAILED', 'GOODS_HELD', 'GOODS_RELEASED'];
    return steps.every((step) => types.includes(`RETURN_${step}`));
  }, 'the steps on the timeline');

  // Three lamps came back at 42.00 each: two are in stock, one is lost.
  await untilBooked(booksOf({ inStock: 2, lost: 1, paidMinor: 12_600 }));
});
