import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { GraphqlFailure, type HubClient } from '../../scripts/client/hub-client.ts';
import { subscribe, type LiveFrames } from '../harness/live-frames.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readOrders, readPositions } from '../harness/read-state.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

interface PositionChange {
  readonly onHand: string;
  readonly version: number;
}

const SHELF = `subscription ($location: ID!, $skus: [ID!]) {
  positionChanged(location: $location, skus: $skus) { cursor reset changes { onHand version } } }`;

/** Often enough to catch up within a test. */
const POLL_OFTEN = { intervalMs: 50 };
const LAMP_SOLD = [{ sku: 'LAMP', quantity: '1' }];
const SALES = 12;

let demo: DemoHub;
let agent: HubClient;
const open: LiveFrames<unknown>[] = [];

beforeEach(async () => {
  lastSales = 0;
  demo = await openDemoHub({ pollerLimits: POLL_OFTEN });
  agent = await demo.as('agent');
});

afterEach(async () => {
  await Promise.all(open.splice(0).map((frames) => frames.close()));
  await demo?.[Symbol.asyncDispose]();
});

describe('while the orders context is stopped', () => {
  test('a store sale moves stock, by query and live, and its order appears once when orders is back', async () => {
    const { square } = demo.retailer;
    await stockShelves(demo, [{ location: 'STORE-LEEDS', sku: 'LAMP', quantity: '9' }]);
    const shelf = await followShelf('STORE-LEEDS', 'LAMP');
    await demo.hub.subgraphs['orders']?.stop();
    await expect(readOrders(agent)).rejects.toMatchObject({ code: 'CONTEXT_UNAVAILABLE' });

    const { receiptNumber } = square.ringUpSale({
      locationCode: 'STORE-LEEDS',
      lines: [{ sku: 'LAMP', quantity: '2' }],
    });
    await shelf.awaitChange(({ onHand }) => onHand === '7', 'the sale on the shelf');
    expect(await onHandOf('STORE-LEEDS', 'LAMP')).toBe('7');

    await demo.hub.subgraphs['orders']?.start();
    await waitFor(async () => (await receiptsOf('LAMP')).length > 0, 'the order of the sale');
    await demo.hub.subgraphs['orders']?.stop();
    await demo.hub.subgraphs['orders']?.start();
    await settled();
    expect(await receiptsOf('LAMP')).toEqual([receiptNumber]);
    expect(await onHandOf('STORE-LEEDS', 'LAMP')).toBe('7');
  });
});

describe('webhooks come as they come', () => {
  test.each([
    ['twice', { duplicate: 1 }],
    ['in another order', { reorder: 0.5 }],
    ['never', { drop: 1 }],
    ['late, twice, in another order, or never', { delayMs: 20, duplicate: 0.5, reorder: 0.5, drop: 0.5 }],
  ])('sales of both estates whose webhooks come %s are booked once each', async (_how, faults) => {
    const { square, lightspeed } = demo.retailer;
    await stockShelves(demo, [
      { location: 'STORE-LEEDS', sku: 'LAMP', quantity: '50' },
      { location: 'STORE-BATH', sku: 'LAMP', quantity: '50' },
    ]);
    for (const till of [square, lightspeed]) till.faults.set(faults);
    const sold = Array.from({ length: SALES }, (_, index) => {
      const [till, locationCode] =
        index % 2 === 0 ? ([square, 'STORE-LEEDS'] as const) : ([lightspeed, 'STORE-BATH'] as const);
      const receiptNumber = `${locationCode}-${index}`;
      till.ringUpSale({ locationCode, lines: LAMP_SOLD, receiptNumber });
      return receiptNumber;
    });

    await waitFor(async () => (await receiptsOf('LAMP')).length >= SALES, 'every sale as an order');
    await settled();
    expect([...(await receiptsOf('LAMP'))].sort()).toEqual(sold.sort());
    const left = String(50 - SALES / 2);
    await waitFor(async () => (await onHandOf('STORE-LEEDS', 'LAMP')) === left, 'the shelf in Leeds');
    await waitFor(async () => (await onHandOf('STORE-BATH', 'LAMP')) === left, 'the shelf in Bath');
  });

  test('work of the warehouse whose webhooks never come is caught up by its feed, each step once', async () => {
    const { wms } = demo.retailer;
    await stockShelves(demo, [{ location: 'DC-NORTH', sku: 'LAMP', quantity: '5' }]);
    await agent.graphql(`mutation ($input: PlaceOrderInput!) { placeOrder(input: $input) { order { id } } }`, {
      input: {
        channel: 'WEB-GB',
        externalId: 'FACT-1',
        lines: [{ sku: 'LAMP', quantity: '2', unitPriceMinor: 4_500 }],
        tenders: [{ tender: 'CARD', amountMinor: 9_000 }],
      },
    });
    const work = await waitFor(() => wms.orders()[0], 'the work');
    wms.faults.set({ drop: 1 });
    wms.work.pick(work.id);
    wms.work.pack(work.id);
    wms.work.ship(work.id);
    wms.work.deliver(work.id);

    await waitFor(async () => (await readOrders(agent))[0]?.status === 'DELIVERED', 'the delivery');
    expect(await onHandOf('DC-NORTH', 'LAMP')).toBe('3');
    expect((await readOrders(agent))[0]?.lines[0]?.states).toEqual([{ state: 'DELIVERED', quantity: '2' }]);
  });
});

