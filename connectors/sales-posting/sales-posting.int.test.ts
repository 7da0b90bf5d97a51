/* From facts of tills to documents of an ERP, and back to the proof, over HTTP and with restarts. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { waitFor } from '../../kernel/testing/wait-for.ts';
import { repostSales, type RegisterPosting, type SalesDay } from '../../schema/commands/sales.ts';
import {
  postedSalesAgreed,
  postedSalesDiffered,
  type PostedSalesDiffered,
} from '../../schema/events/outbound-sales.ts';
import { rpcSubjectOf, streamOf } from '../../schema/events/subjects.ts';
import type { RegisterDay } from '../pos/port.ts';
import { businessDayOf } from './business-day.ts';
import { SalesStore } from './sales-store.ts';
import { itemOf, PostingBench, seedOf, SKUS, STORE } from './testing/posting-bench.ts';

const DAY_MS = 86_400_000;
const TODAY = businessDayOf(Date.now(), 'Europe/London');
/** Noon of a day that is over. */
const EARLIER_MS = Date.parse(`${TODAY}T12:00:00Z`) - 2 * DAY_MS;
const EARLIER = businessDayOf(EARLIER_MS, 'Europe/London');
const PENCE = 100;

let bench: PostingBench;

beforeEach(async () => {
  bench = await PostingBench.open();
  await bench.registerStore();
});

afterEach(() => bench.close());

const until = (state: RegisterPosting['state'], businessDay = TODAY): Promise<SalesDay> =>
  waitFor(async () => {
    const day = await bench.day(businessDay);
    return day && day.registers.every((register) => register.state === state) ? day : undefined;
  }, state);

const invoiced = (): number =>
  bench.erp
    .salesInvoices()
    .reduce((sum, invoice) => sum + Math.round(Number(invoice['totalAmountIncludingTax']) * PENCE), 0);

/** What was told of differences, the oldest first. */
async function told(): Promise<readonly string[]> {
  const messages = await bench.platform.streams.read(streamOf('outbound'), 0, 1_000);
  return messages.flatMap(({ envelope: { type, data } }) => {
    if (type === postedSalesAgreed.type) return ['AGREED'];
    return type === postedSalesDiffered.type ? [`DIFFERED ${(data as PostedSalesDiffered).differenceMinor}`] : [];
  });
}

async function repost(businessDay: string): Promise<void> {
  const subject = rpcSubjectOf(repostSales.context, repostSales.name);
  const request = { location: STORE, businessDay };
  await bench.platform.rpc.request(subject, request, { timeoutMs: 5_000, correlationId: 'test' });
}

const registerDay = (change: Partial<RegisterDay>): RegisterDay => ({
  location: STORE,
  register: 'till-1',
  businessDay: EARLIER,
  currency: 'GBP',
  taken: { receiptCount: 0, totalMinor: 0 },
  given: { receiptCount: 0, totalMinor: 0 },
  receipts: [],
  drawer: null,
  isClosed: true,
  ...change,
});

