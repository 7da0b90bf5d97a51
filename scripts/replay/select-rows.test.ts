import { describe, expect, test } from '@jest/globals';
import { selectRows } from './select-rows.ts';

const CSV = [
  'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country',
  '1,22111,BOTTLE,1,12/6/10 8:34,1,,UK',
  '2,22111,BOTTLE,1,12/7/10 13:01,1,,UK',
].join('\n');
const told = (selected: ReturnType<typeof selectRows>) =>
  selected.rows.map(({ InvoiceNo, InvoiceDate }) => `${InvoiceNo} ${InvoiceDate}`);

describe('selectRows', () => {
  test('takes the whole file as it is', () => {
    expect(told(selectRows(CSV))).toEqual(['1 12/6/10 8:34', '2 12/7/10 13:01']);
  });

  test('moves the whole file so that its last day is the one asked for', () => {
    expect(told(selectRows(CSV, { asOf: '2026-11-21' }))).toEqual(['1 11/20/26 8:34', '2 11/21/26 13:01']);
  });

  test('moves one day of it to the day asked for', () => {
    expect(told(selectRows(CSV, { day: '2010-12-06', asOf: '2026-11-21' }))).toEqual(['1 11/21/26 8:34']);
  });

  test('names the same rows the same and others otherwise', () => {
    const names = [{}, { day: '2010-12-06' }, { asOf: '2010-12-06' }].map((options) => selectRows(CSV, options).name);
    expect(new Set(names).size).toBe(3);
    expect(selectRows(CSV).name).toBe(CSV);
  });

  test.each([
    [{ day: '2010-12-08' }, 'Nothing was written on 2010-12-08; the file has 2010-12-06, 2010-12-07.'],
    [{ asOf: 'tomorrow' }, '"tomorrow" is no day such as 2010-12-06.'],
    [{ day: '2010-13-01' }, '"2010-13-01" is no day such as 2010-12-06.'],
  ])('says what is wrong with %j', (options, words) => {
    expect(() => selectRows(CSV, options)).toThrow(words);
  });
});
