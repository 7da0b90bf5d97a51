import type { ChargeKind } from '../../../../schema/events/fields.ts';
import type { Order } from '../order.ts';
import type { OrderCharge } from '../order-line.ts';
import { lineMoneyOf, splitOverLines } from './order-money.ts';
import { sumOf } from './totals.ts';

/** What the customer pays for a line, by what it is for, each with its tax: the sums over all lines are those of the order. */
export interface PaidParts {
  /** At their price, less the line's part of all discounts. */
  readonly goodsMinor: number;
  readonly shippingMinor: number;
  readonly otherMinor: number;
  /** Of each of them, tax. */
  readonly goodsTaxMinor: number;
  readonly shippingTaxMinor: number;
  readonly otherTaxMinor: number;
}

type Money = Pick<Order, 'lines' | 'charges' | 'pricesIncludeTax'>;

/** Line by line. Taxes on discounts of the whole order belong to the goods. */
export function paidPartsOf(order: Money): readonly PaidParts[] {
  const { lines, pricesIncludeTax = true } = order;
  const added = (taxMinor: number): number => (pricesIncludeTax ? 0 : taxMinor);
  const taxesOf = (isKind: (kind: ChargeKind) => boolean): readonly number[] =>
    splitOverLines(order, sumOf(order.charges.filter(({ kind }) => isKind(kind)).flatMap(taxesOn)));
  const discountTaxes = taxesOf((kind) => kind === 'DISCOUNT');
  const shippingTaxes = taxesOf((kind) => kind === 'SHIPPING');
  const otherTaxes = taxesOf((kind) => kind === 'FEE' || kind === 'OTHER');
  return lineMoneyOf(order).map(({ itemsMinor, discountsMinor, shippingMinor, otherMinor }, index) => {
    const goodsTaxMinor = sumOf(lines[index]?.taxes) + (discountTaxes[index] ?? 0);
    const shippingTaxMinor = shippingTaxes[index] ?? 0;
    const otherTaxMinor = otherTaxes[index] ?? 0;
    return {
      goodsMinor: itemsMinor - discountsMinor + added(goodsTaxMinor),
      shippingMinor: shippingMinor + added(shippingTaxMinor),
      otherMinor: otherMinor + added(otherTaxMinor),
      goodsTaxMinor,
      shippingTaxMinor,
      otherTaxMinor,
    };
  });
}

const taxesOn = ({ taxes = [] }: OrderCharge) => taxes;
