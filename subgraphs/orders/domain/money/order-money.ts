import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { ChargeKind } from '../../../../schema/events/fields.ts';
import { apportion } from './apportion.ts';
import type { Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import { amountOf, billedOf, sumOf, totalsOf, type PricedLine } from './totals.ts';

/** What the customer pays for everything. */
export const orderTotalOf = (order: Pick<Order, 'lines' | 'charges' | 'pricesIncludeTax'>): number =>
  totalsOf(order).grandMinor;

type Money = Pick<Order, 'lines' | 'charges' | 'pricesIncludeTax'>;

/** What some units of a line cost by themselves, without their part of what the whole order is charged. */
export function lineCostOf({ pricesIncludeTax = true }: Money, line: OrderLine, quantity: Steps): number {
  const addedMinor = pricesIncludeTax ? 0 : sumOf(line.taxes);
  return amountOf(line, quantity) + partOf(addedMinor - sumOf(line.discounts), quantity, billedOf(line));
}

/** Rounded towards nothing, so that the parts of a whole in steps never go beyond it. */
function partOf(wholeMinor: number, quantity: Steps, ordered: Steps): number {
  // Of a line that was taken out nothing is left to be split.
  return ordered === 0 ? 0 : Number((BigInt(wholeMinor) * BigInt(quantity)) / BigInt(ordered));
}

/** What a line is of its order, in minor units. */
export interface LineMoney {
  readonly itemsMinor: number;
  /** Not negative: its own, and its part of those on the whole order. */
  readonly discountsMinor: number;
  readonly shippingMinor: number;
  readonly otherMinor: number;
  /** Its own, and its part of those on charges. */
  readonly taxMinor: number;
  /** What the customer pays for it. */
  readonly grandMinor: number;
}

/**
 * Splits an order over its lines, to the minor unit: each member sums to that of the order. What the whole order is charged
 * follows what the lines cost by themselves, the largest remainders first.
 */
export function lineMoneyOf(order: Money): readonly LineMoney[] {
  const { lines, charges, pricesIncludeTax = true } = order;
  const weights = weightsOf(order);
  const sumOfKind = (isKind: (kind: ChargeKind) => boolean): number =>
    sumOf(charges.filter(({ kind }) => isKind(kind)));
  const discounts = split(
    sumOfKind((kind) => kind === 'DISCOUNT'),
    weights,
  );
  const shipping = split(
    sumOfKind((kind) => kind === 'SHIPPING'),
    weights,
  );
  const others = split(
    sumOfKind((kind) => kind === 'FEE' || kind === 'OTHER'),
    weights,
  );
  const chargeTaxes = split(sumOf(charges.flatMap(({ taxes = [] }) => taxes)), weights);
  return lines.map((line, index) => {
    const itemsMinor = amountOf(line, billedOf(line));
    const discountsMinor = sumOf(line.discounts) - (discounts[index] ?? 0);
    const shippingMinor = shipping[index] ?? 0;
    const otherMinor = others[index] ?? 0;
    const taxMinor = sumOf(line.taxes) + (chargeTaxes[index] ?? 0);
    const addedMinor = pricesIncludeTax ? 0 : taxMinor;
    const grandMinor = itemsMinor - discountsMinor + shippingMinor + otherMinor + addedMinor;
    return { itemsMinor, discountsMinor, shippingMinor, otherMinor, taxMinor, grandMinor };
  });
}

/** An amount of the whole order, line by line: it follows what the lines cost by themselves. */
export const splitOverLines = (order: Money, amountMinor: number): readonly number[] =>
  split(amountMinor, weightsOf(order));

/** Lines that all cost nothing carry the charges alike. */
function weightsOf(order: Money): readonly number[] {
  const costs = order.lines.map((line) => Math.max(0, lineCostOf(order, line, billedOf(line))));
  if (costs.some((cost) => cost > 0)) return costs;
  const alike = order.lines.map((line) => Number(billedOf(line) > 0));
  return alike.includes(1) ? alike : alike.map(() => 1);
}

function split(amountMinor: number, weights: readonly number[]): readonly number[] {
  if (weights.length === 0) return [];
  const shares = apportion(Math.abs(amountMinor), weights);
  return amountMinor < 0 ? shares.map((share) => 0 - share) : shares;
}

export interface UnitRange {
  /** How many units of the line come before these, such as those that were given back already. */
  readonly from: Steps;
  readonly quantity: Steps;
  readonly ordered: PricedLine['ordered'];
}

/** What some units are of an amount of their line: however the line is split, the parts sum to the whole. */
export function shareOfUnits(amountMinor: number, { from, quantity, ordered }: UnitRange): number {
  return partOf(amountMinor, from + quantity, ordered) - partOf(amountMinor, from, ordered);
}
