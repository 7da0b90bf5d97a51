import { isRefusal, refuse, Refusal, type RefusalValue, toRefusal } from './errors.ts';
import { parsePositiveQuantity, STEPS_MAX, type StepDecimals, type Steps } from './quantity.ts';

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,9}))?$/;

/** Enough for every quantity that `stepsInUnit` can read. */
const DECIMALS_MAX = 9;

/** One of `unit` is exactly `numerator / denominator` base units. */
interface UnitConversion {
  readonly unit: string;
  readonly numerator: number;
  readonly denominator: number;
}

/** What of a SKU says how much of it a quantity is. */
export interface Measured {
  readonly decimals: StepDecimals;
  /** Absent: not told. */
  readonly baseUnit?: string;
  readonly conversions?: readonly UnitConversion[];
}

/**
 * Reads what is more than nothing, in the unit that a line names or else in base units.
 * @throws {Refusal} INVALID_QUANTITY
 */
export function parsePositiveInUnit(
  { quantity, unit }: { readonly quantity: string; readonly unit?: string },
  sku: Measured,
): Steps {
  if (unit === undefined) return parsePositiveQuantity(quantity, sku.decimals);
  const steps = stepsInUnit(quantity, unit, sku);
  if (isRefusal(steps)) throw toRefusal(steps);
  if (steps > 0) return steps;
  throw new Refusal('INVALID_QUANTITY', `quantity "${quantity}" must be more than zero.`, { value: quantity, unit });
}

/** Reads a decimal string in any unit of the SKU as an exact count of steps: a remainder is refused, never rounded. */
export function stepsInUnit(text: string, unit: string, sku: Measured): Steps | RefusalValue {
  const conversion = findConversion(unit, sku);
  const details = { value: text, unit };
  if (!conversion) return refuse('INVALID_QUANTITY', `The SKU has no conversion from ${unit}.`, details);
  const [, sign = '', whole = '', fraction = ''] = DECIMAL.exec(text.trim()) ?? [];
  if (whole === '') return refuse('INVALID_QUANTITY', `quantity "${text}" is not a decimal number.`, details);
  const dividend = BigInt(whole + fraction) * BigInt(conversion.numerator) * 10n ** BigInt(sku.decimals);
  const divisor = BigInt(conversion.denominator) * 10n ** BigInt(fraction.length);
  if (dividend % divisor !== 0n) {
    return refuse('INVALID_QUANTITY', `quantity "${text}" ${unit} is no whole number of steps.`, details);
  }
  const steps = dividend / divisor;
  if (steps > BigInt(STEPS_MAX)) {
    return refuse('INVALID_QUANTITY', `quantity "${text}" ${unit} is beyond the limit.`, details);
  }
  return sign === '-' && steps !== 0n ? -Number(steps) : Number(steps);
}

/** The same steps as a decimal string in a unit; undefined when no decimal of at most nine places is exactly that. */
export function quantityInUnit(steps: Steps, unit: string, sku: Measured): string | undefined {
  const conversion = findConversion(unit, sku);
  if (!conversion) return undefined;
  const dividend = BigInt(Math.abs(steps)) * BigInt(conversion.denominator) * 10n ** BigInt(DECIMALS_MAX);
  const divisor = BigInt(conversion.numerator) * 10n ** BigInt(sku.decimals);
  if (dividend % divisor !== 0n) return undefined;
  const digits = String(dividend / divisor).padStart(DECIMALS_MAX + 1, '0');
  const fraction = digits.slice(-DECIMALS_MAX).replace(/0+$/, '');
  const whole = digits.slice(0, -DECIMALS_MAX);
  return `${steps < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

function findConversion(unit: string, { baseUnit, conversions = [] }: Measured): UnitConversion | undefined {
  if (unit === baseUnit) return { unit, numerator: 1, denominator: 1 };
  return conversions.find((conversion) => conversion.unit === unit);
}
