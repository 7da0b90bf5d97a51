import { describe, expect, test } from '@jest/globals';
import { extendPrice, formatDecimal, parseDecimal } from './decimal.ts';

describe('decimals', () => {
  test.each([
    ['0', 0],
    ['1', 10_000],
    ['0.001', 10],
    ['-2.5', -25_000],
    ['12.3456', 123_456],
  ])('%s is %i ten-thousandths', (text, units) => {
    expect(parseDecimal(text)).toBe(units);
    expect(formatDecimal(units)).toBe(text);
  });

  test.each(['', '1.', '.5', '1.00001', '1e3', ' 1', '--1'])('refuses %j', (text) => {
    expect(() => parseDecimal(text)).toThrow(RangeError);
  });

  test('pads to the places a vendor writes', () => {
    expect(formatDecimal(-10_000, 5)).toBe('-1.00000');
    expect(formatDecimal(12_300, 5)).toBe('1.23000');
  });

  test('rounds half a minor unit away from zero on sales and returns alike', () => {
    expect(extendPrice(2450, parseDecimal('0.125'))).toBe(306);
    expect(extendPrice(1001, parseDecimal('0.5'))).toBe(501);
    expect(extendPrice(1001, parseDecimal('-0.5'))).toBe(-501);
  });
});
