import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Refusal } from '../../kernel/model/errors.ts';
import type { PostCreditNote, PostJournal } from '../../schema/commands/journals.ts';
import { COST_SCALE, type JournalLedger } from './journal-ledger.ts';

/** An ERP that keeps books, ready to be tried. */
export interface JournalLedgerUnderTest {
  readonly ledger: JournalLedger;
  /** The same, as another process would see it. */
  readonly other: JournalLedger;
  readonly currency: string;
  /** In an open period. */
  readonly date: string;
  /** Three that it values, with what one of them costs. */
  readonly costs: readonly { readonly sku: string; readonly costMinor: number }[];
  /** Documents that have taken effect, all of them. */
  postedDocuments(): Promise<number>;
  /** The next call that makes something of a document is carried out, and its answer is lost. */
  loseNextAnswer(of: 'JOURNAL' | 'CREDIT_NOTE', at: 'MAKING' | 'POSTING'): void;
  close(): Promise<void>;
}

let documents = 0;
/** Books outlive a test, and a run of the tests. */
const RUN = Math.floor(performance.timeOrigin).toString(36);

export function journalLedgerContract(name: string, open: () => Promise<JournalLedgerUnderTest>): void {
  describe(`${name}: the books`, () => {
    let erp: JournalLedgerUnderTest;
    let reference: string;

    beforeEach(async () => {
      erp = await open();
      reference = `return-${RUN}-${++documents}/posting/1`;
    });

    afterEach(() => erp.close());

    const about = () => ({ reference, date: erp.date, currency: erp.currency, text: 'Return R-1' });
    const entry = (change: Partial<PostJournal> = {}): PostJournal => ({
      ...about(),
      bookings: [
        { account: 'INVENTORY', amountMinor: 750 },
        { account: 'RETURN_LOSS', dimension: 'DAMAGED', amountMinor: 250 },
        { account: 'COGS', amountMinor: -1_000 },
      ],
      ...change,
    });
    const note = (change: Partial<PostCreditNote> = {}): PostCreditNote => ({
      ...about(),
      totalMinor: 1_100,
      bookings: [
        { account: 'RETURNS', amountMinor: 1_000 },
        { account: 'TAX_PAYABLE', amountMinor: 200 },
        { account: 'RETURN_FEES', amountMinor: -100 },
      ],
      ...change,
    });

    test('says what goods cost, and leaves out what it does not know', async () => {
      const asked = [...erp.costs.map(({ sku }) => sku), 'NO-SUCH-SKU'];
      const { currency, costs } = await erp.ledger.unitCosts(asked);
      expect(currency).toBe(erp.currency);
      expect(Object.fromEntries(costs)).toEqual(
        Object.fromEntries(erp.costs.map(({ sku, costMinor }) => [sku, costMinor * COST_SCALE])),
      );
      expect((await erp.ledger.unitCosts([])).costs.size).toBe(0);
    });

    test('holds nothing that was not posted', async () => {
      expect(await erp.ledger.booked('JOURNAL', reference)).toBeUndefined();
      expect(await erp.ledger.booked('CREDIT_NOTE', reference)).toBeUndefined();
    });

    test.each([
      ['JOURNAL', 1_000],
      ['CREDIT_NOTE', 1_100],
    ] as const)('posts a %s once, whoever asks for it however often', async (kind, totalMinor) => {
      const before = await erp.postedDocuments();
      const post = (ledger: JournalLedger) =>
        kind === 'JOURNAL' ? ledger.postJournal(entry()) : ledger.postCreditNote(note());
      const first = await post(erp.ledger);
      expect(await post(erp.other)).toEqual(first);
      expect(await post(erp.ledger)).toEqual(first);
      expect(await erp.postedDocuments()).toBe(before + 1);
      expect(await erp.other.booked(kind, reference)).toEqual({ ...first, totalMinor });
    });

    test.each([
      ['JOURNAL', 'MAKING'],
      ['JOURNAL', 'POSTING'],
      ['CREDIT_NOTE', 'MAKING'],
      ['CREDIT_NOTE', 'POSTING'],
    ] as const)('posts a %s once although the answer to its %s was lost', async (kind, at) => {
      const before = await erp.postedDocuments();
      const post = () => (kind === 'JOURNAL' ? erp.ledger.postJournal(entry()) : erp.ledger.postCreditNote(note()));
      erp.loseNextAnswer(kind, at);
      await expect(post()).rejects.toThrow();
      await post();
      expect(await erp.postedDocuments()).toBe(before + 1);
    });

    test('takes an entry of one return and its reversal as two', async () => {
      const before = await erp.postedDocuments();
      await erp.ledger.postJournal(entry());
      const reversal = entry({
        reference: `${reference}-2`,
        bookings: entry().bookings.map((line) => ({ ...line, amountMinor: 0 - line.amountMinor })),
      });
      await erp.ledger.postJournal(reversal);
      expect(await erp.postedDocuments()).toBe(before + 2);
      expect(await erp.ledger.booked('JOURNAL', `${reference}-2`)).toMatchObject({ totalMinor: 1_000 });
    });

    test('refuses what does not balance or add up, and has posted nothing', async () => {
      const before = await erp.postedDocuments();
      const [first, ...rest] = entry().bookings;
      if (!first) throw new Error('The entry has no lines.');
      const odd = entry({ bookings: [{ ...first, amountMinor: first.amountMinor + 1 }, ...rest] });
      await expect(erp.ledger.postJournal(odd)).rejects.toThrow(Refusal);
      await expect(erp.ledger.postCreditNote(note({ totalMinor: 1_101 }))).rejects.toThrow(Refusal);
      expect(await erp.postedDocuments()).toBe(before);
    });

    test('refuses a role that it has no account for, and has posted nothing', async () => {
      const before = await erp.postedDocuments();
      const bookings = [
        { account: 'GIFT_CARD_LIABILITY', amountMinor: -500 },
        { account: 'CUSTOMER_LIABILITY', amountMinor: 500 },
      ] as const;
      await expect(erp.ledger.postJournal(entry({ bookings: [...bookings] }))).rejects.toThrow(Refusal);
      expect(await erp.postedDocuments()).toBe(before);
    });
  });
}
