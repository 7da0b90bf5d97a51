import { describe, expect, test } from '@jest/globals';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { BusinessCentralMapping } from './business-central-mapping.ts';
import type { ItemRow, PriceRow } from './business-central-rows.ts';
import { pricesOf } from './prices-of-rows.ts';

const MAPPING = {
  companyCurrency: 'GBP',
  priceLists: ['RETAIL'],
  namedPriceLists: ['STAFF'],
  markdownLists: ['SALE'],
  timeZone: 'Europe/London',
} as unknown as BusinessCentralMapping;
const item = (unitPrice: number): ItemRow => ({ unitPrice }) as unknown as ItemRow;
const row = (priceListCode: string, startingDate: string, more: Partial<PriceRow> = {}): PriceRow =>
  ({ priceListCode, startingDate, unitPrice: 6.5, currencyCode: 'GBP', ...more }) as PriceRow;
const pounds = (amountMinor: number) => ({ amountMinor, currencyCode: 'GBP' });

describe('the prices of an item', () => {
  test('are its own, those of lists by which everybody pays, those of lists told by name, and markdowns', () => {
    const rows = [
      row('RETAIL', '2026-01-01'),
      row('STAFF', '2026-01-01', { unitPrice: 5 }),
      row('SALE', '2026-02-01', { unitPrice: 4, endingDate: '2026-02-28' }),
      row('WHOLESALE', '2026-01-01'),
    ];
    expect(pricesOf(item(7), rows, MAPPING)).toEqual([
      {
        amount: pounds(400),
        effectiveFrom: '2026-02-01T00:00:00.000Z',
        effectiveUntil: '2026-03-01T00:00:00.000Z',
        kind: 'MARKDOWN',
      },
      { amount: pounds(500), effectiveFrom: '2026-01-01T00:00:00.000Z', priceList: 'STAFF' },
      { amount: pounds(650), effectiveFrom: '2026-01-01T00:00:00.000Z' },
      { amount: pounds(700), effectiveFrom: '1970-01-01T00:00:00.000Z' },
    ]);
  });

  test('begin and end at midnight of the company, the last day included, also where clocks change', () => {
    const [price] = pricesOf(item(0), [row('SALE', '2026-07-01', { endingDate: '2026-10-25' })], MAPPING);
    expect(price).toMatchObject({
      effectiveFrom: '2026-06-30T23:00:00.000Z',
      effectiveUntil: '2026-10-26T00:00:00.000Z',
    });
  });

  test.each([[''], ['0001-01-01'], [undefined]])('have no end where the last day is %j', (endingDate) => {
    const end = endingDate === undefined ? {} : { endingDate };
    expect(pricesOf(item(0), [row('SALE', '2026-01-01', end)], MAPPING)[0]).not.toHaveProperty('effectiveUntil');
  });

  test.each([
    [row('SALE', '2026-02-02', { endingDate: '2026-02-01' }), 'ends on 2026-02-01 and begins on 2026-02-02'],
    [row('SALE', '2026-02-02', { endingDate: 'soon' }), 'The day "soon"'],
    [row('RETAIL', '2026-02-02', { unitPrice: 1.005 }), 'more than 2 decimals'],
  ])('are not guessed: %#', (wrong, reason) => {
    expect(() => pricesOf(item(7), [wrong], MAPPING)).toThrow(Unreadable);
    expect(() => pricesOf(item(7), [wrong], MAPPING)).toThrow(reason);
  });
});
