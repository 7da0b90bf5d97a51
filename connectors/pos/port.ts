/** A receipt as the POS keeps it. */
export interface Receipt {
  readonly number: string;
  readonly location: string;
  readonly register: string | null;
  readonly cashier: string | null;
  /** UTC, ISO 8601. */
  readonly printedAt: string;
}

/** Receipts, and the money that changed hands with them. */
export interface Takings {
  readonly receiptCount: number;
  /** Positive. */
  readonly totalMinor: number;
}

/** What the cash drawers of a register say of a day. They count money; they know no receipts. */
export interface DrawerDay {
  /** Payments and refunds of any tender that were done at the drawer. */
  readonly paymentCount: number;
  readonly refundCount: number;
  readonly cashTakenMinor: number;
  readonly cashGivenMinor: number;
  /** What was counted less what was expected; null as long as a drawer was not counted. */
  readonly differenceMinor: number | null;
}

/** A register's business day, as the POS itself keeps it: the other side of a proof that nothing of it was lost. */
export interface RegisterDay {
  readonly location: string;
  /** The register by the POS's own id; null for receipts that the POS attributes to none. */
  readonly register: string | null;
  /** YYYY-MM-DD, the calendar day of the store. */
  readonly businessDay: string;
  readonly currency: string;
  /** Sales: as many as the POS tells as facts, and what the tenders of those add up to. */
  readonly taken: Takings;
  /** Returns, of which one receipt may have several: as many as the POS tells as facts, and what their refunds add up to. */
  readonly given: Takings;
  /** The numbers of all these receipts, in order, so that one that is missing elsewhere can be named. */
  readonly receipts: readonly string[];
  /** Null: the POS keeps no drawer for it. */
  readonly drawer: DrawerDay | null;
  /** False while more may come: the day is not over, or the register of that day is still open. */
  readonly isClosed: boolean;
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
  /**
   * What each register of a store took and gave on a business day, asked for anew and not by way of feeds or webhooks. Empty
   * for a store that it does not run. At most RECEIPTS_PER_DAY_MAX receipts, beyond which it ends in an Obstacle.
   * @throws {Refusal} BAD_USER_INPUT for what is no calendar day
   */
  registerDays(location: string, businessDay: string): Promise<readonly RegisterDay[]>;
}

export const RECEIPTS_PER_LOOK_UP_MAX = 100;
/** Of one store. */
export const RECEIPTS_PER_DAY_MAX = 10_000;
