import { expect, test } from '@jest/globals';
import { priceOf } from '../testing/items.ts';
import { priceAt } from './price-at.ts';

const JANUARY = priceOf(100, 'GBP', '2026-01-01T00:00:00.000Z');
const MARCH = priceOf(120, 'GBP', '2026-03-01T00:00:00.000Z');
const EURO = priceOf(130, 'EUR', '2026-01-01T00:00:00.000Z');
const at = (text: string): number => Date.parse(text);

test.each([
  ['before the first there is none', '2025-12-31T23:59:59.999Z', undefined, undefined],
  ['from its instant on a price applies', '2026-01-01T00:00:00.000Z', undefined, JANUARY],
  ['the latest effective one applies', '2026-03-02T00:00:00.000Z', 'GBP', MARCH],
  ['another currency has its own', '2026-03-02T00:00:00.000Z', 'EUR', EURO],
  ['a currency without a price has none', '2026-03-02T00:00:00.000Z', 'USD', undefined],
])('%s', (_title, instant, currency, expected) => {
  expect(priceAt([MARCH, JANUARY, EURO], at(instant), currency)).toBe(expected);
});

test('an item without prices has none', () => {
  expect(priceAt([], 0)).toBeUndefined();
});
