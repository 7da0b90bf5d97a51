import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';

export interface PricedLine {
  readonly decimals: StepDecimals;
  readonly ordered: Steps;
  readonly unitPriceMinor: number;
}

export interface Totals {
  readonly itemsMinor: number;
  readonly chargesMinor: number;
  readonly grandMinor: number;
}

/** The price of some units of a line in minor units, rounded half away from zero once for the whole quantity. */
export function amountOf({ decimals, unitPriceMinor }: Omit<PricedLine, 'ordered'>, quantity: Steps): number {
  const product = BigInt(unitPriceMinor) * BigInt(quantity);
  const scale = 10n ** BigInt(decimals);
  const half = product < 0n ? -scale : scale;
  return Number((product * 2n + half) / (scale * 2n));
}

export function totalsOf(lines: readonly PricedLine[], charges: readonly { readonly amountMinor: number }[]): Totals {
  const itemsMinor = lines.reduce((sum, line) => sum + amountOf(line, line.ordered), 0);
  const chargesMinor = charges.reduce((sum, charge) => sum + charge.amountMinor, 0);
  return { itemsMinor, chargesMinor, grandMinor: itemsMinor + chargesMinor };
}
