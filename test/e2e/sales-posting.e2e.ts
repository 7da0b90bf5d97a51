/* From the tills of two estates to the ERP: store sales go on while it is down, each is posted once, and the proof says so. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DateTime } from 'luxon';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import type { HubClient } from '../../scripts/client/hub-client.ts';
import { openDemoHub, type DemoHub } from '../harness/open-demo-hub.ts';
import { readPositions } from '../harness/read-state.ts';
import { stockShelves } from '../harness/stock-shelves.ts';

const FIGURES = 'sales returns units total { amountMinor currencyCode }';
const POSTINGS = `query ($location: ID!, $day: String!) { salesPostings(location: $location, day: $day) {
  system businessDay currencyCode state waitingReceipts comparedAt location { id name }
  registers { register state told { ${FIGURES} } taken { ${FIGURES} } posted { ${FIGURES} } }
  batches { sequence status receipts total { amountMinor } document reason } } }`;
const POST = `mutation ($input: PostStoreSalesInput!) { postStoreSales(input: $input) { salesPostings { state } } }`;
const QUEUES = `{ outboundQueues { system waiting { lane commands } } }`;
const EXCEPTIONS = `{ exceptions(filter: { classes: [SALES_VARIANCE] }) { edges { node {
  id status summary valueAtRisk { amountMinor currencyCode } possibleActions } } } }`;
const ACT = `mutation ($input: ActOnExceptionInput!) { actOnException(input: $input) { exception { id } } }`;

interface Figures {
  readonly sales: number;
  readonly returns: number;
  readonly units: string | null;
  readonly total: { readonly amountMinor: number };
}
interface Posting {
  readonly state: string;
  readonly registers: readonly {
    readonly register: string | null;
    readonly state: string;
    readonly told: Figures | null;
    readonly taken: Figures;
    readonly posted: Figures | null;
  }[];
  readonly batches: readonly { readonly sequence: number; readonly status: string; readonly receipts: number }[];
}
interface Exceptions {
  readonly exceptions: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly status: string } }[];
  };
}

const LEEDS = 'STORE-LEEDS';
const BATH = 'STORE-BATH';
const SALES = 8;
const LAMP_SOLD = [{ sku: 'LAMP', quantity: '1' }];
const TODAY = DateTime.now().setZone('Europe/London').toFormat('yyyy-MM-dd');

let demo: DemoHub;
let operator: HubClient;

beforeAll(async () => {
  demo = await openDemoHub({
    pollerLimits: { intervalMs: 100 },
    salesPostingLimits: { batchAgeMs: 100, lateWaitMs: 100, roundMs: 50, lookAgainMs: 100, compareAgainMs: 200 },
  });
  operator = await demo.as('operator');
  await stockShelves(demo, [
    { location: LEEDS, sku: 'LAMP', quantity: '50' },
    { location: BATH, sku: 'LAMP', quantity: '50' },
  ]);
});

afterAll(() => demo?.[Symbol.asyncDispose]());

const posting = async (location: string): Promise<Posting | undefined> => {
  const { salesPostings } = await operator.graphql<{ salesPostings: Posting[] }>(POSTINGS, { location, day: TODAY });
  return salesPostings[0];
};
const until = (location: string, state: string, sales: number): Promise<Posting> =>
  waitFor(async () => {
    const found = await posting(location);
    const taken = found?.registers.reduce((sum, register) => sum + register.taken.sales, 0);
    return found?.state === state && taken === sales ? found : undefined;
  }, `${location} to be ${state}`);
const onHand = async (location: string): Promise<string | undefined> =>
  (await readPositions(await demo.as('operator'), [location])).find(({ sku }) => sku === 'LAMP')?.onHand;
const invoicesOf = (day: Posting): number => day.batches.filter(({ status }) => status === 'DONE').length;

describe('while the ERP is down', () => {
  test('stores go on selling, and what they sold waits behind what customers wait for', async () => {
    const { erp, square, lightspeed } = demo.retailer;
    erp.faults.set({ outage: 'UNAVAILABLE' });
    for (const till of [square, lightspeed]) till.faults.set({ duplicate: 1, reorder: 0.5 });
    for (let count = 1; count <= SALES; count++) {
      square.ringUpSale({ locationCode: LEEDS, lines: LAMP_SOLD, register: 1 + (count % 2) });
      lightspeed.ringUpSale({ locationCode: BATH, lines: LAMP_SOLD, register: 1 + (count % 2) });
    }
    await waitFor(
      async () => (await onHand(LEEDS)) === '42' && (await onHand(BATH)) === '42',
      'the sales on the shelf',
    );
    await until(LEEDS, 'QUEUED', SALES);
    const { outboundQueues } = await operator.graphql<{
      outboundQueues: { system: string; waiting: { lane: string; commands: number }[] }[];
    }>(QUEUES);
    const lanes = outboundQueues.find(({ system }) => system === 'erp-main')?.waiting ?? [];
    expect(lanes.filter(({ commands }) => commands > 0).map(({ lane }) => lane)).toEqual(['FINANCE']);
    expect(erp.salesInvoices()).toEqual([]);
  });

  test('and when it is back, everything is posted once and proven, register by register', async () => {
    const { erp } = demo.retailer;
    erp.faults.clear();
    for (const location of [LEEDS, BATH]) {
      const day = await until(location, 'PROVEN', SALES);
      expect(day.registers).toHaveLength(2);
      for (const { told, taken, posted } of day.registers) {
        expect(taken).toMatchObject({ sales: SALES / 2, returns: 0, units: String(SALES / 2) });
        expect(posted).toEqual(taken);
        expect(told).toEqual({ ...taken, units: null });
      }
    }
    const days = [await posting(LEEDS), await posting(BATH)].filter((day) => day !== undefined);
    expect(erp.salesInvoices()).toHaveLength(days.reduce((sum, day) => sum + invoicesOf(day), 0));
    // What was posted comes back to nobody as a sale: the shelf has lost each lamp once.
    expect([await onHand(LEEDS), await onHand(BATH)]).toEqual(['42', '42']);
  });
});

test('a sale that comes late is a document of its own, and money that a till gave back is part of its day', async () => {
  const { erp, square } = demo.retailer;
  const before = await posting(LEEDS);
  const documents = erp.salesInvoices().filter((invoice) => invoice['currencyCode'] === 'GBP');
  const { receiptNumber } = square.ringUpSale({ locationCode: LEEDS, lines: LAMP_SOLD });
  const after = await until(LEEDS, 'PROVEN', SALES + 1);
  expect(after.batches).toHaveLength((before?.batches.length ?? 0) + 1);
  expect(erp.salesInvoices().slice(0, documents.length)).toEqual(documents);

  square.ringUpReturn({ locationCode: LEEDS, lines: LAMP_SOLD, originalReceiptNumber: receiptNumber });
  const returned = await waitFor(async () => {
    const day = await until(LEEDS, 'PROVEN', SALES + 1);
    return day.registers.some(({ taken }) => taken.returns === 1) ? day : undefined;
  }, 'the return');
  const [register] = returned.registers.filter(({ taken }) => taken.returns === 1);
  expect(register?.posted).toEqual(register?.taken);
  // More came back than was sold, so this one is a credit memo.
  expect(erp.salesCreditMemos()).toMatchObject([{ status: 'Open' }]);
});

test('what the ERP refuses is one exception per register with its value, and goes through when it is replayed', async () => {
  const { erp, lightspeed } = demo.retailer;
  const [item] = demo.retailer.catalogue.items.filter(({ sku }) => sku === 'LAMP');
  if (!item) throw new Error('There is no lamp.');
  const lamp = {
    number: item.sku,
    displayName: item.productName,
    productNumber: item.productNumber,
    productName: item.productName,
    attributes: item.attributes,
    baseUnitOfMeasureCode: 'PCS',
    quantityStep: item.step,
    gtin: item.gtin,
    itemCategoryCode: item.categoryCode,
    unitPriceMinor: item.pricesMinor.GBP,
    taxGroupCode: 'STANDARD',
  };
  erp.putItem({ ...lamp, blocked: true });
  lightspeed.ringUpSale({ locationCode: BATH, lines: LAMP_SOLD });
  await until(BATH, 'DIFFERS', SALES + 1);
  const exceptions = async () => (await operator.graphql<Exceptions>(EXCEPTIONS)).exceptions.edges;
  const [found] = await waitFor(async () => {
    const edges = await exceptions();
    return edges.length > 0 ? edges : undefined;
  }, 'the exception');
  expect(await exceptions()).toHaveLength(1);
  expect(found?.node).toMatchObject({
    status: 'OPEN',
    valueAtRisk: { amountMinor: item.pricesMinor.GBP, currencyCode: 'GBP' },
    possibleActions: ['REPLAY', 'WAIVE'],
  });
  erp.putItem({ ...lamp, blocked: false });
  const input = {
    exception: found?.node.id,
    action: 'REPLAY',
    reason: 'The item is free again.',
    idempotencyKey: 'once',
  };
  await operator.graphql(ACT, { input });
  await until(BATH, 'PROVEN', SALES + 1);
  await waitFor(async () => (await exceptions())[0]?.node.status === 'RESOLVED', 'the end of the exception');
  // Posting it again posts nothing again.
  const documents = erp.salesInvoices().length;
  await operator.graphql(POST, { input: { location: BATH, day: TODAY } });
  await until(BATH, 'PROVEN', SALES + 1);
  expect(erp.salesInvoices()).toHaveLength(documents);
});

test('a store that sold nothing has no posting, and what is no day is refused', async () => {
  expect(await posting('STORE-YORK')).toBeUndefined();
  await expect(operator.graphql(POSTINGS, { location: LEEDS, day: 'yesterday' })).rejects.toMatchObject({
    code: 'BAD_USER_INPUT',
  });
});
