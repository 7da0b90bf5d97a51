/** How long the gateway waits for the query planner in its own process, which it ends when it has not answered by then. */
export interface PlannerLimits {
  /** For one plan. Everything else waits meanwhile, so that this bounds what any one document can hold up. */
  readonly planMsMax: number;
  /** For reading a supergraph, at the start and when another one is to be served. */
  readonly readMsMax: number;
}

export const DEFAULT_PLANNER_LIMITS: PlannerLimits = { planMsMax: 1_000, readMsMax: 30_000 };
