import type { StepDecimals, Steps } from '../../../kernel/model/quantity.ts';

export type AvailabilityBand = 'NONE' | 'LOW' | 'OK';

/** Up to so many base units are few. */
const LOW_UNITS_MAX = 5;

/** The coarse form of an availability, which tells no quantity. */
export function bandOf(available: Steps, decimals: StepDecimals): AvailabilityBand {
  if (available <= 0) return 'NONE';
  return available <= LOW_UNITS_MAX * 10 ** decimals ? 'LOW' : 'OK';
}
