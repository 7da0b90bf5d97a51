import { describe, expect, test } from '@jest/globals';
import type { BomRow, ItemUnitRow } from './business-central-rows.ts';
import { componentsOf, conversionsOf } from './units-of-rows.ts';

const ROW = { '@odata.etag': 'e', id: 'i', lastModifiedDateTime: '2026-01-05T09:00:00Z' };
const unit = (itemNumber: string, code: string, qtyPerUnitOfMeasure: number | string): ItemUnitRow => {
  return { ...ROW, itemNumber, code, qtyPerUnitOfMeasure };
};
const line = (number: string, unitOfMeasureCode: string, quantityPer: number | string, type = 'Item'): BomRow => {
  return { ...ROW, parentItemNumber: 'KIT', type, number, unitOfMeasureCode, quantityPer };
};

const UNITS = { units: { CASE: 'CS', THIRD: 'XX' } };

describe('the units of an item', () => {
  test.each([
    [12, { numerator: 12, denominator: 1 }],
    ['0.00001', { numerator: 1, denominator: 100_000 }],
    [0.1 + 0.2, { numerator: 3, denominator: 10 }],
    ['12.50', { numerator: 25, denominator: 2 }],
  ])('that hold %s are the shortest exact fraction', (quantity, fraction) => {
    const base = { baseUnitOfMeasureCode: 'PCS' };
    expect(conversionsOf(base, [unit('A', 'PCS', 1), unit('A', 'CASE', quantity)], UNITS)).toEqual([
      { unit: 'CS', ...fraction },
    ]);
  });

  test('that hold a quantity with no end are unreadable', () => {
    expect(() => conversionsOf({ baseUnitOfMeasureCode: 'PCS' }, [unit('A', 'THIRD', 1 / 3)], UNITS)).toThrow(
      'has more than 5 decimals',
    );
  });
});

describe('the BOM of a kit', () => {
  test('counts in the base units of its components, each once', () => {
    const units = [unit('A', 'PCS', 1), unit('A', 'CASE', 12), unit('B', 'KG', 1)];
    const bom = [
      line('A', 'CASE', 2),
      line('A', 'PCS', 1),
      line('B', 'KG', '0.25'),
      line('WORK', 'HOUR', 1, 'Resource'),
    ];
    expect(componentsOf(bom, units)).toEqual([
      { sku: 'A', quantity: '25' },
      { sku: 'B', quantity: '0.25' },
    ]);
  });

  test('that counts in a unit which its component does not have is unreadable, also when another item has it', () => {
    expect(() => componentsOf([line('A', 'CASE', 2)], [unit('A', 'PCS', 1), unit('B', 'CASE', 6)])).toThrow(
      'The BOM counts A in "CASE", which is no unit of it.',
    );
  });

  test('that comes to more places than the hub counts is unreadable', () => {
    expect(() => componentsOf([line('A', 'CASE', '0.001')], [unit('A', 'CASE', '0.01')])).toThrow('decimals');
  });
});
