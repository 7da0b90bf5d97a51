import { expect, test } from '@jest/globals';
import { StockBook } from './stock-book.ts';

const place = { location: 'L', sku: 'S', status: 'available' };

test('an unnoticed loss changes the truth alone until a count finds it', () => {
  const stock = new StockBook();
  stock.move(place, 100);
  stock.change(place, -30);
  expect([stock.booked(place), stock.actual(place)]).toEqual([100, 70]);
  expect(stock.count(place, 70)).toBe(-30);
  expect([stock.booked(place), stock.actual(place)]).toEqual([70, 70]);
});

test('the book may fall below zero, the truth never does', () => {
  const stock = new StockBook();
  stock.move(place, -5);
  expect([stock.booked(place), stock.actual(place)]).toEqual([-5, 0]);
});
