import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Disposition, Tender } from '../../../../schema/events/fields.ts';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { mergeBookings, sumOfBookings } from './bookings.ts';
import {
  charge,
  chargePaid,
  refundAccrual,
  refundPaid,
  restock,
  unsaleable,
  type RefundParts,
} from './journal-templates.ts';
import type { MovedLine } from './posting-state.ts';
import { bookingsOfGoods } from './value-goods.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const runs = { numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) };

const amount = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 });
const owed = fc.nat({ max: 10_000_000 });
const dispositions = fc.constantFrom(...(Disposition['enum'] as MovedLine['disposition'][]));
const tenders = fc.array(
  fc.record({
    tender: fc.constantFrom(...(Tender['enum'] as ('CARD' | 'INVOICE' | 'GIFT_CARD')[])),
    amountMinor: owed,
  }),
  { maxLength: 4 },
);
const parts: fc.Arbitrary<RefundParts> = fc.record({
  goodsMinor: owed,
  shippingMinor: owed,
  otherMinor: owed,
  taxMinor: owed,
  feesMinor: owed,
  withheldMinor: owed,
  offsetMinor: owed,
});

describe('every journal template', () => {
  test('balances for any amounts', () => {
    fc.assert(
      fc.property(amount, parts, tenders, (value, refund, paid) => {
        const entries = [
          restock(value, 'S1'),
          unsaleable(value, 'DAMAGED'),
          refundAccrual(refund),
          refundPaid(value, paid),
          charge(value),
          chargePaid(value),
        ];
        for (const entry of entries) expect(sumOfBookings(entry)).toBe(0);
      }),
      runs,
    );
  });

  test('names each account once when it is booked, and none with nothing', () => {
    fc.assert(
      fc.property(parts, tenders, (refund, paid) => {
        const booked = mergeBookings(refundAccrual(refund), refundPaid(refund.goodsMinor, paid));
        const names = booked.map(({ account, dimension }) => JSON.stringify([account, dimension]));
        expect(new Set(names).size).toBe(names.length);
        expect(booked.every(({ amountMinor }) => amountMinor !== 0)).toBe(true);
      }),
      runs,
    );
  });

  test('owes what a refund pays, and nothing once it is paid', () => {
    fc.assert(
      fc.property(parts, owed, (refund, chargedMinor) => {
        const { goodsMinor, shippingMinor, otherMinor, feesMinor, withheldMinor, offsetMinor } = refund;
        const amount = goodsMinor + shippingMinor + otherMinor - feesMinor - withheldMinor - offsetMinor;
        const left = mergeBookings(
          refundAccrual(refund),
          refundPaid(amount, []),
          charge(chargedMinor),
          chargePaid(chargedMinor),
        );
        expect(left.filter(({ account }) => account === 'CUSTOMER_LIABILITY')).toEqual([]);
      }),
      runs,
    );
  });
});

describe('the value of goods', () => {
  test('follows the last disposition, however often it was revised', () => {
    fc.assert(
      fc.property(
        fc.array(dispositions, { minLength: 1, maxLength: 6 }),
        fc.nat({ max: 5_000_000 }),
        fc.integer({ min: 1, max: 90_000 }),
        fc.boolean(),
        (chain, cost, quantity, isOfTill) => {
          const line = { returnLine: 'l1', orderLine: null, sku: 'A1', quantity: `${quantity}.5`, location: 'S1' };
          const moved = chain.map((disposition, index) => {
            const before = chain[index - 1];
            return { eventId: `e${index}`, lines: [{ ...line, disposition, ...(before && { revises: before }) }] };
          });
          const options = { isOfTill, costOf: () => cost };
          const last = chain.at(-1) as MovedLine['disposition'];
          const once = [{ eventId: 'e', lines: [{ ...line, disposition: last }] }];
          expect(bookingsOfGoods(moved, options)).toEqual(bookingsOfGoods(once, options));
          expect(sumOfBookings(bookingsOfGoods(moved, options))).toBe(0);
        },
      ),
      runs,
    );
  });
});
