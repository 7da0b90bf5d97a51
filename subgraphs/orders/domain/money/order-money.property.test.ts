import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { sampleOrder } from '../../testing/sample-order.ts';
import { captureOrder, type NewLine } from '../capture-order.ts';
import { lineMoneyOf, shareOfUnits } from './order-money.ts';
import { paidPartsOf } from './paid-parts.ts';
import type { OrderCharge, Tax } from '../order-line.ts';
import { amountOf, sumOf, totalsOf } from './totals.ts';

/*
 * I29: whatever an order is charged, its lines carry it to the minor unit, and so do the parts into which a line is split,
 * in whatever order they come.
 */

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const taxes: fc.Arbitrary<readonly Tax[]> = fc.array(
  fc.record({
    jurisdiction: fc.constantFrom('GB', 'US-NY', 'US-NY-NYC'),
    ratePercent: fc.constantFrom('20', '8.875', '0'),
    amountMinor: fc.nat(3_000),
  }),
  { maxLength: 3 },
);

const line: fc.Arbitrary<NewLine> = fc
  .record({
    decimals: fc.constantFrom(0, 3),
    ordered: fc.integer({ min: 1, max: 40 }),
    unitPriceMinor: fc.nat(20_000),
    off: fc.array(fc.nat(100), { maxLength: 3 }),
    taxes,
  })
  .map(({ off, ...priced }) => {
    const amount = amountOf(priced, priced.ordered);
    const parts = off.map((percent) => Math.floor((amount * percent) / 100 / off.length)).filter((part) => part > 0);
    const discounts = parts.map((amountMinor) => ({ promotion: 'SUMMER', description: 'Off', amountMinor }));
    return { sku: 'MUG', ...priced, discounts };
  });

const charge: fc.Arbitrary<OrderCharge> = fc
  .record({
    kind: fc.constantFrom('SHIPPING', 'DISCOUNT', 'FEE', 'OTHER'),
    amountMinor: fc.nat(5_000),
    taxes,
  })
  .map(({ kind, amountMinor, ...rest }) => ({
    kind,
    description: kind,
    amountMinor: kind === 'DISCOUNT' ? -amountMinor : amountMinor,
    ...rest,
  }));

const order = fc.record({
  lines: fc.array(line, { minLength: 1, maxLength: 6 }),
  charges: fc.array(charge, { maxLength: 5 }),
  pricesIncludeTax: fc.boolean(),
});

describe('what the lines of an order carry', () => {
  test('sums to what the order is charged, to the minor unit', () => {
    fc.assert(
      fc.property(order, (priced) => {
        const { grandMinor, taxMinor, itemsMinor } = totalsOf(priced);
        fc.pre(grandMinor > 0);
        const captured = captureOrder({
          ...sampleParts,
          ...priced,
          tenders: [{ tender: 'CARD', amountMinor: grandMinor }],
        });
        if (isRefusal(captured)) throw new Error(captured.message);
        const money = lineMoneyOf(captured);
        const sum = (member: keyof (typeof money)[number]): number =>
          money.reduce((all, each) => all + each[member], 0);
        const ofKind = (kind: OrderCharge['kind']): number =>
          sumOf(priced.charges.filter((each) => each.kind === kind));
        expect(sum('grandMinor')).toBe(grandMinor);
        expect(sum('itemsMinor')).toBe(itemsMinor);
        expect(sum('taxMinor')).toBe(taxMinor);
        expect(sum('shippingMinor')).toBe(ofKind('SHIPPING'));
        expect(sum('otherMinor')).toBe(ofKind('FEE') + ofKind('OTHER'));
        expect(sum('discountsMinor')).toBe(totalsOf(priced).lineDiscountsMinor - ofKind('DISCOUNT'));
        const paid = paidPartsOf(captured);
        const all = paid.reduce((each, part) => each + part.goodsMinor + part.shippingMinor + part.otherMinor, 0);
        expect(all).toBe(grandMinor);
        expect(
          paid.reduce((each, part) => each + part.goodsTaxMinor + part.shippingTaxMinor + part.otherTaxMinor, 0),
        ).toBe(taxMinor);
      }),
      parameters,
    );
  });

  test('is split over units without a remainder, however they are split', () => {
    const amount = fc.integer({ min: -1_000_000, max: 1_000_000 });
    fc.assert(
      fc.property(amount, fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }), (minor, parts) => {
        const ordered = parts.reduce((sum, part) => sum + part, 0);
        let from = 0;
        let given = 0;
        for (const quantity of parts) {
          const share = shareOfUnits(minor, { from, quantity, ordered });
          expect(Math.abs(share - (minor * quantity) / ordered)).toBeLessThan(1.000_001);
          given += share;
          from += quantity;
        }
        expect(given).toBe(minor);
      }),
      parameters,
    );
  });

  test('is refused to the minor unit where prices, discounts and taxes do not make the tenders', () => {
    const lines = [
      {
        sku: 'MUG',
        decimals: 0,
        ordered: 3,
        unitPriceMinor: 1_000,
        discounts: [{ promotion: 'SUMMER', description: 'Off', amountMinor: 300 }],
        taxes: [{ jurisdiction: 'US-NY', ratePercent: '8.875', amountMinor: 240 }],
      },
    ] as const;
    const charges = [{ kind: 'SHIPPING', description: 'Carriage', amountMinor: 500 }] as const;
    const capture = (amountMinor: number, pricesIncludeTax: boolean) =>
      captureOrder({ ...sampleParts, lines, charges, pricesIncludeTax, tenders: [{ tender: 'CARD', amountMinor }] });
    expect(isRefusal(capture(3_440, false))).toBe(false);
    expect(capture(3_439, false)).toMatchObject({ code: 'TOTALS_MISMATCH' });
    expect(isRefusal(capture(3_200, true))).toBe(false);
    expect(capture(3_440, true)).toMatchObject({ code: 'TOTALS_MISMATCH' });
  });

  test.each([
    [
      'more is taken off than the line costs',
      { discounts: [{ promotion: null, description: 'Off', amountMinor: 101 }] },
    ],
    ['a discount is nothing', { discounts: [{ promotion: null, description: 'Off', amountMinor: 0 }] }],
    ['a tax is negative', { taxes: [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: -1 }] }],
    ['a rate is no decimal', { taxes: [{ jurisdiction: 'GB', ratePercent: '20%', amountMinor: 1 }] }],
  ])('is refused when %s', (_why, prices) => {
    const lines = [{ sku: 'MUG', decimals: 0, ordered: 1, unitPriceMinor: 100, ...prices }] as const;
    const total = totalsOf({ lines, charges: [] }).grandMinor;
    const tenders = [{ tender: 'CARD', amountMinor: total }] as const;
    expect(captureOrder({ ...sampleParts, lines, charges: [], tenders })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});

const { id, channel, externalId, contentHash, currency, customer } = sampleOrder();
const told = { source: 'hub', evidence: 'placed', occurredAtMs: 0, recordedAtMs: 0 };
const sampleParts = { id, channel, externalId, contentHash, currency, customer, told };
