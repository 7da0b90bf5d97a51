import { Refusal } from './errors.ts';

/** How many decimals the step of a SKU has: 0 counts pieces, 3 weighs grams of a kilogram. */
export type StepDecimals = 0 | 1 | 2 | 3 | 4;

/** An integer count of the SKU's step; negative only where a physical shortfall is recorded. */
export type Steps = number;

/** The most steps a bucket may hold, either way. */
export const STEPS_MAX = 2_147_483_647;

const FEW_DIGITS = 9;
const DIGIT_0 = 48;
const POWERS_OF_TEN = [1, 10, 100, 1_000, 10_000] as const;
const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,9}))?$/;

/**
 * Reads a decimal string in base units as an exact count of steps. Trailing zeros beyond the step are allowed.
 * @throws {Refusal} INVALID_QUANTITY naming `field` when it is no decimal, leaves a remainder or is beyond STEPS_MAX
 */
export function parseQuantity(text: string, decimals: StepDecimals, field = 'quantity'): Steps {
  const few = readFewDigits(text);
  if (few !== undefined && few * (POWERS_OF_TEN[decimals] as number) <= STEPS_MAX) {
    return few * (POWERS_OF_TEN[decimals] as number);
  }
  const match = DECIMAL.exec(text.trim());
  if (!match) throw invalid(field, text, 'is not a decimal number');
  const [, sign = '', whole = '', fraction = ''] = match;
  const beyond = fraction.slice(decimals);
  if (/[1-9]/.test(beyond)) throw invalid(field, text, `is no multiple of the step ${formatQuantity(1, decimals)}`);
  const steps = Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
  if (!Number.isSafeInteger(steps) || steps > STEPS_MAX) {
    throw invalid(field, text, `is beyond the limit of ${formatQuantity(STEPS_MAX, decimals)}`);
  }
  return sign === '-' && steps !== 0 ? -steps : steps;
}

/**
 * As `parseQuantity`, for what must be more than nothing.
 * @throws {Refusal} INVALID_QUANTITY
 */
export function parsePositiveQuantity(text: string, decimals: StepDecimals, field = 'quantity'): Steps {
  const steps = parseQuantity(text, decimals, field);
  if (steps <= 0) throw invalid(field, text, 'must be more than zero');
  return steps;
}

/** Most quantities are a few digits and nothing else, which is read much quicker than any decimal number. */
function readFewDigits(text: string): number | undefined {
  const { length } = text;
  if (length === 0 || length > FEW_DIGITS) return undefined;
  let value = 0;
  for (let index = 0; index < length; index++) {
    const digit = text.charCodeAt(index) - DIGIT_0;
    if (digit < 0 || digit > 9) return undefined;
    value = value * 10 + digit;
  }
  return value;
}

/** The canonical decimal string: no trailing zeros, no plus sign, `-0` never. */
export function formatQuantity(steps: Steps, decimals: StepDecimals): string {
  if (decimals === 0) return String(steps);
  const digits = String(Math.abs(steps)).padStart(decimals + 1, '0');
  const fraction = digits.slice(-decimals).replace(/0+$/, '');
  const text = digits.slice(0, -decimals) + (fraction && `.${fraction}`);
  return steps < 0 ? `-${text}` : text;
}

/**
 * The decimals of a step such as "1" or "0.001".
 * @throws {Refusal} INVALID_QUANTITY when it is none of 1, 0.1, 0.01, 0.001, 0.0001
 */
export function parseStep(text: string): StepDecimals {
  const decimals = ['1', '0.1', '0.01', '0.001', '0.0001'].indexOf(text);
  if (decimals < 0) throw invalid('step', text, 'must be one of 1, 0.1, 0.01, 0.001, 0.0001');
  return decimals as StepDecimals;
}

function invalid(field: string, text: string, what: string): Refusal {
  return new Refusal('INVALID_QUANTITY', `${field} "${text}" ${what}.`, { field, value: text });
}
