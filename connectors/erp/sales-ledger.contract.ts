import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Refusal } from '../../kernel/model/errors.ts';
import type { PostSales } from '../../schema/commands/sales.ts';
import type { SalesLedger } from './sales-ledger.ts';

/** An ERP that takes sales, ready to be tried. */
export interface SalesLedgerUnderTest {
  readonly ledger: SalesLedger;
  /** The same, as another process would see it. */
  readonly other: SalesLedger;
  readonly location: string;
  /** Three. */
  readonly skus: readonly string[];
  /** One after which nothing was sold in that store. */
  readonly businessDay: string;
  readonly currency: string;
  /** Documents of sales that have taken effect, all of them. */
  postedDocuments(): Promise<number>;
  /** The next call that makes a document is carried out, and its answer is lost. */
  loseNextAnswer(): void;
  close(): Promise<void>;
}

export function salesLedgerContract(name: string, open: () => Promise<SalesLedgerUnderTest>): void {
  describe(`${name}: where sales are posted`, () => {
    let erp: SalesLedgerUnderTest;

    beforeEach(async () => {
      erp = await open();
    });

    afterEach(() => erp.close());

    const batch = (change: Partial<PostSales> = {}): PostSales => {
      const [first = '', second = ''] = erp.skus;
      const { location, businessDay, currency } = erp;
      return {
        location,
        businessDay,
        currency,
        sequence: 1,
        registers: [
          { register: 'till-1', sales: 3, returns: 1, units: '4', totalMinor: 2_450 },
          { register: '-', sales: 1, returns: 0, units: '1', totalMinor: 199 },
        ],
        lines: [
          { register: 'till-1', sku: first, quantity: '5', unitPriceMinor: 600 },
          { register: 'till-1', sku: second, quantity: '-1', unitPriceMinor: 500 },
          { register: '-', sku: second, quantity: '1', unitPriceMinor: 199 },
        ],
        charges: [{ register: 'till-1', kind: 'DISCOUNT', amountMinor: -50 }],
        ...change,
      };
    };
    const posted = async () => (await erp.ledger.posted(erp.location, erp.businessDay)).toSorted(bySequence);

    test('holds what was posted, register by register: how many receipts, how many units, what they add up to', async () => {
      const { document } = await erp.ledger.post(batch());
      const [found, ...others] = await posted();
      expect(others).toEqual([]);
      expect(found).toMatchObject({ document, sequence: 1, currency: erp.currency });
      expect(found?.registers).toHaveLength(2);
      expect(found?.registers).toEqual(expect.arrayContaining(batch().registers));
    });

    test('posts a batch once, whoever asks for it however often', async () => {
      const before = await erp.postedDocuments();
      const first = await erp.ledger.post(batch());
      expect(await erp.other.post(batch())).toEqual(first);
      expect(await erp.ledger.post(batch())).toEqual(first);
      expect(await erp.postedDocuments()).toBe(before + 1);
    });

    test('posts a batch once although the answer was lost', async () => {
      const before = await erp.postedDocuments();
      erp.loseNextAnswer();
      await expect(erp.ledger.post(batch())).rejects.toThrow();
      await erp.ledger.post(batch());
      expect(await erp.postedDocuments()).toBe(before + 1);
      expect(await posted()).toHaveLength(1);
    });

    test('takes what comes later as another document and leaves the first as it is', async () => {
      await erp.ledger.post(batch());
      const [first] = await posted();
      const [sku = ''] = erp.skus;
      const late = batch({
        sequence: 2,
        registers: [{ register: 'till-1', sales: 1, returns: 0, units: '1', totalMinor: 600 }],
        lines: [{ register: 'till-1', sku, quantity: '1', unitPriceMinor: 600 }],
        charges: [],
      });
      await erp.ledger.post(late);
      expect(await posted()).toEqual([first, expect.objectContaining({ sequence: 2, registers: late.registers })]);
    });

    test('takes a batch of which more came back than was sold', async () => {
      const [sku = ''] = erp.skus;
      const back = batch({
        registers: [{ register: 'till-2', sales: 1, returns: 2, units: '-1', totalMinor: -650 }],
        lines: [
          { register: 'till-2', sku, quantity: '1', unitPriceMinor: 550 },
          { register: 'till-2', sku, quantity: '-2', unitPriceMinor: 600 },
        ],
        charges: [],
      });
      await erp.ledger.post(back);
      expect(await posted()).toMatchObject([{ sequence: 1, registers: back.registers }]);
    });

    test('holds the total of the receipts where its own rounding makes another one', async () => {
      const [sku = ''] = erp.skus;
      // Three receipts of a third each cost 33, 33 and 33 and not 100.
      const odd = batch({
        registers: [{ register: 'till-1', sales: 3, returns: 0, units: '1', totalMinor: 99 }],
        lines: [{ register: 'till-1', sku, quantity: '1', unitPriceMinor: 100 }],
        charges: [],
      });
      await erp.ledger.post(odd);
      expect(await posted()).toMatchObject([{ registers: odd.registers }]);
    });

    test('refuses a SKU that it does not know, and has posted nothing', async () => {
      const before = await erp.postedDocuments();
      const unknown = batch({
        lines: [{ register: 'till-1', sku: 'NO-SUCH-SKU', quantity: '1', unitPriceMinor: 2_500 }],
      });
      await expect(erp.ledger.post(unknown)).rejects.toThrow(Refusal);
      expect(await erp.postedDocuments()).toBe(before);
    });
  });
}

function bySequence(left: { readonly sequence: number }, right: { readonly sequence: number }): number {
  return left.sequence - right.sequence;
}
