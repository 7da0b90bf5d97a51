import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';

/** A stretch of the units of one order line, from the first not yet refunded one. */
export interface Stretch {
  readonly from: Steps;
  readonly to: Steps;
}

/**
 * What a stretch of units is worth in minor units. Stretches that follow each other add up to the worth of the whole to
 * the minor unit, because each is the difference of two rounded totals.
 */
export function valueOfStretch(
  { from, to }: Stretch,
  { unitPriceMinor, decimals }: { readonly unitPriceMinor: number; readonly decimals: StepDecimals },
): number {
  return worthOf(to, unitPriceMinor, decimals) - worthOf(from, unitPriceMinor, decimals);
}

/** Half a minor unit rounds away from zero. */
function worthOf(steps: Steps, unitPriceMinor: number, decimals: StepDecimals): number {
  const scale = 10n ** BigInt(decimals);
  const scaled = BigInt(steps) * BigInt(unitPriceMinor);
  const half = scaled < 0n ? -scale / 2n : scale / 2n;
  return Number((scaled + half) / scale);
}
