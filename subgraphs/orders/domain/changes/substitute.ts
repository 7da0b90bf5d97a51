import type { Steps } from '../../../../kernel/model/quantity.ts';
import { netOf, scaledTaxes } from '../money/billed-units.ts';
import { newLine } from '../capture-order.ts';
import { findLine, type Order } from '../order.ts';
import type { Substitution } from './order-edit.ts';
import type { LineDiscount, OrderLine, Tax } from '../order-line.ts';
import { capturedUnits } from '../money/captured-units.ts';
import { setApart } from '../work/reject-work.ts';
import { takeUnits } from './take-units.ts';
import type { Told } from '../told.ts';
import { amountOf, sumOf } from '../money/totals.ts';

interface About {
  readonly by: string;
  readonly wmsLocations: readonly string[];
  readonly told: Told;
}

/** Puts other goods in the place of units: a line of its own, at the price that the rule says. */
export function substitute(order: Order, substitution: Substitution, { by, wmsLocations, told }: About): Order {
  const { line: id, quantity, location, isMissing } = substitution;
  const before = findLine(order, id) as OrderLine;
  const taken = takeUnits(order, [{ line: id, quantity }], {
    into: 'SUBSTITUTED',
    wmsLocations,
    ...(location !== undefined && { location }),
  });
  const after = findLine(taken, id) as OrderLine;
  const line = substituteLine(taken, { before, after, substitution, by });
  const added = { ...taken, lines: [...taken.lines, line] };
  if (location === undefined || isMissing !== true) return added;
  return setApart(added, { location, told }, [{ line: id, quantity }]);
}

interface Replacement {
  /** The line with the units that are replaced, and without them. */
  readonly before: OrderLine;
  readonly after: OrderLine;
  readonly substitution: Substitution;
  readonly by: string;
}

function substituteLine(order: Order, { before, after, substitution, by }: Replacement): OrderLine {
  const { quantity, priceRule, by: offered } = substitution;
  const freedMinor = netOf(before) - netOf(after);
  const offeredMinor = amountOf(offered, offered.ordered) - sumOf(offered.discounts);
  const isOwnPrice = priceRule === 'SUBSTITUTE_PRICE' || (priceRule === 'LOWER_OF' && offeredMinor <= freedMinor);
  const price = isOwnPrice ? offered : priceOf(freedMinor, offered);
  const costMinor = isOwnPrice ? offeredMinor : freedMinor;
  const taxes = offered.taxes ?? scaledTaxes(freedTaxes(before, after), freedMinor, costMinor);
  const { pickupAt, allowsSubstitute } = before;
  const line = newLine(
    { ...offered, discounts: [], ...price, taxes, ...(pickupAt !== undefined && { pickupAt }) },
    { order: order.id, lineNo: order.lines.length + 1, unitsOf: capturedUnits },
  );
  const allowed = allowsSubstitute === undefined ? {} : { allowsSubstitute };
  return { ...line, ...allowed, substituteFor: { line: before.id, quantity, priceRule, by } };
}

/** A unit price that is no less than the cost, and what it is beyond it taken off: to the minor unit. */
function priceOf(
  costMinor: number,
  { ordered, decimals }: { readonly ordered: Steps; readonly decimals: OrderLine['decimals'] },
): { readonly unitPriceMinor: number; readonly discounts: readonly LineDiscount[] } {
  const scale = 10n ** BigInt(decimals);
  const unitPriceMinor = Number((BigInt(costMinor) * scale + BigInt(ordered) - 1n) / BigInt(ordered));
  const amountMinor = amountOf({ decimals, unitPriceMinor }, ordered) - costMinor;
  const discount = { promotion: null, description: 'At the price of what it takes the place of.', amountMinor };
  return { unitPriceMinor, discounts: amountMinor > 0 ? [discount] : [] };
}

/** The taxes that went with the units. */
function freedTaxes(before: OrderLine, after: OrderLine): readonly Tax[] {
  return (before.taxes ?? []).map((tax, index) => ({
    ...tax,
    amountMinor: tax.amountMinor - (after.taxes?.[index]?.amountMinor ?? 0),
  }));
}
