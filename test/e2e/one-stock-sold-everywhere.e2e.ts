import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { AmazonSimulator } from '../../connectors/simulators/marketplace-amazon/amazon-simulator.ts';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { DEMO_SYSTEMS } from '../../scripts/demo/connect-demo-retailer.ts';
import { demoHandOffs } from '../../scripts/demo/demo-hand-offs.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readPositions } from '../harness/read-state.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

/*
 * One stock, sold by stores, by a web shop and by two marketplaces, kept by a regional warehouse, and told to the ERP: tills
 * take from it at once, marketplaces are told of it and claim it, the warehouse sends it, and what comes back waits until somebody has looked at
 * it. Through the public API and the simulated systems alone, told as one day.
 */

const SKU = 'LAMP';
const CHANNELS = ['WEB-GB', 'MARKET-GB', 'MARKET-IE'] as const;

interface OrderData {
  readonly id: string;
  readonly status: string;
  readonly lines: readonly {
    readonly id: string;
    readonly states: readonly { readonly state: string; readonly quantity: string }[];
  }[];
  readonly salesOrder: { readonly invoices: readonly { readonly number: string | null }[] } | null;
  readonly marketplace: {
    readonly acknowledgeDueAt: string | null;
    readonly acknowledgedAt: string | null;
    readonly words: readonly { readonly about: string; readonly state: string }[];
  } | null;
}

const ORDER = `query ($channel: ID!, $number: String!) { orderByExternalId(channel: $channel, externalId: $number) {
  id status lines { id states { state quantity } } salesOrder { invoices { number } }
  marketplace { acknowledgeDueAt acknowledgedAt words { about state } }
} }`;
const AVAILABLE = `query ($channel: ID!) { availability(skus: ["${SKU}"], channel: $channel) { available } }`;

let demo: DemoHub;
let agent: HubClient;

beforeAll(async () => {
  const retail = demoHandOffs(DEMO_SYSTEMS.erp);
  demo = await openDemoHub({ retail, offersStock: true, pollerLimits: { intervalMs: 100 } });
  agent = await demo.as('agent');
  await stockShelves(demo, [
    { location: 'DC-NORTH', sku: SKU, quantity: '6' },
    { location: 'STORE-LEEDS', sku: SKU, quantity: '2' },
    { location: 'STORE-YORK', sku: SKU, quantity: '1' },
  ]);
});

afterAll(() => demo[Symbol.asyncDispose]());

/** What each channel may sell: the shop, the British marketplace, the Irish one. */
async function availableNow(): Promise<readonly string[]> {
  const answers = CHANNELS.map((channel) =>
    agent.graphql<{ availability: readonly ({ readonly available: string } | null)[] }>(AVAILABLE, { channel }),
  );
  return (await Promise.all(answers)).map(({ availability }) => availability[0]?.available ?? '');
}

async function everywhere(...wanted: readonly string[]): Promise<void> {
  let seen: unknown;
  await waitFor(
    async () => {
      seen = await availableNow();
      return JSON.stringify(seen) === JSON.stringify(wanted);
    },
    `${wanted.join(', ')} to be sold`,
  ).catch((cause: unknown) => {
    throw new Error(`${JSON.stringify(seen)} may be sold instead of ${JSON.stringify(wanted)}`, { cause });
  });
}

async function read(channel: string, number: string): Promise<OrderData | null> {
  return (await agent.graphql<{ orderByExternalId: OrderData | null }>(ORDER, { channel, number })).orderByExternalId;
}

function until(
  at: { readonly channel: string; readonly number: string },
  isSo: (order: OrderData) => boolean,
  what: string,
): Promise<OrderData> {
  return waitFor(async () => {
    const order = await read(at.channel, at.number);
    return order && isSo(order) ? order : undefined;
  }, what);
}

const countOf = ({ lines }: OrderData, ...wanted: readonly string[]): number =>
  lines
    .flatMap(({ states }) => states)
    .reduce((sum, { state, quantity }) => sum + (wanted.includes(state) ? Number(quantity) : 0), 0);

/** The warehouse does all the work that it was given for an order. */
async function send(order: OrderData, trackingNumber: string): Promise<void> {
  const { wms } = demo.retailer;
  const work = await waitFor(
    () => wms.orders().find(({ partnerOrderId }) => partnerOrderId.startsWith(order.id)),
    'the work at the warehouse',
  );
  wms.work.pick(work.id);
  wms.work.pack(work.id);
  wms.work.ship(work.id, { carrier: 'DPD', trackingNumber });
}

/** What a marketplace was told that may be bought there. */
async function offers(market: AmazonSimulator, quantity: number): Promise<void> {
  const offered = () => market.listings().find(({ sku }) => sku === SKU)?.quantity;
  await waitFor(() => offered() === quantity, `${quantity} to be offered`);
}

const buyAt = (market: AmazonSimulator, quantity: number): string => market.buy({ lines: [{ sku: SKU, quantity }] }).id;

