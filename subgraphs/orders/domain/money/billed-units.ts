import type { Steps } from '../../../../kernel/model/quantity.ts';
import { apportion } from './apportion.ts';
import type { LineDiscount, OrderLine, Tax } from '../order-line.ts';
import { amountOf, billedOf, sumOf } from './totals.ts';

/** What a change says of the price of a line; what is absent follows from what was. */
export interface LinePricing {
  readonly ordered?: Steps;
  readonly unbilled?: Steps;
  readonly unitPriceMinor?: number;
  readonly discounts?: readonly LineDiscount[];
  readonly taxes?: readonly Tax[];
}

/**
 * A line with another quantity or price. Discounts follow the quantity and taxes what the goods cost after discounts, each
 * in proportion and to the minor unit, unless they are told.
 */
export function repriced(line: OrderLine, { discounts, taxes, ...pricing }: LinePricing): OrderLine {
  const sized: OrderLine = { ...line, ...pricing };
  const discounted = withDiscounts(sized, discounts ?? scaledDiscounts(line, billedOf(sized)));
  return withTaxes(discounted, taxes ?? scaledTaxes(line.taxes ?? [], netOf(line), netOf(discounted)));
}

/** What the billed units of a line cost after discounts, without what is added as tax. */
export const netOf = (line: OrderLine): number => amountOf(line, billedOf(line)) - sumOf(line.discounts);

function scaledDiscounts(line: OrderLine, billed: Steps): readonly LineDiscount[] {
  const { discounts = [] } = line;
  const before = billedOf(line);
  if (billed === before || discounts.length === 0) return discounts;
  if (billed === 0 || before === 0) return [];
  const wholeMinor = sumOf(discounts);
  const amounts = apportion(
    rounded(wholeMinor, billed, before),
    discounts.map(({ amountMinor }) => amountMinor),
  );
  return discounts.flatMap((discount, index) => {
    const amountMinor = amounts[index] ?? 0;
    return amountMinor > 0 ? [{ ...discount, amountMinor }] : [];
  });
}

/** Each tax by itself, because each is owed to somebody else. */
export function scaledTaxes(taxes: readonly Tax[], beforeMinor: number, afterMinor: number): readonly Tax[] {
  if (beforeMinor === afterMinor) return taxes;
  return taxes.map((tax) => ({
    ...tax,
    amountMinor: beforeMinor <= 0 ? 0 : rounded(tax.amountMinor, Math.max(0, afterMinor), beforeMinor),
  }));
}

/** `amount * part / whole`, halves rounded up. */
function rounded(amount: number, part: number, whole: number): number {
  const product = BigInt(amount) * BigInt(part) * 2n + BigInt(whole);
  return Number(product / (BigInt(whole) * 2n));
}

function withDiscounts(line: OrderLine, discounts: readonly LineDiscount[]): OrderLine {
  const { discounts: _before, ...rest } = line;
  return discounts.length > 0 ? { ...rest, discounts } : rest;
}

function withTaxes(line: OrderLine, taxes: readonly Tax[]): OrderLine {
  const { taxes: _before, ...rest } = line;
  return taxes.length > 0 ? { ...rest, taxes } : rest;
}
