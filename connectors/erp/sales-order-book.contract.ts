import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Refusal } from '../../kernel/model/errors.ts';
import type { RecordSalesOrder, RequestInvoice } from '../../schema/commands/outbound-sales-orders.ts';
import type { SalesOrderBook } from './sales-order-book.ts';

/** An order as an ERP holds it, in the hub's words. */
export interface HeldOrder {
  readonly document: string;
  readonly lines: readonly { readonly sku: string; readonly quantity: number }[];
  readonly totalMinor: number;
}

/** An ERP that keeps orders, ready to be tried. */
export interface SalesOrderBookUnderTest {
  readonly book: SalesOrderBook;
  /** The same, as another process would see it. */
  readonly other: SalesOrderBook;
  readonly channel: string;
  readonly location: string;
  /** Two. */
  readonly skus: readonly string[];
  readonly currency: string;
  orders(): Promise<readonly HeldOrder[]>;
  /** By which the ledger claims each line of the only order, in the order of its lines. */
  reservations(): Promise<readonly (readonly string[])[]>;
  /** Of all invoices: what they are for in minor units, the oldest first. */
  invoices(): Promise<readonly { readonly invoice: string; readonly amountMinor: number }[]>;
  /** The n-th of the calls that write from now on is carried out, and its answer is lost. */
  loseAnswerOfWrite(ordinal: number): void;
  close(): Promise<void>;
}

const ORDER = '0199a000-0000-7000-8000-000000000001';
/** More writes than any attempt needs. */
const WRITES_MAX = 12;

