import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { STEPS_MAX, type Steps } from '../../../kernel/model/quantity.ts';
import type { UnitConversion } from '../../../schema/events/fields.ts';
import type { SkuRecord } from './sku-record.ts';

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,9}))?$/;

/** Enough for every quantity that `stepsInUnit` can read. */
const DECIMALS_MAX = 9;

type Measured = Pick<SkuRecord, 'decimals' | 'baseUnit' | 'conversions'>;

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
