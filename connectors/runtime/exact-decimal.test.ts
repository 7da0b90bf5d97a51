import { describe, expect, test } from '@jest/globals';
import { decimalText, extendedMinor, minorUnits } from './exact-decimal.ts';
import { Unreadable } from './unreadable.ts';

describe('decimalText', () => {
  test.each([
    ['1', '1'],
    ['1.00000', '1'],
    ['0.4550', '0.455'],
    ['-2.50', '-2.5'],
    ['0', '0'],
    ['-0.0', '0'],
    [3, '3'],
    [0.455, '0.455'],
    [0.1 + 0.2, '0.3'],
    [1.1 + 2.2, '3.3'],
    [1e-10, '0'],
    ['0.30000000000000004', '0.3'],
    ['2.99999999999', '3'],
  ])('gives %p exactly as %s', (value, text) => {
    expect(decimalText(value, 'quantity')).toBe(text);
  });

  test.each([[0.30001], ['0.12345'], [0.30000001], ['1e3'], [1e21], ['twelve'], [''], ['1.'], [Number.NaN], ['+1']])(
    'refuses %p, which is no quantity of four decimals',
    (value) => {
      expect(() => decimalText(value, 'quantity')).toThrow(Unreadable);
    },
  );
});

describe('minorUnits', () => {
  test.each([
    [2.55, 'GBP', 255],
    ['19.99000', 'EUR', 1_999],
    [-4.35, 'GBP', -435],
    [1_200, 'JPY', 1_200],
    ['1.234', 'KWD', 1_234],
    [8.2 + 0.1, 'GBP', 830],
  ])('gives %p %s as %i', (value, currency, minor) => {
    expect(minorUnits(value, currency, 'price')).toBe(minor);
  });

  test('refuses what is finer than the currency', () => {
    expect(() => minorUnits('1.005', 'GBP', 'price')).toThrow('price 1.005 has more than 2 decimals.');
    expect(() => minorUnits('1.5', 'JPY', 'price')).toThrow(Unreadable);
  });

  test('refuses what is no currency', () => {
    expect(() => minorUnits('1', 'pounds', 'price')).toThrow('"pounds" is no currency code.');
  });
});

describe('extendedMinor', () => {
  test.each([
    [1_250, '0.455', 569],
    [5, '0.1', 1],
    [-5, '0.1', -1],
    [299, '3', 897],
  ])('extends %i by %s to %i, half away from zero', (unitPriceMinor, quantity, minor) => {
    expect(extendedMinor(unitPriceMinor, quantity)).toBe(minor);
  });
});
