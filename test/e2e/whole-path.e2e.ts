import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { SubgraphTransport } from '../../scripts/hub/reach-subgraphs.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { subscribe, type LiveFrames } from '../harness/live-frames.ts';

/*
 * One order from the product page to the restocked return, through the public API alone, with live subscriptions open
 * all the way. The same tests pass with the subgraphs in the gateway's process and over HTTP.
 */

interface AvailabilityChange {
  readonly sku: { readonly id: string; readonly title: string };
  readonly available: string;
  readonly version: number;
}

interface PositionChange {
  readonly onHand: string;
  readonly sellable: string;
  readonly returnPending: string;
  readonly allocated: string;
}

interface OrderChange {
  readonly version: number;
  readonly status: string;
  readonly order: { readonly externalId: string };
  readonly lines: readonly { readonly states: readonly { readonly state: string; readonly quantity: string }[] }[];
}

const AVAILABILITY = `subscription ($channel: ID!, $skus: [ID!]) {
  availabilityChanged(channel: $channel, skus: $skus) { cursor reset changes { sku { id title } available version } }
}`;
const POSITION = `subscription ($location: ID!, $skus: [ID!]) {
  positionChanged(location: $location, skus: $skus) { cursor reset changes { onHand sellable returnPending allocated } }
}`;
const ORDERS = `subscription ($customer: String!) {
  orderStatusChanged(customer: $customer) {
    cursor reset changes { version status order { externalId } lines { states { state quantity } } }
  }
}`;

const LIFE_OF_A_UNIT = [
  'CAPTURED',
  'RESERVED',
  'ALLOCATED',
  'RELEASED',
  'PICKED',
  'PACKED',
  'SHIPPED',
  'DELIVERED',
  'RETURNED',
];

