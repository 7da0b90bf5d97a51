/** Every bound of the returns context. */
export interface ReturnsLimits {
  /** Wait for an answer of another context. */
  readonly commandTimeoutMs: number;
  /** Times that a document is tried again when somebody else has saved it meanwhile. */
  readonly saveAttemptsMax: number;
  /** Rounds of one run over the tasks of a return. */
  readonly roundsMax: number;
  /** How often due tasks are looked for. */
  readonly pollMs: number;
  /** Returns whose tasks are run at a time. */
  readonly runsMax: number;
  readonly taskBackoffMinMs: number;
  readonly taskBackoffMaxMs: number;
  /** Answers of inventory that are no yes before a task counts as refused; facts may reach it later than commands. */
  readonly inventoryAnswersMax: number;
  /** Times that no sale is found before a return is blind; sales may reach orders later than their returns reach us. */
  readonly saleAnswersMax: number;
  /** After this time a claim without a return is left behind by a crash. */
  readonly orphanClaimMs: number;
  /** Wait of `atLeast` before the obstacle. */
  readonly atLeastWaitMs: number;
  /** Keys of facts handled at the same time. */
  readonly factsConcurrencyMax: number;
  /** Deliveries of a fact before it goes to the dead letters. */
  readonly factDeliveriesMax: number;
  readonly factBackoffMinMs: number;
  readonly factBackoffMaxMs: number;
  /** Parked facts that are taken up at a time when a code is registered. */
  readonly parkedPage: number;
}

export const RETURNS_LIMITS: ReturnsLimits = {
  commandTimeoutMs: 2_000,
  saveAttemptsMax: 20,
  roundsMax: 10,
  pollMs: 500,
  runsMax: 16,
  taskBackoffMinMs: 250,
  taskBackoffMaxMs: 60_000,
  inventoryAnswersMax: 10,
  saleAnswersMax: 6,
  orphanClaimMs: 600_000,
  atLeastWaitMs: 2_000,
  factsConcurrencyMax: 32,
  factDeliveriesMax: 10,
  factBackoffMinMs: 100,
  factBackoffMaxMs: 30_000,
  parkedPage: 100,
};

/** Lines of one return that people may part lines into. */
export const RETURN_LINES_MAX = 5_000;
/** Pieces of evidence of one line; the SDL states it. */
export const EVIDENCE_MAX = 20;
/** Of a note, a reason, a reference; the SDL states it. */
export const TEXT_LENGTH_MAX = 1_000;
/** Of whoever brings goods of no order; the SDL states it. */
export const CUSTOMER_LENGTH_MAX = 200;
/** Lines of one mutation; the SDL states it. */
export const LINES_MAX = 200;
