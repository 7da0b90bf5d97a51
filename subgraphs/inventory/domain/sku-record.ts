import type { StepDecimals } from '../../../kernel/model/quantity.ts';

/** What inventory knows of a SKU. */
export interface SkuRecord {
  readonly decimals: StepDecimals;
  readonly categories: readonly string[];
  /** The last change of these properties or of a rule for the SKU. */
  readonly settingsSeq: number;
}
