import { expect, test } from '@jest/globals';
import { priceOf } from '../testing/items.ts';
import { nextPriceAtMs } from './next-price.ts';
import { priceAt, regularPriceAt } from './price-at.ts';
import type { Price } from './record-item.ts';
import { skuChangeOf } from './sku-change.ts';

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
  expect(priceAt([MARCH, JANUARY, EURO], at(instant), { currency })).toBe(expected);
});

test('an item without prices has none', () => {
  expect(priceAt([], 0)).toBeUndefined();
});

const SALE: Price = {
  ...priceOf(80, 'GBP', '2026-02-01T00:00:00.000Z'),
  effectiveUntil: '2026-04-01T00:00:00.000Z',
  kind: 'MARKDOWN',
};
const STAFF: Price = { ...priceOf(90, 'GBP', '2026-01-01T00:00:00.000Z'), priceList: 'STAFF' };
const STAFF_SALE: Price = { ...SALE, ...priceOf(70, 'GBP', '2026-02-01T00:00:00.000Z'), priceList: 'STAFF' };
const PRICES = [STAFF_SALE, STAFF, MARCH, SALE, JANUARY, EURO];

test.each([
  ['before it begins a markdown is none', '2026-01-31T23:59:59.999Z', undefined, JANUARY],
  ['from its instant on a markdown applies', '2026-02-01T00:00:00.000Z', undefined, SALE],
  ['also when a regular price begins later', '2026-03-15T00:00:00.000Z', undefined, SALE],
  ['at its end the regular price applies again', '2026-04-01T00:00:00.000Z', undefined, MARCH],
  ['a list has prices of its own', '2026-01-15T00:00:00.000Z', 'STAFF', STAFF],
  ['and markdowns of its own', '2026-02-15T00:00:00.000Z', 'STAFF', STAFF_SALE],
  ['where a list says nothing, what everybody pays applies', '2026-02-15T00:00:00.000Z', 'TRADE', SALE],
])('%s', (_title, instant, priceList, expected) => {
  expect(priceAt(PRICES, at(instant), { currency: 'GBP', priceList })).toBe(expected);
});

test('the regular price goes on beside a markdown', () => {
  const instant = at('2026-03-15T00:00:00.000Z');
  expect(regularPriceAt(PRICES, instant, { currency: 'GBP' })).toBe(MARCH);
  expect(regularPriceAt(PRICES, instant, { currency: 'GBP', priceList: 'STAFF' })).toBe(STAFF);
});

test('prices turn where one of them begins or ends', () => {
  const turns: string[] = [];
  let nowMs: number | undefined = at('2025-01-01T00:00:00.000Z');
  for (;;) {
    nowMs = nextPriceAtMs(PRICES, nowMs);
    if (nowMs === undefined) break;
    turns.push(new Date(nowMs).toISOString().slice(0, 7));
  }
  expect(turns).toEqual(['2026-01', '2026-02', '2026-03', '2026-04']);
});

test('subscribers are told what everybody pays in each currency first, then what each list says itself', () => {
  const item = { title: 'Lamp', lifecycle: 'ACTIVE', categories: [], prices: PRICES };
  const record = { id: 'LAMP', product: 'LAMP', item } as unknown as Parameters<typeof skuChangeOf>[0];
  expect(skuChangeOf(record, at('2026-02-15T00:00:00.000Z')).prices).toEqual([SALE, EURO, STAFF_SALE]);
});