describe('an item that nobody has registered', () => {
  test('its sale waits, moves nothing, and is applied once when the item master tells of the item', async () => {
    const { square, erp } = demo.retailer;
    const item = { ...tillItem(), sku: 'NEW-ARRIVAL' };
    square.registerItem(item);
    await stockShelves(demo, [{ location: 'STORE-LEEDS', sku: 'LAMP', quantity: '9' }]);
    const lines = [{ sku: 'NEW-ARRIVAL', quantity: '2' }, ...LAMP_SOLD];
    square.ringUpSale({ locationCode: 'STORE-LEEDS', lines, receiptNumber: 'EARLY' });
    // The known line of the same receipt does not wait for the other.
    await waitFor(async () => (await onHandOf('STORE-LEEDS', 'LAMP')) === '8', 'the known line');
    await settled();
    expect(await onHandOf('STORE-LEEDS', 'NEW-ARRIVAL')).toBeUndefined();
    const reserving = reserve('NEW-ARRIVAL');
    await expect(reserving).rejects.toBeInstanceOf(GraphqlFailure);
    await expect(reserving).rejects.toMatchObject({ code: 'UNKNOWN_SKU' });

    erp.putItem({
      number: 'NEW-ARRIVAL',
      displayName: 'New arrival',
      productNumber: 'NEW',
      productName: 'New arrival',
      attributes: [],
      baseUnitOfMeasureCode: 'PCS',
      quantityStep: '1',
      gtin: '2000000099998',
      itemCategoryCode: 'HOME/LIGHT',
      unitPriceMinor: 1_000,
      taxGroupCode: 'STANDARD',
    });
    await waitFor(async () => (await onHandOf('STORE-LEEDS', 'NEW-ARRIVAL')) === '-2', 'the line that waited');
    await waitFor(async () => (await receiptsOf('NEW-ARRIVAL')).length > 0, 'the order of the sale');
    await settled();
    expect(await onHandOf('STORE-LEEDS', 'NEW-ARRIVAL')).toBe('-2');
    expect(await onHandOf('STORE-LEEDS', 'LAMP')).toBe('8');
    expect(await receiptsOf('NEW-ARRIVAL')).toEqual(['EARLY']);
  });
});

function reserve(sku: string): Promise<unknown> {
  return agent.graphql(`mutation ($input: ReserveStockInput!) { reserveStock(input: $input) { changeCursor } }`, {
    input: { idempotencyKey: `reserve-${sku}`, channel: 'WEB-GB', lines: [{ sku, quantity: '1' }] },
  });
}

async function onHandOf(location: string, sku: string): Promise<string | undefined> {
  const rows = await readPositions(agent, [location]);
  return rows.find((row) => row.sku === sku)?.onHand;
}

/** The receipts of all orders with this SKU. */
async function receiptsOf(sku: string): Promise<readonly string[]> {
  const orders = await readOrders(agent);
  return orders.filter(({ lines }) => lines.some((line) => line.sku.id === sku)).map(({ externalId }) => externalId);
}

/** All webhooks are delivered or lost, and every feed has been read once more after that. */
async function settled(): Promise<void> {
  const { erp, wms, square, lightspeed } = demo.retailer;
  await Promise.all([erp, wms, square, lightspeed].map((system) => system.webhooksSettled()));
  for (let again = 0; again < 2; again++) await Promise.all(demo.hub.pollers.map((poller) => poller.round()));
  // What came before has had its turn in both contexts when a later sale is on the shelf and among the orders.
  const receiptNumber = `LAST-${++lastSales}`;
  demo.retailer.square.ringUpSale({
    locationCode: 'STORE-YORK',
    lines: [{ sku: 'SCARF-RUST', quantity: '1' }],
    receiptNumber,
  });
  await waitFor(async () => (await receiptsOf('SCARF-RUST')).includes(receiptNumber), 'a later sale as an order');
  await waitFor(
    async () => (await onHandOf('STORE-YORK', 'SCARF-RUST')) === `-${lastSales}`,
    'a later sale on the shelf',
  );
}

let lastSales = 0;

async function followShelf(location: string, sku: string): Promise<LiveFrames<PositionChange>> {
  const frames = subscribe<PositionChange>(demo.hub.url, {
    token: await demo.tokenOf('store', { stores: [location] }),
    query: SHELF,
    variables: { location, skus: [sku] },
  });
  open.push(frames);
  await waitFor(() => frames.frames[0], 'the snapshot');
  return frames;
}

function tillItem() {
  return {
    productNumber: 'NEW',
    productName: 'New arrival',
    variantName: '',
    gtin: '2000000099998',
    unit: 'EA' as const,
    step: '1',
    pricesMinor: { GBP: 1_000, EUR: 1_200 },
    taxRatePercent: 20,
  };
}
