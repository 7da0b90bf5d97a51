import type { Steps } from '../../../kernel/model/quantity.ts';

/** A stretch of the units of one order line, from the first not yet refunded one. */
export interface Stretch {
  readonly from: Steps;
  readonly to: Steps;
}

export interface Whole {
  /** For `ordered` units. */
  readonly amountMinor: number;
  readonly ordered: Steps;
  /** Of the amount, one after the other; to a hundredth of a percent. Absent: all of it. */
  readonly percents?: readonly number[];
}

/**
 * What a stretch of units is of an amount, in minor units. Stretches that follow each other add up to what the whole is to
 * the minor unit, because each is the difference of two rounded totals.
 */
export const shareOfStretch = ({ from, to }: Stretch, whole: Whole): number => partOf(to, whole) - partOf(from, whole);

const PERCENT_SCALE = 10_000n;

/** Half a minor unit rounds away from zero. */
function partOf(steps: Steps, { amountMinor, ordered, percents = [] }: Whole): number {
  const rate = percents.reduce((product, percent) => product * BigInt(Math.round(percent * 100)), 1n);
  const whole = BigInt(ordered) * PERCENT_SCALE ** BigInt(percents.length);
  const doubled = 2n * BigInt(steps) * BigInt(amountMinor) * rate;
  const half = doubled < 0n ? -whole : whole;
  return Number((doubled + half) / (2n * whole));
}