test('stores, a shop and two marketplaces sell one stock, which is sent, and comes back', async () => {
  const { square, wms, parcels, markets } = demo.retailer;
  await everywhere('9', '9', '6');
  await offers(markets.british, 9);
  await offers(markets.irish, 6);

  // A till decrements at once, for everybody who could have sold it.
  square.ringUpSale({ locationCode: 'STORE-LEEDS', lines: [{ sku: SKU, quantity: '1' }], tender: 'CARD' });
  await everywhere('8', '8', '6');
  await offers(markets.british, 8);

  await agent.graphql('mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }', {
    input: {
      channel: 'WEB-GB',
      externalId: 'SHOP-1',
      lines: [{ sku: SKU, quantity: '2', unitPriceMinor: 4_500 }],
      tenders: [{ tender: 'CARD', amountMinor: 9_000 }],
    },
  });
  // The warehouse serves both countries: what is claimed of it nobody else is promised.
  await everywhere('6', '6', '4');

  const british = { channel: 'MARKET-GB', number: buyAt(markets.british, 2) };
  const irish = { channel: 'MARKET-IE', number: buyAt(markets.irish, 1) };
  await everywhere('3', '3', '1');
  for (const [at, market] of [
    [british, markets.british],
    [irish, markets.irish],
  ] as const) {
    const order = await until(at, ({ marketplace }) => marketplace?.acknowledgedAt !== null, 'the acknowledgement');
    expect(market.order(at.number).acknowledgement).toBe('SUCCESS');
    const { acknowledgedAt, acknowledgeDueAt } = order.marketplace ?? {};
    expect(Date.parse(acknowledgedAt ?? '')).toBeLessThan(Date.parse(acknowledgeDueAt ?? ''));
  }

  // The warehouse sends; the marketplaces hear of their parcels, and the ERP invoices them.
  const sold = await until(british, (order) => countOf(order, 'RELEASED') === 2, 'the release');
  await send(sold, 'T-GB');
  await send(await until(irish, (order) => countOf(order, 'RELEASED') === 1, 'the release'), 'T-IE');
  await waitFor(
    () =>
      [markets.british.order(british.number), markets.irish.order(irish.number)].every(
        ({ status }) => status === 'Shipped',
      ),
    'the parcels at the marketplaces',
  );
  const [parcel] = [...markets.british.order(british.number).packages.values()];
  expect(parcel).toMatchObject({ reference: '1', carrier: 'DPD', trackingNumber: 'T-GB' });
  await until(british, ({ salesOrder }) => typeof salesOrder?.invoices[0]?.number === 'string', 'the invoice');

  // A marketplace sells more than there is: it is taken on, what is missing is owed, and nobody else may sell any more.
  const short = { channel: 'MARKET-GB', number: buyAt(markets.british, 5) };
  await until(short, (order) => countOf(order, 'BACKORDERED') === 2, 'what is owed');
  await everywhere('0', '0', '0');
  expect(markets.british.order(short.number).status).toBe('Unshipped');
  // What comes in covers it before anybody else.
  wms.receive({ warehouse: 'DC-NORTH', sku: SKU, quantity: '6', reference: 'PO-1' });
  await until(short, (order) => countOf(order, 'BACKORDERED', 'RESERVED') === 0, 'what was owed');
  const left = await availableNow();
  // How many of the four lie in the warehouse depends on which locations serve the order.
  expect(left.slice(0, 2)).toEqual(['4', '4']);
  expect(Number(left[2])).toBeGreaterThan(0);

  // A customer thinks better of it, and the marketplace hears that it is called off.
  const regretted = { channel: 'MARKET-IE', number: buyAt(markets.irish, 1) };
  await until(regretted, (order) => countOf(order, 'RELEASED') === 1, 'the release');
  markets.irish.askToCancel(regretted.number, 'Bought by mistake');
  await until(regretted, ({ status }) => status === 'CANCELLED', 'the cancellation');
  await waitFor(() => markets.irish.order(regretted.number).status === 'Canceled', 'the cancellation there');
  await everywhere(...left);

  // One lamp comes back to the warehouse, and waits there until somebody has looked at it.
  parcels.scan('meridian', 'T-GB', { status: 'delivered', place: 'London' });
  await until(british, ({ status }) => status === 'DELIVERED', 'the delivery');
  await bringBack(sold, left);
  await everywhere(...left.map((available) => String(Number(available) + 1)));
});

/** To the warehouse, which inspects it and puts it back on the shelf. */
async function bringBack(order: OrderData, left: readonly string[]): Promise<void> {
  const dock = await demo.as('store', { stores: ['DC-NORTH'] });
  const { requestReturn } = await agent.graphql<{
    requestReturn: { return: { id: string; lines: readonly { readonly id: string }[] } };
  }>('mutation ($input: RequestReturnInput!) { requestReturn(input: $input) { return { id lines { id } } } }', {
    input: {
      idempotencyKey: 'back-1',
      order: order.id,
      location: 'DC-NORTH',
      lines: [{ orderLine: order.lines[0]?.id, quantity: '1', reason: 'UNWANTED' }],
    },
  });
  const { id, lines } = requestReturn.return;
  demo.retailer.wms.receiveReturn({ rma: id, warehouse: 'DC-NORTH', lines: [{ sku: SKU, quantity: '1' }] });
  const pending = async (): Promise<string | undefined> =>
    (await readPositions(dock, ['DC-NORTH'])).find(({ sku }) => sku === SKU)?.returnPending;
  await waitFor(async () => (await pending()) === '1', 'the lamp in the inspection bucket');
  expect(await availableNow()).toEqual(left);
  const line = lines[0]?.id;
  await dock.graphql(
    `mutation ($look: InspectReturnInput!, $decide: DispositionReturnInput!) {
      inspectReturn(input: $look) { return { status } }
      dispositionReturn(input: $decide) { return { status } }
    }`,
    {
      look: { return: id, lines: [{ line, condition: 'A' }] },
      decide: { return: id, lines: [{ line, disposition: 'RESTOCK' }] },
    },
  );
}
