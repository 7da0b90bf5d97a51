import { describe, expect, test } from '@jest/globals';
import { readSaleLine, roundedAmount } from './tryton-sale-lines.ts';
import { batchOfSaleReference, saleReferenceOf } from './tryton-sale-reference.ts';

describe('lines of sales in Tryton', () => {
  test.each([
    [197, '0.5', 98],
    [199, '0.5', 100],
    [-197, '0.5', -98],
    [197, '-0.5', -98],
    [199, '0.333', 66],
    [600, '2', 1_200],
  ])('%s a unit times %s is %s, half rounded to even', (price, quantity, amountMinor) => {
    expect(roundedAmount(price, quantity)).toBe(amountMinor);
  });

  test('are read as goods when they name a product, and as an amount when they do not', () => {
    const row = { type: 'line', description: 'Register 1', quantity: 2, amount: '12.00', product: 7 };
    expect(readSaleLine(row, 'GBP')).toEqual({ text: 'Register 1', quantity: '2', amountMinor: 1_200 });
    const charge = { ...row, quantity: 1, amount: '-0.50', product: null };
    expect(readSaleLine(charge, 'GBP')).toEqual({ text: 'Register 1', quantity: null, amountMinor: -50 });
    const comment = { ...charge, type: 'comment', quantity: null, amount: null };
    expect(readSaleLine(comment, 'GBP')).toMatchObject({ quantity: null, amountMinor: 0 });
  });
});

describe('references of sales in Tryton', () => {
  const named = { location: 'STORE:1', businessDay: '2026-11-20' };

  test('name the batch, also for stores whose codes have colons', () => {
    const reference = saleReferenceOf({ ...named, currency: 'GBP', sequence: 12 });
    expect(reference).toBe('stockwire:sales:STORE:1:2026-11-20:GBP:12');
    expect(batchOfSaleReference(reference, named)).toEqual({ currency: 'GBP', sequence: 12 });
  });

  test('of another store are none of this one, although a pattern may find them', () => {
    expect(batchOfSaleReference('stockwire:sales:STORE_1:2026-11-20:GBP:12', named)).toBeUndefined();
    expect(batchOfSaleReference('stockwire:sales:STORE:1:2026-11-20:GBP', named)).toBeUndefined();
  });
});
