import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseOnlineRetail } from '../../connectors/file/online-retail/online-retail-rows.ts';
import { rowsOfDay } from '../../connectors/file/online-retail/shift-days.ts';
import { closingStock, dealDay, openingStock, shortened, skusOf, type DealtDay } from './deal-day.ts';

const HEADER = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country';
const deal = (...lines: string[]): DealtDay => dealDay(parseOnlineRetail([HEADER, ...lines].join('\n')));

describe('a dealt day', () => {
  test('sells in stores what nobody signed for, and two of three signed invoices; the third is an order', () => {
    const { steps } = deal(
      '3,22111,BOTTLE,1,12/6/10 8:30,1,,UK',
      '4,22111,BOTTLE,2,12/6/10 8:31,1,17850,UK',
      '5,22111,BOTTLE,3,12/6/10 8:32,1,17850,UK',
      '6,22111,BOTTLE,4,12/6/10 8:33,1,17850,UK',
    );
    expect(steps).toMatchObject([
      { kind: 'SALE', store: 'GIFT-STORE-2', number: '3', lines: [{ sku: '22111', quantity: 1, unitPriceMinor: 100 }] },
      { kind: 'SALE', store: 'GIFT-STORE-1', number: '4' },
      { kind: 'SALE', store: 'GIFT-STORE-2', number: '5' },
      { kind: 'ORDER', number: '6', lines: [{ quantity: 4 }] },
    ]);
  });

  test('takes credits back in stores and writes stock off in the warehouse, each at its time', () => {
    const { steps, items } = deal(
      'C6,22112,TIN,-12,12/6/10 9:00,1.65,17850,UK',
      '7,22113,damaged,-3,12/6/10 8:00,0,,UK',
    );
    expect(steps).toMatchObject([
      { kind: 'WRITE_OFF', sku: '22113', quantity: 3 },
      { kind: 'RETURN', store: 'GIFT-STORE-1', number: 'C6', lines: [{ sku: '22112', quantity: 12 }] },
    ]);
    expect(items.map(({ sku }) => sku).sort()).toEqual(['22112', '22113']);
  });

  test('counts what it leaves out', () => {
    const { steps, leftOut } = deal('6,POST,POSTAGE,1,12/6/10 8:30,18,17850,UK', '7,22111,,5,12/6/10 8:31,0,,UK');
    expect(steps).toEqual([]);
    expect(leftOut).toEqual({ charges: 1, unreadable: 1 });
  });

  test('opens with what leaves the busiest place, rounded up', () => {
    const { steps } = deal(
      '6,22111,BOTTLE,4,12/6/10 8:33,1,17850,UK',
      '7,22111,,-3,12/6/10 8:40,0,,UK',
      '8,22111,BOTTLE,11,12/6/10 8:50,1,,UK',
      'C9,22112,TIN,-12,12/6/10 9:00,1.65,17850,UK',
    );
    expect([...openingStock(steps)]).toEqual([
      ['22111', 20],
      ['22112', 0],
    ]);
  });

  test('closes with what was there less what left, with what came back', () => {
    const { steps } = deal(
      '6,22111,BOTTLE,4,12/6/10 8:33,1,17850,UK',
      '7,22111,,-3,12/6/10 8:40,0,,UK',
      '8,22111,BOTTLE,11,12/6/10 8:50,1,,UK',
      'C9,22111,BOTTLE,-2,12/6/10 9:00,1.65,17850,UK',
    );
    expect(Object.fromEntries(closingStock(steps))).toEqual({
      '22111|GIFT-DC': 20 - 4 - 3,
      '22111|GIFT-STORE-1': 20 - 11,
      '22111|GIFT-STORE-2': 20 + 2,
    });
  });

  test('can be cut short to some of each kind', () => {
    const day = deal(
      '4,22111,BOTTLE,2,12/6/10 8:31,1,17850,UK',
      '5,22112,BOTTLE,3,12/6/10 8:32,1,17850,UK',
      '6,22113,BOTTLE,4,12/6/10 8:33,1,17850,UK',
    );
    const short = shortened(day, { ofEachKind: 1, linesMax: 1 });
    expect(short.steps.map((step) => 'number' in step && step.number)).toEqual(['4', '6']);
    expect(short.items.map(({ sku }) => sku)).toEqual(['22111', '22113']);
  });
});

// The published data lies beside the project, not in it.
const DATA = new URL('../../../shared/data/online-retail.csv', import.meta.url);
const published = existsSync(DATA) ? test : test.skip;

published('a published day is dealt whole: every row is a line of a step, or counted as left out', () => {
  const rows = rowsOfDay(parseOnlineRetail(readFileSync(DATA, 'utf8')), '2010-12-06');
  const { steps, leftOut, items } = dealDay(rows);
  const lines = steps.reduce((sum, step) => sum + skusOf(step).length, 0);
  expect(lines + leftOut.charges + leftOut.unreadable).toBe(rows.length);
  expect(new Set(steps.map(({ kind }) => kind))).toEqual(new Set(['SALE', 'RETURN', 'ORDER', 'WRITE_OFF']));
  expect(items).toHaveLength(new Set(steps.flatMap(skusOf)).size);
});
