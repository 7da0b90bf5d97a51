import { expect, test } from '@jest/globals';
import { ExpectedChanges } from './expected-changes.ts';

const INTERESTS = { groups: 2, skusEach: 2 };
const told = (number: number) => ({ sku: { id: `SKU-${number % 4}` }, available: String(number), version: 1 });

test('takes the changes of its own SKUs in the order of the script', () => {
  const expected = new ExpectedChanges(INTERESTS, 1, 0);
  expect([2, 3, 6, 7, 10].map((number) => expected.take(told(number)))).toEqual(
    Array.from({ length: 5 }, () => undefined),
  );
});

test('says what is missing, doubled or out of order', () => {
  const expected = new ExpectedChanges(INTERESTS, 0, 5);
  expect(expected.take(told(8))).toBe('A client got change 8 of SKU-0 instead of change 5.');
  expect(expected.take(told(5))).toBe('A client got change 5 of SKU-1 instead of change 8.');
});

test('goes on from what was made before', () => {
  const expected = new ExpectedChanges(INTERESTS, 1, 4);
  expect(expected.next).toBe(6);
  expected.skip();
  expected.skip();
  expect(expected.next).toBe(10);
});
