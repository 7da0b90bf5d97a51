import { Unreadable } from './unreadable.ts';

/** A decimal as vendors send it: text, or a JSON number that went through a binary float. */
export type VendorDecimal = string | number;

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,30}))?$/;
/** A float may be off its decimal by this much at most; ten to the power of -9. */
const TOLERANCE_PLACES = 9n;
/** More than any currency or unit cost has. */
const FINE_PLACES = 12;
/** The finest step that the hub knows. */
const QUANTITY_PLACES = 4;

/**
 * A quantity as canonical decimal text. What has more than four places is rounded to four only when it lies within
 * 1e-9 of that, as 0.30000000000000004 does.
 * @throws {Unreadable} for anything else
 */
export function decimalText(value: VendorDecimal, what: string): string {
  return scaledText(scaledInteger(value, QUANTITY_PLACES, what), QUANTITY_PLACES);
}

/**
 * An amount in major units as a safe integer of minor units.
 * @throws {Unreadable} when it is finer than the currency's minor unit by more than 1e-9
 */
export function minorUnits(value: VendorDecimal, currencyCode: string, what: string): number {
  const minor = Number(scaledInteger(value, currencyPlaces(currencyCode), what));
  if (Number.isSafeInteger(minor)) return minor;
  throw new Unreadable(`${what} ${value} is too large.`);
}

/** An amount in major units, as decimal text. */
export function majorText(amountMinor: number, currencyCode: string): string {
  return scaledText(BigInt(amountMinor), currencyPlaces(currencyCode));
}

/** An amount in major units in minor ones, rounded half away from zero: for measures, never for what is posted. */
export function roundedMinorUnits(value: VendorDecimal, currencyCode: string, what: string): number {
  const fine = scaledInteger(value, FINE_PLACES, what);
  return Number(dividedRounded(fine, 10n ** BigInt(FINE_PLACES - currencyPlaces(currencyCode))));
}

/** The price of a quantity in minor units, rounded half away from zero. */
export function extendedMinor(unitPriceMinor: number, quantity: string): number {
  const exact = BigInt(unitPriceMinor) * scaledInteger(quantity, QUANTITY_PLACES, 'quantity');
  return Number(dividedRounded(exact, 10n ** BigInt(QUANTITY_PLACES)));
}

/**
 * The value times ten to the power of `places`, exactly.
 * @throws {Unreadable} when it is no decimal, or not within 1e-9 of one with so many places
 */
export function scaledInteger(value: VendorDecimal, places: number, what: string): bigint {
  const match = DECIMAL.exec(typeof value === 'number' ? numberText(value) : value.trim());
  if (!match) throw new Unreadable(`${what} "${value}" is no decimal number.`);
  const [, sign = '', whole = '', fraction = ''] = match;
  const digits = BigInt(sign + whole + fraction.padEnd(places, '0'));
  if (fraction.length <= places) return digits;
  const divisor = 10n ** BigInt(fraction.length - places);
  const rounded = dividedRounded(digits, divisor);
  const difference = digits - rounded * divisor;
  const size = difference < 0n ? -difference : difference;
  if (size * 10n ** TOLERANCE_PLACES <= 10n ** BigInt(fraction.length)) return rounded;
  throw new Unreadable(`${what} ${value} has more than ${places} decimals.`);
}

/** Half away from zero. The divisor is positive. */
export function dividedRounded(value: bigint, divisor: bigint): bigint {
  const size = value < 0n ? -value : value;
  const rounded = (2n * size + divisor) / (2n * divisor);
  return value < 0n ? -rounded : rounded;
}

/** A scaled integer as the shortest decimal text. */
export function scaledText(scaled: bigint, places: number): string {
  const size = scaled < 0n ? -scaled : scaled;
  const digits = String(size).padStart(places + 1, '0');
  const whole = digits.length - places;
  const fraction = digits.slice(whole).replace(/0+$/, '');
  return `${scaled < 0n ? '-' : ''}${digits.slice(0, whole)}${fraction && `.${fraction}`}`;
}

/** The shortest decimal that is this float; very small ones are written out instead of with an exponent. */
function numberText(value: number): string {
  return Math.abs(value) < 1e-6 ? value.toFixed(20) : String(value);
}

const placesOf = new Map<string, number>();

/** @throws {Unreadable} for what is no currency code */
function currencyPlaces(currencyCode: string): number {
  const known = placesOf.get(currencyCode);
  if (known !== undefined) return known;
  if (!/^[A-Z]{3}$/.test(currencyCode)) throw new Unreadable(`"${currencyCode}" is no currency code.`);
  const format = new Intl.NumberFormat('en', { style: 'currency', currency: currencyCode });
  const places = format.resolvedOptions().maximumFractionDigits ?? 2;
  placesOf.set(currencyCode, places);
  return places;
}
