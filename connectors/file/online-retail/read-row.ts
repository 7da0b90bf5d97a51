import { DateTime } from 'luxon';
import { CODE_LENGTH_MAX, skuId } from '../../../kernel/model/codes.ts';
import type { ChargeKind } from '../../../schema/events/fields.ts';
import { dividedRounded, scaledInteger } from '../../runtime/exact-decimal.ts';
import { readOrUndefined, Unreadable, unreadableReason } from '../../runtime/unreadable.ts';
import type { OnlineRetailOptions } from './online-retail-options.ts';
import type { OnlineRetailRow } from './online-retail-rows.ts';

/** What a row says. Pence are exact to the last; `roundingMinor` is what the rounded unit price leaves over. */
export type RowMeaning =
  | {
      readonly kind: 'GOODS';
      readonly sku: string;
      readonly quantity: number;
      readonly unitPriceMinor: number;
      readonly totalMinor: number;
      readonly roundingMinor: number;
    }
  | { readonly kind: 'CHARGE'; readonly charge: ChargeKind; readonly description: string; readonly totalMinor: number }
  | { readonly kind: 'ADJUSTMENT'; readonly sku: string; readonly quantity: number; readonly description: string }
  | { readonly kind: 'UNREADABLE'; readonly reason: string };

/** Prices are read to a millionth of the major unit; the published set has three decimals at most. */
const PRICE_PLACES = 6;
const MINOR_PER_MILLION = 10_000n;
const QUANTITY = /^-?\d{1,9}$/;

/**
 * What one row of an invoice means by itself. On a credit (an invoice that begins with `C`) quantities are negative and
 * come out positive, as do their totals.
 *
 * A line's total is quantity times price, rounded half away from zero to whole pence. Where the price itself has
 * fractions of a penny it is rounded as well, and the difference is told, so that the total stays exact.
 */
export function readRow(row: OnlineRetailRow, isCredit: boolean, options: OnlineRetailOptions): RowMeaning {
  try {
    return meaningOf(row, isCredit, options);
  } catch (error) {
    return { kind: 'UNREADABLE', reason: unreadableReason(error) };
  }
}

function meaningOf(row: OnlineRetailRow, isCredit: boolean, options: OnlineRetailOptions): RowMeaning {
  const code = goodsCode(row);
  if (!QUANTITY.test(row.Quantity.trim())) throw new Unreadable('quantity is no whole number');
  const quantity = Number(row.Quantity);
  const price = scaledInteger(row.UnitPrice, PRICE_PLACES, 'unit price');
  const charge = chargeKindOf(code, options);
  if (quantity === 0) throw new Unreadable('zero quantity');
  if (price < 0n) throw new Unreadable('negative price');
  if (price === 0n && !isCredit && (quantity > 0 || charge !== undefined)) throw new Unreadable('zero price');
  if (price === 0n && !isCredit) {
    return { kind: 'ADJUSTMENT', sku: code, quantity, description: row.Description.trim() };
  }
  if (quantity < 0 && !isCredit) throw new Unreadable('negative quantity on a sale');
  if (quantity > 0 && isCredit) throw new Unreadable('positive quantity on a credit');
  const units = Math.abs(quantity);
  const totalMinor = toMinor(price * BigInt(units));
  if (charge !== undefined) {
    return { kind: 'CHARGE', charge, description: row.Description.trim() || code, totalMinor };
  }
  const unitPriceMinor = toMinor(price);
  const roundingMinor = totalMinor - unitPriceMinor * units;
  return { kind: 'GOODS', sku: code, quantity: units, unitPriceMinor, totalMinor, roundingMinor };
}

/** A unit price in minor units, rounded half away from zero; undefined when the text is none. */
export function unitPriceMinorOf(text: string): number | undefined {
  return readOrUndefined(() => toMinor(scaledInteger(text, PRICE_PLACES, 'unit price')));
}

/** The code in upper case. @throws {Unreadable} when the row has none */
export function goodsCode({ StockCode }: Pick<OnlineRetailRow, 'StockCode'>): string {
  const code = StockCode.trim();
  if (code === '') throw new Unreadable('no stock code');
  if (code.length > CODE_LENGTH_MAX) throw new Unreadable('stock code too long');
  return skuId(code);
}

export function chargeKindOf(code: string, options: OnlineRetailOptions): ChargeKind | undefined {
  if (Object.hasOwn(options.chargeCodes, code)) return options.chargeCodes[code];
  return Object.entries(options.chargePrefixes).find(([prefix]) => code.startsWith(prefix))?.[1];
}

/** Month first, two digits of the year, by the clock of the zone: `12/1/10 8:26`. Undefined when it is no such time. */
export function createTimeReader(timeZone: string): (text: string) => number | undefined {
  // A file has many lines of few distinct minutes.
  const known = new Map<string, number | undefined>();
  return (text) => {
    if (!known.has(text)) {
      const time = DateTime.fromFormat(text.trim(), 'L/d/yy H:mm', { zone: timeZone });
      known.set(text, time.isValid ? time.toMillis() : undefined);
    }
    return known.get(text);
  };
}

function toMinor(millionths: bigint): number {
  const minor = Number(dividedRounded(millionths, MINOR_PER_MILLION));
  if (Number.isSafeInteger(minor)) return minor;
  throw new Unreadable('amount too large');
}