describe('what stores sell', () => {
  test('is posted once and proven, although each fact comes three times, the ERP is down and the hub is restarted', async () => {
    bench.erp.faults.set({ outage: 'UNAVAILABLE' });
    const numbers = Array.from({ length: 20 }, (_, index) => `R-${index}`);
    for (const number of numbers) await bench.sell(number);
    for (const number of numbers.toReversed()) await bench.sell(number);
    await until('QUEUED');
    await bench.stop();
    await bench.start();
    for (const number of numbers) await bench.sell(number);
    expect(bench.erp.salesInvoices()).toEqual([]);
    bench.erp.faults.clear();
    const day = await until('PROVEN');
    expect(day.registers).toEqual([
      {
        register: 'till-1',
        state: 'PROVEN',
        told: null,
        taken: { sales: 20, returns: 0, units: '20', totalMinor: 20_000 },
        posted: { sales: 20, returns: 0, units: '20', totalMinor: 20_000 },
      },
    ]);
    expect(invoiced()).toBe(20_000);
  });

  test('that comes after its day was posted becomes another document, and the first stays as it is', async () => {
    await bench.sell('R-1', { atMs: EARLIER_MS });
    await until('PROVEN', EARLIER);
    const [first] = bench.erp.salesInvoices();
    await bench.sell('R-2', { atMs: EARLIER_MS + 1_000 });
    const day = await waitFor(async () => {
      const found = await until('PROVEN', EARLIER);
      return found.batches.length === 2 ? found : undefined;
    });
    expect(day.batches).toMatchObject([
      { sequence: 1, status: 'DONE', receipts: 1, document: first?.['number'] },
      { sequence: 2, status: 'DONE', receipts: 1, totalMinor: 1_000 },
    ]);
    expect(bench.erp.salesInvoices()).toHaveLength(2);
    expect(bench.erp.salesInvoices()[0]).toEqual(first);
    expect(await told()).toEqual([]);
  });

  test('and the till knows but nobody has told is one exception with its value, until it is told', async () => {
    const receipts = ['R-1', 'R-2', 'R-3'];
    bench.told = [registerDay({ taken: { receiptCount: 3, totalMinor: 3_000 }, receipts })];
    await bench.sell('R-1', { atMs: EARLIER_MS });
    await bench.sell('R-2', { atMs: EARLIER_MS });
    const day = await until('DIFFERS', EARLIER);
    expect(day.registers).toMatchObject([
      { told: { sales: 3, totalMinor: 3_000 }, taken: { sales: 2, totalMinor: 2_000 }, posted: { sales: 2 } },
    ]);
    // It is compared again and again, and told once.
    const comparedAt = day.comparedAt ?? '';
    await waitFor(async () => ((await bench.day(EARLIER))?.comparedAt ?? '') > comparedAt, 'another comparison');
    expect(await told()).toEqual(['DIFFERED 1000']);
    await bench.sell('R-3', { atMs: EARLIER_MS });
    await until('PROVEN', EARLIER);
    await waitFor(async () => (await told()).length === 2, 'the end of the exception');
    expect(await told()).toEqual(['DIFFERED 1000', 'AGREED']);
  });

  test('and the ERP refuses is one exception, and is posted once when it is handed over again', async () => {
    const [sku = ''] = SKUS;
    bench.erp.putItem({ ...itemOf(sku), blocked: true });
    await bench.sell('R-1', { atMs: EARLIER_MS });
    const day = await until('DIFFERS', EARLIER);
    expect(day.batches).toMatchObject([{ status: 'REFUSED', reason: expect.stringContaining('blocked') }]);
    expect(day.registers).toMatchObject([{ taken: { totalMinor: 1_000 }, posted: { totalMinor: 0 } }]);
    await waitFor(async () => (await told()).length === 1, 'the exception');
    bench.erp.putItem({ ...itemOf(sku), blocked: false });
    await repost(EARLIER);
    await until('PROVEN', EARLIER);
    await waitFor(async () => (await told()).length === 2, 'the end of the exception');
    expect(await told()).toEqual(['DIFFERED 1000', 'AGREED']);
    await repost(EARLIER);
    await until('PROVEN', EARLIER);
    expect(bench.erp.salesInvoices()).toHaveLength(1);
  });

  test('is proven register by register, also where only the POS knows at which it was rung up', async () => {
    const register = null;
    bench.told = [
      registerDay({ register: 'till-1', taken: { receiptCount: 1, totalMinor: 1_000 }, receipts: ['R-1'] }),
      registerDay({ register: 'till-2', taken: { receiptCount: 2, totalMinor: 2_000 }, receipts: ['R-2', 'R-3'] }),
      registerDay({ register, taken: { receiptCount: 1, totalMinor: 1_000 }, receipts: ['R-4'] }),
    ];
    for (const number of ['R-1', 'R-2', 'R-3', 'R-4']) await bench.sell(number, { atMs: EARLIER_MS, register: '-' });
    const day = await waitFor(async () => {
      const found = await until('PROVEN', EARLIER);
      return found.registers.length === 3 ? found : undefined;
    });
    const rows = day.registers.map((row) => [row.register, row.told?.sales, row.taken.sales, row.posted?.sales]);
    expect(rows).toEqual([
      ['-', 1, 1, 1],
      ['till-1', 1, 1, 1],
      ['till-2', 2, 2, 2],
    ]);
  });

  test('waits for what is not known of it, and belongs to the day of its store', async () => {
    const location = 'STORE-DUBLIN';
    const weighed = seedOf('KG');
    // Two in the morning in London is the evening before in New York.
    const atMs = Date.parse(`${EARLIER}T02:00:00Z`);
    const sale = { location, channel: `STORE:${location}`, atMs };
    const lines = [{ lineId: '1', sku: weighed, quantity: '2', unit: 'CS', unitPriceMinor: 100 }];
    await bench.sell('R-1', { ...sale, lines });
    await waitFor(async () => (await bench.waiting()) === 1, 'the receipt that waits');
    await bench.registerStore('America/New_York', location);
    const before = businessDayOf(EARLIER_MS - DAY_MS, 'Europe/London');
    const day = await waitFor(async () => {
      const found = await bench.day(before, location);
      return found?.registers.every(({ state }) => state === 'PROVEN') === true ? found : undefined;
    }, 'the proof');
    // A case holds 12.5 kilograms.
    expect(day.registers).toMatchObject([{ taken: { units: '25', totalMinor: 2_500 }, posted: { units: '25' } }]);
    expect(await bench.waiting()).toBe(0);
  });

  test('is forgotten long after its day was settled', async () => {
    await bench.stop();
    await bench.start({ keptMs: 1, removedPerRound: 2, roundMs: 10 });
    for (const number of ['R-1', 'R-2', 'R-3', 'R-4', 'R-5']) await bench.sell(number, { atMs: EARLIER_MS });
    await waitFor(() => bench.erp.salesInvoices().length > 0, 'the posting');
    await waitFor(async () => (await bench.day(EARLIER)) === undefined, 'the day to be removed');
    const { receipts, batches } = await SalesStore.open(bench.platform.documents);
    expect(await receipts.find({ limit: 10 })).toEqual([]);
    expect(await batches.find({ limit: 10 })).toEqual([]);
    expect(invoiced()).toBe(5_000);
  });
});
