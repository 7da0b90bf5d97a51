import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';
import type { Sale } from './sale.ts';

/** What was paid for a whole order line, each part with its tax. */
export interface LineWorth {
  /** What it was paid for. */
  readonly ordered: Steps;
  readonly goodsMinor: number;
  readonly shippingMinor: number;
  readonly otherMinor: number;
  /** Of each of them, tax. */
  readonly goodsTaxMinor: number;
  readonly shippingTaxMinor: number;
  readonly otherTaxMinor: number;
}

/** Of an order line; undefined when orders tells the price of its units alone. */
export function lineWorthOf({ paid }: Sale['lines'][number], ordered: Steps): LineWorth | undefined {
  return paid && { ordered, ...paid };
}

/** One base unit at its price, without charges, of which the tax is not known. */
export function unitWorth(unitPriceMinor: number, decimals: StepDecimals): LineWorth {
  const none = { shippingMinor: 0, otherMinor: 0, goodsTaxMinor: 0, shippingTaxMinor: 0, otherTaxMinor: 0 };
  return { ordered: 10 ** decimals, goodsMinor: unitPriceMinor, ...none };
}
