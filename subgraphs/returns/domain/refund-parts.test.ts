import { describe, expect, test } from '@jest/globals';
import { authorizedReturn } from '../testing/return-samples.ts';
import type { LineWorth } from './line-worth.ts';
import { netOf, refundDueOf } from './refund-parts.ts';
import { DEFAULT_TERMS, type RefundTerms } from './refund-terms.ts';
import type { ReturnLine } from './return-state.ts';

/** Three units for 10.00 with 1.67 of tax; 3.95 of carriage, and a gift box. */
const WORTH: LineWorth = {
  ordered: 3,
  goodsMinor: 1_000,
  shippingMinor: 395,
  otherMinor: 100,
  goodsTaxMinor: 167,
  shippingTaxMinor: 66,
  otherTaxMinor: 17,
};

function due(differing: Partial<ReturnLine>, terms: Partial<RefundTerms> = {}) {
  const [line] = authorizedReturn().lines;
  const decided = {
    status: 'DISPOSITIONED',
    disposition: 'RESTOCK',
    worth: WORTH,
    stretch: { from: 0, to: 3 },
  } as const;
  const lines = [{ ...(line as ReturnLine), ...decided, terms: { ...DEFAULT_TERMS, ...terms }, ...differing }];
  return refundDueOf({ lines });
}

describe('the money that is due for a line', () => {
  test('is what was paid for the goods with their tax; carriage and charges go along where the terms say so', () => {
    const none = { shippingMinor: 0, otherMinor: 0, feesMinor: 0 };
    expect(due({})).toEqual({ ...none, goodsMinor: 1_000, taxMinor: 167 });
    expect(due({}, { refundsCharges: true })).toEqual({
      goodsMinor: 1_000,
      shippingMinor: 395,
      otherMinor: 100,
      taxMinor: 250,
      feesMinor: 0,
    });
  });

  test('of its units adds up to that of the whole', () => {
    const parts = [0, 1, 2].map((from) => due({ stretch: { from, to: from + 1 } }, { refundsCharges: true }));
    expect(parts.map(({ goodsMinor }) => goodsMinor)).toEqual([333, 334, 333]);
    expect(parts.reduce((sum, part) => sum + netOf(part), 0)).toBe(1_495);
  });

  test('is less by condition and fees, once for the whole return, and never less than nothing', () => {
    const worn = due(
      { condition: 'C' },
      { conditionPercent: { C: 50 }, restockingFeePercent: 10, returnFeeMinor: 395 },
    );
    expect(worn).toMatchObject({ goodsMinor: 500, feesMinor: 445 });
    expect(netOf(due({}, { returnFeeMinor: 100_000 }))).toBe(0);
  });

  test.each([
    ['AUTHORIZATION', 'AUTHORIZED', 1_000],
    ['RECEIPT', 'AUTHORIZED', 0],
    ['RECEIPT', 'RECEIVED', 1_000],
    ['DISPOSITION', 'INSPECTED', 0],
    ['AUTHORIZATION', 'REQUESTED', 0],
    ['AUTHORIZATION', 'CANCELLED', 0],
  ] as const)('at %s, while %s, is %d', (refundAt, status, amount) => {
    expect(netOf(due({ status, disposition: null }, { refundAt }))).toBe(amount);
  });

  test('is nothing for what is missing, and all for what the customer may keep', () => {
    expect(netOf(due({ disposition: 'MISSING' }))).toBe(0);
    expect(netOf(due({ disposition: 'KEEP_IT' }))).toBe(1_000);
  });
});
