import { describe, expect, test } from '@jest/globals';
import type { OnlineRetailRow } from './online-retail-rows.ts';
import { createTimeReader } from './read-row.ts';
import { daysOf, rowsOfDay, shiftedToDay } from './shift-days.ts';

const row = (InvoiceDate: string, InvoiceNo = '1'): OnlineRetailRow => ({
  InvoiceNo,
  StockCode: '22111',
  Description: 'BOTTLE',
  Quantity: '1',
  InvoiceDate,
  UnitPrice: '1',
  CustomerID: '',
  Country: 'UK',
});
const times = (rows: readonly OnlineRetailRow[]) => rows.map(({ InvoiceDate }) => InvoiceDate);

describe('shiftedToDay', () => {
  test('moves all by the same whole days, so that the last day is the one asked for', () => {
    const rows = [row('12/1/10 8:26'), row('12/7/10 13:01'), row('12/3/10 17:28')];
    expect(times(shiftedToDay(rows, '2026-11-21'))).toEqual(['11/15/26 8:26', '11/21/26 13:01', '11/17/26 17:28']);
  });

  test('moves back as well, over the end of a year and a leap day', () => {
    expect(times(shiftedToDay([row('1/1/11 0:00'), row('1/4/11 23:59')], '2008-03-02'))).toEqual([
      '2/28/08 0:00',
      '3/2/08 23:59',
    ]);
  });

  test('leaves the clock on the wall alone where the clocks change', () => {
    const [summer] = shiftedToDay([row('12/6/10 8:34')], '2026-06-15');
    expect(summer?.InvoiceDate).toBe('6/15/26 8:34');
    expect(createTimeReader('Europe/London')(summer?.InvoiceDate ?? '')).toBe(Date.UTC(2026, 5, 15, 7, 34));
  });

  test('changes nothing else, and nothing that is no date', () => {
    const rows = [row('yesterday', 'A'), row('12/7/10 13:01', 'B')];
    expect(shiftedToDay(rows, '2010-12-07')).toEqual(rows);
    expect(shiftedToDay(rows, '2010-12-08')).toEqual([row('yesterday', 'A'), row('12/8/10 13:01', 'B')]);
    expect(shiftedToDay([row('yesterday')], '2026-11-21')).toEqual([row('yesterday')]);
  });
});

describe('rowsOfDay', () => {
  const rows = [row('12/7/10 13:01', 'A'), row('12/6/10 8:34', 'B'), row('12/7/10 0:00', 'C'), row('never', 'D')];

  test('takes the rows of a calendar day in their order', () => {
    expect(rowsOfDay(rows, '2010-12-07').map(({ InvoiceNo }) => InvoiceNo)).toEqual(['A', 'C']);
    expect(rowsOfDay(rows, '2010-12-08')).toEqual([]);
  });

  test('of the days that there are', () => {
    expect(daysOf(rows)).toEqual(['2010-12-06', '2010-12-07']);
  });
});