describe.each<SubgraphTransport>(['in-process', 'http'])('with subgraphs %s', (transport) => {
  let demo: DemoHub;
  const open: LiveFrames<unknown>[] = [];
  const live = <Change>(...args: Parameters<typeof subscribe>): LiveFrames<Change> => {
    const frames = subscribe<Change>(...args);
    open.push(frames);
    return frames;
  };

  beforeAll(async () => {
    demo = await openDemoHub({ transport });
  });

  afterAll(async () => {
    await Promise.all(open.map((frames) => frames.close()));
    await demo[Symbol.asyncDispose]();
  });

  test('an order is placed, released, shipped, delivered, returned and restocked, live and on one timeline', async () => {
    const { hub, retailer } = demo;
    const visitor = await demo.as('anonymous');
    const shopper = await demo.as('shopper', { customer: 'ALICE' });
    const agent = await demo.as('agent');
    const counter = await demo.as('store', { stores: ['STORE-YORK'] });
    retailer.wms.count({ warehouse: 'DC-NORTH', sku: 'LAMP', quantity: '5' });
    await waitFor(async () => (await availableOf(visitor, 'LAMP')) === '5', 'the counted stock');

    const shop = live<AvailabilityChange>(hub.url, {
      query: AVAILABILITY,
      variables: { channel: 'WEB-GB', skus: ['LAMP'] },
    });
    const york = live<PositionChange>(hub.url, {
      token: await demo.tokenOf('store', { stores: ['STORE-YORK'] }),
      query: POSITION,
      variables: { location: 'STORE-YORK', skus: ['LAMP'] },
    });
    const own = live<OrderChange>(hub.url, {
      token: await demo.tokenOf('shopper', { customer: 'ALICE' }),
      query: ORDERS,
      variables: { customer: 'ALICE' },
    });
    await waitFor(() => [shop, york, own].every(({ frames }) => frames.length > 0), 'the snapshots');
    expect(shop.frames[0]).toMatchObject({
      reset: true,
      changes: [{ sku: { id: 'LAMP', title: 'Desk lamp' }, available: '5' }],
    });
    expect(own.frames[0]).toMatchObject({ reset: true, changes: [] });

    const { placeOrder } = await shopper.graphql<{ placeOrder: { order: { id: string; lines: { id: string }[] } } }>(
      `mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id lines { id } } } }`,
      {
        input: {
          channel: 'WEB-GB',
          externalId: 'E2E-1',
          lines: [{ sku: 'LAMP', quantity: '2', unitPriceMinor: 4_500 }],
          charges: [{ kind: 'SHIPPING', description: 'Standard', amountMinor: 395 }],
          tenders: [{ tender: 'CARD', amountMinor: 9_395 }],
        },
      },
    );
    const { id: order, lines } = placeOrder.order;
    await shop.awaitChange(({ available }) => available === '3', 'the reservation on the shop');
    await own.awaitChange(hasState('RELEASED'), 'the release');

    const work = await waitFor(() => retailer.wms.orders()[0], 'the work');
    retailer.wms.work.pick(work.id);
    await own.awaitChange(hasState('PICKED'), 'the pick');
    retailer.wms.work.pack(work.id);
    retailer.wms.work.ship(work.id, { carrier: 'DPD', trackingNumber: 'T-1' });
    await own.awaitChange(hasState('SHIPPED'), 'the shipment');
    await waitFor(
      () => retailer.parcels.parcels().some(({ reference }) => reference !== null),
      'the carrier to be asked',
    );
    retailer.parcels.scan('meridian', 'T-1', { status: 'out_for_delivery', place: 'York' });
    retailer.parcels.scan('meridian', 'T-1', { status: 'delivered', place: 'York' });
    await own.awaitChange(({ status }) => status === 'DELIVERED', 'the delivery');

    // Bought online, brought back to a store.
    const { requestReturn } = await counter.graphql<{
      requestReturn: { return: { id: string; lines: { id: string }[] } };
    }>(`mutation ($input: RequestReturnInput!) { requestReturn(input: $input) { return { id lines { id } } } }`, {
      input: {
        idempotencyKey: 'e2e-return-1',
        order,
        location: 'STORE-YORK',
        lines: [{ orderLine: lines[0]?.id, quantity: '1', reason: 'UNWANTED' }],
      },
    });
    const { id: returned, lines: returnLines } = requestReturn.return;
    const returnLine = returnLines[0]?.id;
    await counter.graphql(
      `mutation ($input: ReceiveReturnInput!) { receiveReturn(input: $input) { return { status } } }`,
      { input: { return: returned, location: 'STORE-YORK' } },
    );
    await york.awaitChange(({ returnPending }) => returnPending === '1', 'the goods at the counter');
    await own.awaitChange(({ status }) => status === 'PARTIALLY_RETURNED', 'the return on the order');
    await counter.graphql(
      `mutation ($inspect: InspectReturnInput!, $dispose: DispositionReturnInput!) {
        inspectReturn(input: $inspect) { return { status } }
        dispositionReturn(input: $dispose) { return { status } }
      }`,
      {
        inspect: { return: returned, lines: [{ line: returnLine, condition: 'A' }] },
        dispose: { return: returned, lines: [{ line: returnLine, disposition: 'RESTOCK' }] },
      },
    );
    await york.awaitChange(({ sellable }) => sellable === '1', 'the restock');
    // York is in the network of the shop, so what lies there again may be sold there.
    await shop.awaitChange(({ available }) => available === '4', 'the restock on the shop');

    expect(shop.changes().map(({ available }) => available)).toEqual(['5', '3', '4']);
    const versions = own.changes().map(({ version }) => version);
    expect(versions).toEqual([...versions].sort((a, b) => a - b));
    // Changes of one tick arrive as one, so a state may be passed over; none comes out of order.
    const seen = progressOf(own.changes());
    expect(seen).toEqual(LIFE_OF_A_UNIT.filter((state) => seen.includes(state)));

    const story = await waitFor(async () => {
      const { order: told } = await agent.graphql<{ order: Story }>(STORY, { id: order });
      return told.timeline.edges.some(({ node }) => node.type.includes('REFUND')) ? told : undefined;
    }, 'the refund on the timeline');
    expect(story).toMatchObject({
      status: 'PARTIALLY_RETURNED',
      lines: [{ sku: { title: 'Desk lamp' }, location: { id: 'DC-NORTH' } }],
      shipments: [{ carrier: 'DPD', trackingNumber: 'T-1', tracking: { status: 'DELIVERED', place: 'York' } }],
      returns: [
        { lines: [{ disposition: 'RESTOCK' }], refunds: [{ status: 'SUCCEEDED', amount: { amountMinor: 4_500 } }] },
      ],
      payments: [{ captured: { amountMinor: 9_395 }, refunded: { amountMinor: 4_500 } }],
    });
    const told = story.timeline.edges.map(({ node }) => node);
    expect(told.map(({ source }) => source)).toEqual(expect.arrayContaining(['wms-north', 'parcels-main']));
    expect(
      inOrder(
        told.map(({ type }) => type),
        ['PLACED', 'RESERVED', 'RELEASED', 'PICK', 'PACK', 'SHIPMENT', 'OUT_FOR_DELIVERY', 'DELIVERY', 'RETURN'],
      ),
    ).toBe(true);
  });

  test('a product page of 20 SKUs with title, price and availability per location takes one request', async () => {
    const visitor = await demo.as('anonymous');
    const skus = demo.retailer.catalogue.items.slice(0, 20).map(({ sku }) => sku);

    const answer = await visitor.graphql<{
      skus: { id: string; title: string; price: { amount: { amountMinor: number } } }[];
    }>(
      `query ($skus: [ID!]!) { skus(ids: $skus) { id title price(currency: "GBP") { amount { amountMinor } }
        availability(channel: "WEB-GB") { available nodes { location { name } available } } } }`,
      { skus },
    );

    expect(answer.skus.map(({ id }) => id)).toEqual(skus);
    for (const sku of answer.skus) expect(sku.price.amount.amountMinor).toBeGreaterThan(0);
  });
});

interface Story {
  readonly timeline: {
    readonly edges: readonly { readonly node: { readonly type: string; readonly source: string } }[];
  };
}

const STORY = `query ($id: ID!) { order(id: $id) {
  status
  lines { sku { title } location { id name } states { state quantity } }
  shipments { carrier trackingNumber deliveredAt tracking { status place } }
  payments { captured { amountMinor } refunded { amountMinor } }
  returns { status lines { disposition } refunds { status amount { amountMinor } } }
  timeline(first: 100) { edges { node { type source summary occurredAt lagMs visibility } } }
} }`;

async function availableOf(client: Awaited<ReturnType<DemoHub['as']>>, sku: string): Promise<string | undefined> {
  const { availability } = await client.graphql<{ availability: ({ available: string } | null)[] }>(
    `query ($skus: [ID!]!) { availability(skus: $skus, channel: "WEB-GB") { available } }`,
    { skus: [sku] },
  );
  return availability[0]?.available;
}

function hasState(state: string): (change: OrderChange) => boolean {
  return ({ lines }) => lines.some(({ states }) => states.some((each) => each.state === state));
}

/** The furthest states in the order in which they were first seen. */
function progressOf(changes: readonly OrderChange[]): readonly string[] {
  return [...new Set(changes.flatMap(({ lines }) => lines.flatMap(({ states }) => states.map(({ state }) => state))))];
}

function inOrder(types: readonly string[], words: readonly string[]): boolean {
  let from = 0;
  return words.every((word) => {
    const at = types.findIndex((type, index) => index >= from && type.includes(word));
    from = at + 1;
    return at >= 0;
  });
}
