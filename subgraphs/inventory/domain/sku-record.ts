import type { KitComponent, UnitConversion } from '../../../schema/events/fields.ts';
import type { StepDecimals } from '../../../kernel/model/quantity.ts';

/** What inventory knows of a SKU. */
export interface SkuRecord {
  readonly decimals: StepDecimals;
  readonly categories: readonly string[];
  /** Absent: registered before it was told. */
  readonly baseUnit?: string;
  /** Absent: NONE. */
  readonly tracking?: 'LOT' | 'SERIAL';
  /** Present: a kit, which has no stock of its own. */
  readonly components?: readonly KitComponent[];
  readonly conversions?: readonly UnitConversion[];
  /** The last change of these properties or of a rule for the SKU. */
  readonly settingsSeq: number;
}
