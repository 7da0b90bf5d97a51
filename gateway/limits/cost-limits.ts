/** What one operation may cost, in the units of `@cost`. */
export interface CostLimits {
  /** The most that one operation may be estimated at. */
  readonly costMax: number;
  /** The length that is assumed of a list of which the schema says nothing by `@listSize`. */
  readonly listSizeAssumed: number;
}

export const DEFAULT_COST_LIMITS: CostLimits = {
  costMax: 50_000,
  listSizeAssumed: 10,
};
