import type { StepDecimals } from '../../../kernel/model/quantity.ts';

/** What inventory knows of a SKU. */
export interface SkuRecord {
  readonly decimals: StepDecimals;
  readonly categories: readonly string[];
}
