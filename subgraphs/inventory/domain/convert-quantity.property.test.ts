import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isRefusal } from '../../../kernel/model/errors.ts';
import type { StepDecimals } from '../../../kernel/model/quantity.ts';
import { testConfig } from '../../../kernel/testing/config.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { quantityInUnit, stepsInUnit } from './convert-quantity.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const decimals = fc.integer({ min: 0, max: 4 }) as fc.Arbitrary<StepDecimals>;
const fraction = fc.integer({ min: 1, max: 5_000 });
const sku = fc
  .record({ decimals, numerator: fraction, denominator: fraction })
  .map(({ decimals: places, ...ratio }) => {
    return { decimals: places, baseUnit: 'EA', conversions: [{ unit: 'CS', ...ratio }] };
  });

describe('a conversion', () => {
  test('comes back exactly when it can be told in the unit', () => {
    fc.assert(
      fc.property(sku, fc.integer({ min: -100_000, max: 100_000 }), fc.constantFrom('EA', 'CS'), (of, steps, unit) => {
        const text = quantityInUnit(steps, unit, of);
        fc.pre(text !== undefined);
        expect(stepsInUnit(text, unit, of)).toBe(steps);
      }),
      parameters,
    );
  });

  test('is exactly the fraction, or is refused', () => {
    fc.assert(
      fc.property(sku, fc.integer({ min: 0, max: 9_999 }), fc.integer({ min: 0, max: 3 }), (of, digits, places) => {
        const text = (digits / 10 ** places).toFixed(places);
        const steps = stepsInUnit(text, 'CS', of);
        const [{ numerator, denominator } = { numerator: 1, denominator: 1 }] = of.conversions;
        const dividend = BigInt(digits) * BigInt(numerator) * 10n ** BigInt(of.decimals);
        const divisor = BigInt(denominator) * 10n ** BigInt(places);
        if (isRefusal(steps)) {
          expect(steps.code).toBe('INVALID_QUANTITY');
          expect(dividend % divisor !== 0n || dividend / divisor > 2_147_483_647n).toBe(true);
        } else expect(BigInt(steps) * divisor).toBe(dividend);
      }),
      parameters,
    );
  });
});

describe('facts and reservations in other units', () => {
  const bench = (): LedgerBench => {
    const opened = LedgerBench.withLocations(1).channel('WEB', ['L0']);
    const conversions = [
      { unit: 'CS', numerator: 12, denominator: 1 },
      { unit: 'THIRD', numerator: 1, denominator: 3 },
    ];
    opened.do({ type: 'register-sku', request: { sku: 'A', step: '1', categories: [], baseUnit: 'EA', conversions } });
    return opened;
  };
  const received = (quantity: string, unit: string) =>
    ({ location: 'L0', reference: 'po', lines: [{ lineId: '1', sku: 'A', quantity, unit }] }) as const;

  test('are converted, and what was told stays beside the movement', () => {
    const opened = bench();
    const { events } = opened.fact('goods-received', {
      ...received('2.5', 'CS'),
      lines: [...received('2.5', 'CS').lines],
    });
    expect(opened.figure('L0', 'SELLABLE')).toBe(30);
    expect(events).toMatchObject([{ lines: [{ steps: 30, told: { quantity: '2.5', unit: 'CS' } }] }, {}]);
    const line = { lineRef: '1', sku: 'A', quantity: '2', unit: 'CS' };
    expect(opened.reserve([], { lines: [line] })).toMatchObject({ answer: { reservations: [{ quantity: '24' }] } });
  });

  test.each([
    ['a remainder', '1', 'THIRD'],
    ['an unknown unit', '1', 'PALLET'],
  ])('wait with INVALID_QUANTITY for %s', (_title, quantity, unit) => {
    const opened = bench();
    const told = { ...received(quantity, unit), lines: [...received(quantity, unit).lines] };
    expect(opened.fact('goods-received', told)).toMatchObject({ answer: { parked: [{ code: 'INVALID_QUANTITY' }] } });
    const line = { lineRef: '1', sku: 'A', quantity, unit };
    expect(opened.reserve([], { lines: [line] })).toMatchObject({ code: 'INVALID_QUANTITY' });
  });
});
