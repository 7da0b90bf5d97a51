import type { StepDecimals, Steps } from '../../../../kernel/model/quantity.ts';

export interface PricedLine {
  readonly decimals: StepDecimals;
  readonly ordered: Steps;
  /** Of `ordered`, what a change took out: it bears nothing of the price. Absent: nothing. */
  readonly unbilled?: Steps;
  readonly unitPriceMinor: number;
  readonly discounts?: readonly Amount[];
  readonly taxes?: readonly Amount[];
}

interface Amount {
  readonly amountMinor: number;
}

/** What is no goods. */
interface PricedCharge extends Amount {
  readonly taxes?: readonly Amount[];
}

/** Everything that an order costs. */
export interface Priced {
  readonly lines: readonly PricedLine[];
  readonly charges: readonly PricedCharge[];
  readonly pricesIncludeTax?: boolean;
}

export interface Totals {
  readonly itemsMinor: number;
  /** Not negative. */
  readonly lineDiscountsMinor: number;
  readonly chargesMinor: number;
  /** Whether the prices include them or not. */
  readonly taxMinor: number;
  readonly grandMinor: number;
}

/** The price of some units of a line in minor units, rounded half away from zero once for the whole quantity. */
export function amountOf(
  { decimals, unitPriceMinor }: Pick<PricedLine, 'decimals' | 'unitPriceMinor'>,
  quantity: Steps,
): number {
  const product = BigInt(unitPriceMinor) * BigInt(quantity);
  const scale = 10n ** BigInt(decimals);
  const half = product < 0n ? -scale : scale;
  return Number((product * 2n + half) / (scale * 2n));
}

/** The units that the price of a line is for. */
export const billedOf = ({ ordered, unbilled = 0 }: Pick<PricedLine, 'ordered' | 'unbilled'>): Steps =>
  ordered - unbilled;

export function totalsOf({ lines, charges, pricesIncludeTax = true }: Priced): Totals {
  const itemsMinor = lines.reduce((sum, line) => sum + amountOf(line, billedOf(line)), 0);
  const lineDiscountsMinor = lines.reduce((sum, { discounts }) => sum + sumOf(discounts), 0);
  const chargesMinor = sumOf(charges);
  const taxMinor = [...lines, ...charges].reduce((sum, { taxes }) => sum + sumOf(taxes), 0);
  const addedMinor = pricesIncludeTax ? 0 : taxMinor;
  const grandMinor = itemsMinor - lineDiscountsMinor + chargesMinor + addedMinor;
  return { itemsMinor, lineDiscountsMinor, chargesMinor, taxMinor, grandMinor };
}

/** Of nothing: nothing. */
export function sumOf(amounts: readonly Amount[] = []): number {
  return amounts.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}
