/** A receipt as the POS keeps it. */
export interface Receipt {
  readonly number: string;
  readonly location: string;
  readonly register: string | null;
  readonly cashier: string | null;
  /** UTC, ISO 8601. */
  readonly printedAt: string;
}

/**
 * What the hub needs from a POS estate. Every call is bounded by a timeout and retried within bounds inside; what
 * remains is an Obstacle (UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE) or a Refusal (UPSTREAM_REJECTED).
 */
export interface Pos {
  /** The name of this system as a source, such as `pos-high-street`. */
  readonly system: string;
  /** The stores whose tills it runs. */
  readonly locations: readonly string[];
  /** Receipts by their numbers in one call; unknown numbers are absent. At most RECEIPTS_PER_LOOK_UP_MAX. */
  lookUpReceipts(numbers: readonly string[]): Promise<ReadonlyMap<string, Receipt>>;
}

export const RECEIPTS_PER_LOOK_UP_MAX = 100;
