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
