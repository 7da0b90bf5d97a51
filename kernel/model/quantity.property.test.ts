import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../testing/config.ts';
import { Refusal } from './errors.ts';
import {
  STEPS_MAX,
  formatQuantity,
  parsePositiveQuantity,
  parseQuantity,
  parseStep,
  type StepDecimals,
} from './quantity.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const decimals = fc.constantFrom<StepDecimals>(0, 1, 2, 3, 4);
const steps = fc.integer({ min: -STEPS_MAX, max: STEPS_MAX });

describe('quantities', () => {
  test('what is written is read back, for every count of every step', () => {
    fc.assert(
      fc.property(steps, decimals, (count, places) => {
        expect(parseQuantity(formatQuantity(count, places), places)).toBe(count);
      }),
      {
        ...parameters,
        examples: [
          [0, 0],
          [STEPS_MAX, 4],
          [-STEPS_MAX, 4],
          [-1, 4],
          [-10_000, 4],
          [5, 1],
        ],
      },
    );
  });

  test('the text is canonical: no trailing zero, no plus sign, no negative zero', () => {
    fc.assert(
      fc.property(steps, decimals, (count, places) => {
        expect(formatQuantity(count, places)).toMatch(/^(0|-?(0\.\d*[1-9]|[1-9]\d*(\.\d*[1-9])?))$/);
      }),
      parameters,
    );
  });

  test('the value is exact: the same as by fractions of whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), fc.nat(9_999), decimals, (whole, fraction, places) => {
        const text = `${whole}.${String(fraction).padStart(4, '0')}`;
        const tenThousandths = BigInt(whole) * 10_000n + BigInt(fraction);
        const perStep = 10n ** BigInt(4 - places);
        if (tenThousandths % perStep === 0n) {
          expect(BigInt(parseQuantity(text, places))).toBe(tenThousandths / perStep);
        } else {
          expect(() => parseQuantity(text, places)).toThrow(expect.objectContaining({ code: 'INVALID_QUANTITY' }));
        }
      }),
      parameters,
    );
  });

  test('whole numbers are read as any other, up to the limit and with leading zeros', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_999_999_999 }), fc.nat({ max: 3 }), decimals, (whole, zeros, places) => {
        const text = '0'.repeat(zeros) + String(whole);
        const count = whole * 10 ** places;
        if (count <= STEPS_MAX) expect(parseQuantity(text, places)).toBe(count);
        else expect(() => parseQuantity(text, places)).toThrow(expect.objectContaining({ code: 'INVALID_QUANTITY' }));
      }),
      parameters,
    );
  });

  test('no text makes it throw anything but a refusal that names the field', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double().map(String)), decimals, (text, places) => {
        try {
          expect(Number.isSafeInteger(parseQuantity(text, places, 'lines.0.quantity'))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(Refusal);
          expect(error).toMatchObject({ code: 'INVALID_QUANTITY', details: { field: 'lines.0.quantity' } });
        }
      }),
      parameters,
    );
  });

  test.each(['', ' ', '1,5', '1e3', '+1', '.5', '5.', 'NaN', 'Infinity', '0x10', '--1', '1 2', '１'])(
    'refuses "%s"',
    (text) => {
      expect(() => parseQuantity(text, 4)).toThrow(Refusal);
    },
  );

  test('zeros beyond the step are allowed, anything else there is not', () => {
    expect(parseQuantity('2.50', 1)).toBe(25);
    expect(parseQuantity('-0.000', 0)).toBe(0);
    expect(Object.is(parseQuantity('-0', 0), 0)).toBe(true);
    expect(() => parseQuantity('2.51', 1)).toThrow(/no multiple of the step 0\.1/);
  });

  test('the limit of a bucket is kept on both sides', () => {
    expect(parseQuantity('2147483647', 0)).toBe(STEPS_MAX);
    expect(parseQuantity('-214748.3647', 4)).toBe(-STEPS_MAX);
    for (const text of ['2147483648', '-2147483648', '999999999999999']) {
      expect(() => parseQuantity(text, 0)).toThrow(/beyond the limit of 2147483647/);
    }
  });

  test('a positive quantity is more than nothing', () => {
    expect(parsePositiveQuantity('0.001', 3)).toBe(1);
    for (const text of ['0', '-1', '0.000']) expect(() => parsePositiveQuantity(text, 3)).toThrow(/more than zero/);
  });

  test('a step is one of five', () => {
    expect(['1', '0.1', '0.01', '0.001', '0.0001'].map(parseStep)).toEqual([0, 1, 2, 3, 4]);
    for (const text of ['2', '0.5', '10', '', '0.00001']) expect(() => parseStep(text)).toThrow(Refusal);
  });
});