export function salesOrderBookContract(name: string, open: () => Promise<SalesOrderBookUnderTest>): void {
  describe(`${name}: where orders are kept`, () => {
    let erp: SalesOrderBookUnderTest;

    beforeEach(async () => {
      erp = await open();
    });

    afterEach(() => erp.close());

    const line = (lineNo: 1 | 2, quantity: string) => ({
      orderLine: `${ORDER}.${lineNo}`,
      lineNo,
      sku: erp.skus[lineNo - 1] ?? '',
      quantity,
      unitPriceMinor: lineNo === 1 ? 100 : 250,
    });
    const held = (lineNo: 1 | 2, quantity: number) => ({ sku: erp.skus[lineNo - 1], quantity });
    /** Three at 1.00 and two at 2.50, carriage of 1.01 and a discount of 0.34: 8.67. */
    const order = (change: Partial<RecordSalesOrder> = {}): RecordSalesOrder => ({
      order: ORDER,
      channel: erp.channel,
      number: 'W-1',
      customer: 'ann',
      currency: erp.currency,
      placedAt: '2026-11-20T10:00:00.000Z',
      lines: [
        { ...line(1, '3'), reservations: ['reservation-1'] },
        { ...line(2, '2'), reservations: ['reservation-2'] },
      ],
      totalMinor: 867,
      ...change,
    });
    const lessOf = (first: string, second: string, totalMinor: number): RecordSalesOrder =>
      order({
        lines: [
          { ...line(1, first), reservations: [] },
          { ...line(2, second), reservations: [] },
        ],
        totalMinor,
      });
    const parcel = (no: number, change: Partial<RequestInvoice> = {}): RequestInvoice => ({
      order: ORDER,
      channel: erp.channel,
      shipment: `${ORDER}.s${no}`,
      shippedAt: '2026-11-21T10:00:00.000Z',
      location: erp.location,
      currency: erp.currency,
      lines: [line(1, '3'), line(2, '2')],
      totalMinor: 867,
      amountMinor: 867,
      ...change,
    });
    const amounts = async () => (await erp.invoices()).map(({ amountMinor }) => amountMinor);

    test('keeps an order once, whoever asks for it however often', async () => {
      const first = await erp.book.record(order());
      expect(await erp.other.record(order())).toEqual(first);
      expect(await erp.book.record(order())).toEqual(first);
      expect(await erp.orders()).toEqual([
        { document: first.document, lines: [held(1, 3), held(2, 2)], totalMinor: 867 },
      ]);
    });

    test('brings it up to what was called off', async () => {
      const { document } = await erp.book.record(order());
      expect(await erp.book.record(lessOf('1', '2', 634))).toEqual({ document });
      expect(await erp.orders()).toEqual([{ document, lines: [held(1, 1), held(2, 2)], totalMinor: 634 }]);
    });

    test('brings it up to another price, another line and other carriage', async () => {
      const [first] = order().lines;
      if (!first) throw new Error('It has no lines.');
      const { document } = await erp.book.record(order({ lines: [first], totalMinor: 401 }));
      await erp.book.invoice(parcel(1, { lines: [line(1, '1')], totalMinor: 401, amountMinor: 134 }));
      const dearer = { ...first, unitPriceMinor: 120 };
      const second = { ...line(2, '1'), reservations: [] };
      await erp.book.record(order({ lines: [dearer, second], totalMinor: 700 }));
      expect(await erp.orders()).toEqual([{ document, lines: [held(1, 3), held(2, 1)], totalMinor: 700 }]);
      await erp.book.record(order({ lines: [dearer, second], totalMinor: 650 }));
      expect(await erp.orders()).toMatchObject([{ totalMinor: 650 }]);
    });

    test('keeps the claims of each line current, however many there are', async () => {
      const claimed = (first: readonly string[], second: readonly string[]): RecordSalesOrder =>
        order({
          lines: [
            { ...line(1, '3'), reservations: [...first] },
            { ...line(2, '2'), reservations: [...second] },
          ],
        });
      for (const [first, second] of [
        [['a', 'b'], ['c']],
        [['b'], ['c', 'd', 'e']],
        [['f', 'b'], []],
        [
          ['f', 'b'],
          ['g', 'h'],
        ],
      ] as const) {
        for (const book of [erp.book, erp.other]) await book.record(claimed(first, second));
        expect(await erp.reservations()).toEqual([first, second]);
      }
      // They are neither goods nor money, and are in nobody's way.
      expect(await erp.orders()).toMatchObject([{ lines: [held(1, 3), held(2, 2)], totalMinor: 867 }]);
      await erp.book.invoice(parcel(1));
      expect(await amounts()).toEqual([867]);
    });

    test('removes one of which nothing is left, and does not make it again', async () => {
      await erp.book.record(order());
      expect(await erp.book.record(lessOf('0', '0', 0))).toEqual({ document: null });
      expect(await erp.book.record(lessOf('0', '0', 0))).toEqual({ document: null });
      expect(await erp.orders()).toEqual([]);
    });

    test('invoices parcels to the minor unit of what is told, each once', async () => {
      await erp.book.record(order());
      const part = parcel(1, { lines: [line(1, '1')], amountMinor: 109 });
      const first = await erp.book.invoice(part);
      const rest = parcel(2, { lines: [line(1, '2'), line(2, '2')], amountMinor: 758 });
      const second = await erp.book.invoice(rest);
      expect(await erp.other.invoice(part)).toEqual(first);
      expect(await erp.book.invoice(rest)).toEqual(second);
      expect(await erp.invoices()).toEqual([
        { invoice: first.invoice, amountMinor: 109 },
        { invoice: second.invoice, amountMinor: 758 },
      ]);
    });

    test('keeps what has left when the rest is called off', async () => {
      const { document } = await erp.book.record(order());
      await erp.book.invoice(parcel(1, { lines: [line(1, '1')], amountMinor: 109 }));
      expect(await erp.book.record(lessOf('1', '0', 109))).toEqual({ document });
      expect(await erp.orders()).toMatchObject([{ totalMinor: 109 }]);
      expect(await amounts()).toEqual([109]);
    });

    test('comes to the same whichever answer is lost', async () => {
      for (let ordinal = 1; ordinal <= WRITES_MAX; ordinal++) {
        const id = `0199a000-0000-7000-8000-0000000000${10 + ordinal}`;
        erp.loseAnswerOfWrite(ordinal);
        await again(() => erp.book.record(order({ order: id })));
        const [first, second] = order().lines;
        if (!first || !second) throw new Error('It has two lines.');
        const claimed = [{ ...first, reservations: ['a', 'b', 'c'] }, second];
        await again(() => erp.book.record(order({ order: id, lines: claimed })));
        const part = parcel(1, { order: id, shipment: `${id}.s1`, lines: [line(1, '1')], amountMinor: 109 });
        await again(() => erp.book.invoice(part));
        const rest = { lines: [line(1, '2'), line(2, '2')], amountMinor: 758 };
        await again(() => erp.book.invoice(parcel(2, { order: id, shipment: `${id}.s2`, ...rest })));
      }
      const rounds = Array.from({ length: WRITES_MAX });
      expect((await erp.orders()).map(({ totalMinor }) => totalMinor)).toEqual(rounds.map(() => 867));
      expect(await amounts()).toEqual(rounds.flatMap(() => [109, 758]));
    });

    test('refuses what it does not know, and has kept nothing', async () => {
      const unknown = { ...line(1, '1'), sku: 'NO-SUCH-SKU', reservations: [] };
      await expect(erp.book.record(order({ lines: [unknown] }))).rejects.toThrow(Refusal);
      await expect(erp.book.record(order({ channel: 'NO-SUCH-CHANNEL' }))).rejects.toThrow(Refusal);
      await expect(erp.book.invoice(parcel(1))).rejects.toThrow(Refusal);
      expect(await erp.orders()).toEqual([]);
      expect(await erp.invoices()).toEqual([]);
    });
  });
}

/** Tries again until it succeeds, as the queue does. */
async function again(act: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; attempt < WRITES_MAX; attempt++) {
    try {
      await act();
      return;
    } catch (error) {
      if (error instanceof Refusal) throw error;
    }
  }
  await act();
}
