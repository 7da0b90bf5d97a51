import { describe, expect, test } from '@jest/globals';
import type { MovedLine } from './posting-state.ts';
import { bookingsOfGoods } from './value-goods.ts';
import { quantityText, scaledQuantity, valueOf } from './scaled-quantity.ts';

const line = (change: Partial<MovedLine>): MovedLine => ({
  returnLine: 'l1',
  orderLine: 'ol1',
  sku: 'A1',
  quantity: '2',
  location: 'S1',
  disposition: 'RESTOCK',
  ...change,
});
/** Of one line whose units cost 3.10 each. */
const booked = (change: Partial<MovedLine>, isOfTill = false) =>
  bookingsOfGoods([{ eventId: 'e1', lines: [line(change)] }], { isOfTill, costOf: () => 3_100_000 });

describe('goods of a return in the books', () => {
  test.each(['RESTOCK', 'REFURBISH', 'RETURN_TO_VENDOR'] as const)('%s has them in stock again', (disposition) => {
    expect(booked({ disposition })).toEqual([
      { account: 'COGS', amountMinor: -620 },
      { account: 'INVENTORY', dimension: 'S1', amountMinor: 620 },
    ]);
  });

  test.each(['DAMAGED', 'LIQUIDATE', 'DONATE', 'DESTROY', 'MISSING'] as const)('%s has lost them', (disposition) => {
    expect(booked({ disposition })).toEqual([
      { account: 'COGS', amountMinor: -620 },
      { account: 'RETURN_LOSS', dimension: disposition, amountMinor: 620 },
    ]);
  });

  test('are sold for good where the customer keeps them', () => {
    expect(booked({ disposition: 'KEEP_IT', location: '' })).toEqual([]);
  });

  test('a revision takes the first back and books the second, in one entry', () => {
    expect(booked({ disposition: 'DAMAGED', revises: 'RESTOCK' })).toEqual([
      { account: 'INVENTORY', dimension: 'S1', amountMinor: -620 },
      { account: 'RETURN_LOSS', dimension: 'DAMAGED', amountMinor: 620 },
    ]);
  });

  test('that a till took in are in stock by the sales of its day already', () => {
    expect(booked({ disposition: 'RESTOCK' }, true)).toEqual([]);
    expect(booked({ disposition: 'DESTROY' }, true)).toEqual([
      { account: 'INVENTORY', dimension: 'S1', amountMinor: -620 },
      { account: 'RETURN_LOSS', dimension: 'DESTROY', amountMinor: 620 },
    ]);
  });
});

test('quantities are told back as they came, and cost what they cost, rounded half away from zero', () => {
  for (const text of ['0', '1', '12.5', '0.0001', '123456789.25']) {
    expect(quantityText(scaledQuantity(text))).toBe(text);
  }
  expect(valueOf(scaledQuantity('0.5'), 10_000)).toBe(1);
  expect(valueOf(scaledQuantity('0.25'), 10_000)).toBe(0);
  expect(valueOf(-scaledQuantity('0.5'), 10_000)).toBe(-1);
});
