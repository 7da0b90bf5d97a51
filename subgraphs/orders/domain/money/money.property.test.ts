import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../../kernel/testing/config.ts';
import type { StepDecimals } from '../../../../kernel/model/quantity.ts';
import { apportion } from './apportion.ts';
import { allocateAt, apply, releaseAt, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import type { Order } from '../order.ts';
import { capturedOf } from './payment.ts';
import { amountOf } from './totals.ts';
import { countUnits } from '../units.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const minor = fc.integer({ min: 0, max: 1_000_000_000 });
const weights = fc.array(minor, { minLength: 1, maxLength: 12 }).filter((each) => each.some((weight) => weight > 0));

/** Released at the warehouse, paid by card and gift card. */
function orderOf(mugMinor: number, jugMinor: number, giftMinor: number): Order {
  const inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 5);
  const captured = sampleOrder({
    lines: [
      { sku: 'MUG', decimals: 0, ordered: 3, unitPriceMinor: mugMinor },
      { sku: 'JUG', decimals: 0, ordered: 2, unitPriceMinor: jugMinor },
    ],
    charges: [{ kind: 'SHIPPING', description: 'Carriage', amountMinor: 101 + giftMinor }],
    tenders: [
      { tender: 'CARD', amountMinor: 3 * mugMinor + 2 * jugMinor + 101 },
      { tender: 'GIFT_CARD', amountMinor: giftMinor },
    ],
  });
  return releaseAt(allocateAt(settleAll(captured, inventory), 'DC', inventory), 'DC');
}

/** Ships up to so many units of a line. */
function ship(order: Order, index: number, quantity: number): Order {
  const line = order.lines[index];
  const open = countUnits(line?.units ?? [], { states: ['RELEASED'] });
  if (!line || open === 0) return order;
  return apply(order, {
    type: 'RecordWork',
    step: 'SHIPPED',
    location: 'DC',
    lines: [{ line: line.id, quantity: Math.min(quantity, open) }],
    misfits: [],
    told: told('ship'),
  });
}

describe('money', () => {
  test('that is split sums to the whole, each share within one unit of its quota', () => {
    fc.assert(
      fc.property(minor, weights, (total, each) => {
        const shares = apportion(total, each);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(total);
        const sum = each.reduce((a, b) => a + b, 0);
        for (const [index, share] of shares.entries()) {
          expect(Math.abs(share - (total * (each[index] ?? 0)) / sum)).toBeLessThan(1.000_001);
        }
      }),
      parameters,
    );
  });

  test('that is split over what is left never takes more than is left', () => {
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, noNaN: true }), (left, part) => {
        const total = Math.floor(left.reduce((a, b) => a + b, 0) * part);
        const shares = apportion(total, left);
        for (const [index, share] of shares.entries()) expect(share).toBeLessThanOrEqual(left[index] ?? 0);
      }),
      parameters,
    );
  });

  test('captured with each parcel never runs ahead of the goods, and sums to the total with the last', () => {
    const price = fc.integer({ min: 0, max: 10_000 });
    const parcels = fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 1, max: 3 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(price, price, fc.integer({ min: 1, max: 999 }), parcels, (mug, jug, card, split) => {
        let order = orderOf(mug, jug, card);
        const total = 3 * mug + 2 * jug + 101 + card;
        const rest = order.lines.map((line, index): [number, number] => [index, line.ordered]);
        for (const [index, quantity] of [...split, ...rest]) {
          order = ship(order, index, quantity);
          expect(order.payments.reduce((sum, payment) => sum + capturedOf(payment), 0)).toBeLessThanOrEqual(total);
        }
        expect(order.status).toBe('SHIPPED');
        expect(order.payments.map((payment) => capturedOf(payment))).toEqual([total - card, card]);
      }),
      parameters,
    );
  });

  test.each<[unitPriceMinor: number, decimals: StepDecimals, quantity: number, amount: number]>([
    [250, 0, 3, 750],
    [399, 3, 250, 100],
    [1, 1, 5, 1],
    [1, 1, 4, 0],
    [-1, 1, 5, -1],
    [9_007_199_254, 4, 10_000, 9_007_199_254],
  ])('the price of units at %i with %i decimals, %i steps, is %i', (unitPriceMinor, decimals, quantity, amount) => {
    expect(amountOf({ unitPriceMinor, decimals }, quantity)).toBe(amount);
  });
});
