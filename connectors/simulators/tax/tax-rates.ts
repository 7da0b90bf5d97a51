/** What is levied on one item. */
export interface RatedTax {
  readonly jurisdiction: string;
  /** A decimal of at most six places. */
  readonly ratePercent: string;
}

/** Rates by country, and by the class of goods there. */
export type TaxRates = Readonly<Record<string, Readonly<Record<string, readonly RatedTax[]>>>>;

export interface ComputedTax extends RatedTax {
  readonly amountMinor: number;
}

const PLACES = 6;
const SCALE = 10n ** BigInt(PLACES);

/**
 * The taxes of an amount in minor units, each rounded half up by itself. Included taxes are the part of the amount that its
 * rate is of a hundred and all rates.
 */
export function taxesOf(
  amountMinor: number,
  { rates, isIncluded }: { readonly rates: readonly RatedTax[]; readonly isIncluded: boolean },
): readonly ComputedTax[] {
  const all = rates.reduce((sum, { ratePercent }) => sum + scaled(ratePercent), 0n);
  const whole = 100n * SCALE + (isIncluded ? all : 0n);
  return rates.map((rate) => {
    const product = BigInt(amountMinor) * scaled(rate.ratePercent);
    return { ...rate, amountMinor: Number((product * 2n + whole) / (whole * 2n)) };
  });
}

function scaled(percent: string): bigint {
  const [whole = '0', places = ''] = percent.split('.');
  return BigInt(whole) * SCALE + BigInt(places.padEnd(PLACES, '0').slice(0, PLACES));
}
