import { describe, expect, test } from '@jest/globals';
import { NO_TOLERANCE, outcomeOf, partsOver, sumOfQuantities, textOfParts, worthOf } from './compare-balances.ts';
import { NO_VARIANCE } from './reconciliation-run.ts';
import { sumOfVariances, varianceOf } from './sum-variance.ts';

describe('two figures of a position', () => {
  test.each([
    ['5', '5', 'MATCHED'],
    ['5.0', '5', 'MATCHED'],
    ['4', '5', 'MISMATCHED'],
    ['-1', '5', 'MISMATCHED'],
    ['0', '5', 'MISSING_IN_SYSTEM'],
    ['5', '0', 'MISSING_IN_LEDGER'],
    ['0.0001', '0', 'MISSING_IN_LEDGER'],
  ])('told %s where %s was held: %s', (told, recorded, outcome) => {
    expect(outcomeOf({ told, recorded }, NO_TOLERANCE)).toBe(outcome);
  });

  test('may be as far apart as one of the tolerances says, and no further', () => {
    const apart = { told: '97', recorded: '100' };
    expect(outcomeOf(apart, { ...NO_TOLERANCE, quantity: '3' })).toBe('TOLERATED');
    expect(outcomeOf(apart, { ...NO_TOLERANCE, quantity: '2.9999' })).toBe('MISMATCHED');
    expect(outcomeOf(apart, { ...NO_TOLERANCE, percent: 3 })).toBe('TOLERATED');
    expect(outcomeOf(apart, { ...NO_TOLERANCE, percent: 2.99 })).toBe('MISMATCHED');
    expect(outcomeOf(apart, { ...NO_TOLERANCE, valueMinor: 300 }, 300)).toBe('TOLERATED');
    expect(outcomeOf(apart, { ...NO_TOLERANCE, valueMinor: 300 }, 301)).toBe('MISMATCHED');
  });

  test('of no known value are excused by no value, and those of no value by none that is zero', () => {
    const apart = { told: '97', recorded: '100' };
    expect(outcomeOf(apart, { ...NO_TOLERANCE, valueMinor: 300 })).toBe('MISMATCHED');
    expect(outcomeOf(apart, NO_TOLERANCE, 0)).toBe('MISMATCHED');
  });

  test('differ by exact quantities, whose worth is rounded', () => {
    expect(textOfParts(partsOver({ told: '0.3', recorded: '0.1' }))).toBe('0.2');
    expect(textOfParts(partsOver({ told: '0', recorded: '123456789.5' }))).toBe('-123456789.5');
    expect(sumOfQuantities('0.1', '0.2')).toBe('0.3');
    expect(worthOf(-15_000, 333)).toBe(-499);
  });
});

describe('what differences come to', () => {
  const item = (told: string, recorded: string, value: Parameters<typeof varianceOf>[0][number]['value'] = null) => ({
    told,
    recorded,
    value,
  });
  const pounds = (basis: 'COST' | 'PRICE', amountMinor: number) => ({ basis, currencyCode: 'GBP', amountMinor });

  test('is told both ways, so that they do not hide each other, and by each measure', () => {
    const variance = varianceOf([
      item('7', '5', pounds('COST', 620)),
      item('1', '2.5', pounds('COST', -465)),
      item('0', '1', pounds('PRICE', -690)),
      item('3', '0'),
    ]);
    expect(variance).toEqual({
      more: '5',
      less: '2.5',
      values: [
        { basis: 'COST', currencyCode: 'GBP', moreMinor: 620, lessMinor: 465 },
        { basis: 'PRICE', currencyCode: 'GBP', moreMinor: 0, lessMinor: 690 },
      ],
      unvalued: 1,
    });
    expect(sumOfVariances([variance, variance])).toEqual({
      more: '10',
      less: '5',
      values: [
        { basis: 'COST', currencyCode: 'GBP', moreMinor: 1_240, lessMinor: 930 },
        { basis: 'PRICE', currencyCode: 'GBP', moreMinor: 0, lessMinor: 1_380 },
      ],
      unvalued: 2,
    });
  });

  test('is nothing where there are none', () => {
    expect(varianceOf([])).toEqual(NO_VARIANCE);
    expect(sumOfVariances([])).toEqual(NO_VARIANCE);
  });
});
