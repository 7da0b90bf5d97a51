/** Every setting and bound of the posting of sales. */
export interface SalesPostingLimits {
  /**
   * Age of the oldest receipt at which a micro-batch is closed. Default: never before the end of the day where the ERP wants
   * one document a day.
   */
  readonly batchAgeMs: number;
  /** Receipts of a micro-batch; where the ERP takes micro-batches, so many close one. */
  readonly batchReceiptsMax: number;
  /** Lines of a micro-batch, which are fewer than those of its receipts. */
  readonly batchLinesMax: number;
  /** How long after the end of a business day its receipts are waited for before its last regular batch is closed. */
  readonly dayGraceMs: number;
  /** How long a receipt that comes later than that waits for others before they become a batch. */
  readonly lateWaitMs: number;
  /** How long a batch waits for a POS that does not say at which register its receipts were written. */
  readonly registersWaitMs: number;
  /** How often open days are looked at; a look does nothing where nothing is due. */
  readonly roundMs: number;
  /** How often a day is looked at of which nothing new is known here, and after an obstacle. */
  readonly lookAgainMs: number;
  /** How often a day that differs is compared again, and for how long after its end. */
  readonly compareAgainMs: number;
  readonly compareForMs: number;
  /** Receipts that wait for something to be known, tried again in one round. */
  readonly waitingPerRound: number;
  /** Open days: stores times currencies times the days that are not settled. */
  readonly openDaysMax: number;
  /** How long receipts, batches and days are kept after their last change, and how many are removed in one round. */
  readonly keptMs: number;
  readonly removedPerRound: number;
  /** Receipts under way at once, and how often one is delivered before it becomes a dead letter. */
  readonly concurrencyMax: number;
  readonly deliveriesMax: number;
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  /** Times that a document is tried again when somebody else has saved it meanwhile. */
  readonly saveAttemptsMax: number;
}

export const SALES_POSTING_LIMITS: SalesPostingLimits = {
  batchAgeMs: 300_000,
  batchReceiptsMax: 500,
  batchLinesMax: 400,
  dayGraceMs: 900_000,
  lateWaitMs: 300_000,
  registersWaitMs: 600_000,
  roundMs: 1_000,
  lookAgainMs: 30_000,
  compareAgainMs: 600_000,
  compareForMs: 7 * 86_400_000,
  waitingPerRound: 200,
  openDaysMax: 10_000,
  keptMs: 90 * 86_400_000,
  removedPerRound: 200,
  concurrencyMax: 16,
  deliveriesMax: 1_000,
  backoffMinMs: 100,
  backoffMaxMs: 60_000,
  saveAttemptsMax: 50,
};

/** What differs where the ERP wants one document for a store and day. */
export const ONE_PER_DAY: Partial<SalesPostingLimits> = {
  batchAgeMs: Number.MAX_SAFE_INTEGER,
  batchReceiptsMax: 5_000,
  batchLinesMax: 2_000,
};
