import { describe, expect, test } from '@jest/globals';
import { money, sumMoney } from './money.ts';

describe('money', () => {
  test('an amount is a safe integer of minor units', () => {
    expect(money(-1_250, 'GBP')).toEqual({ amountMinor: -1_250, currencyCode: 'GBP' });
    for (const amount of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => money(amount, 'GBP')).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
    }
  });

  test('a currency is three capitals', () => {
    for (const code of ['', 'gbp', 'GB', 'GBPX', '€']) {
      expect(() => money(1, code)).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
    }
  });

  test('amounts add up in one currency only', () => {
    expect(sumMoney([], 'GBP')).toEqual(money(0, 'GBP'));
    expect(sumMoney([money(3, 'GBP'), money(-5, 'GBP')], 'GBP')).toEqual(money(-2, 'GBP'));
    expect(() => sumMoney([money(3, 'GBP'), money(1, 'EUR')], 'GBP')).toThrow(
      expect.objectContaining({ code: 'CURRENCY_MISMATCH', details: { expected: 'GBP', found: 'EUR' } }),
    );
  });

  test('a sum beyond what is exact is refused', () => {
    const most = money(Number.MAX_SAFE_INTEGER, 'GBP');
    expect(() => sumMoney([most, money(1, 'GBP')], 'GBP')).toThrow(expect.objectContaining({ code: 'BAD_USER_INPUT' }));
  });
});
