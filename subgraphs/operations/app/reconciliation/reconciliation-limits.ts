/** Every bound of comparing other books of stock with the ledger. */
export interface ReconciliationLimits {
  /** From the end of a run of a system to its next; 0: runs begin only when somebody asks. */
  readonly everyMs: number;
  /** How often runs that were asked for are looked for. */
  readonly pollMs: number;
  /** How often systems are looked for whose next run is due. */
  readonly schedulePollMs: number;
  /** How long facts that are under way are given to arrive before differences are looked at again. */
  readonly settleMs: number;
  /** Times that differences are looked at again; what is equal in one of them was under way. */
  readonly looksAgainMax: number;
  /** Positions that a system may tell of one location. */
  readonly rowsPerLocationMax: number;
  /** Differences of a run that are looked at again and raised; more are counted alone. */
  readonly differencesMax: number;
  /** Differences that are kept with each location of a run. */
  readonly itemsKeptMax: number;
  /** Runs that are kept of each system. */
  readonly runsKeptMax: number;
  /** Exceptions that are saved at the same time. */
  readonly savesConcurrencyMax: number;
  /** How long a page of a system or of the ledger may take. */
  readonly pageTimeoutMs: number;
  /** Times that a run is begun, and the rest before it is begun again. */
  readonly attemptsMax: number;
  readonly retryMs: number;
}

export const RECONCILIATION_LIMITS: ReconciliationLimits = {
  everyMs: 86_400_000,
  pollMs: 2_000,
  schedulePollMs: 60_000,
  settleMs: 45_000,
  looksAgainMax: 3,
  rowsPerLocationMax: 500_000,
  differencesMax: 10_000,
  itemsKeptMax: 200,
  runsKeptMax: 100,
  savesConcurrencyMax: 16,
  pageTimeoutMs: 120_000,
  attemptsMax: 3,
  retryMs: 30_000,
};

/** Locations that one request may name; the SDL states it. */
export const LOCATIONS_ASKED_MAX = 1_000;
