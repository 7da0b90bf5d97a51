/** Every bound of the operations context. */
export interface OperationsLimits {
  /** Times that a document is tried again when somebody else has saved it meanwhile. */
  readonly saveAttemptsMax: number;
  /** Wait of `atLeast` before the obstacle. */
  readonly atLeastWaitMs: number;
  /** Keys of events handled at the same time. */
  readonly eventsConcurrencyMax: number;
  /** Deliveries of an event before it goes to the dead letters. */
  readonly eventDeliveriesMax: number;
  readonly eventBackoffMinMs: number;
  readonly eventBackoffMaxMs: number;
  /** Value at risk, in minor units of the SKU's currency, above which another person has to agree to an action. */
  readonly fourEyesAboveMinor: number;
  /** How often exceptions that nobody sees to are looked for, and how many at a time. */
  readonly escalationPollMs: number;
  readonly escalationPage: number;
  /** How long another part of the hub may take to answer. */
  readonly askTimeoutMs: number;
  /** How long a dry run over the messages of the last days may take. */
  readonly dryRunTimeoutMs: number;
}

export const OPERATIONS_LIMITS: OperationsLimits = {
  saveAttemptsMax: 20,
  atLeastWaitMs: 2_000,
  eventsConcurrencyMax: 32,
  eventDeliveriesMax: 10,
  eventBackoffMinMs: 100,
  eventBackoffMaxMs: 30_000,
  fourEyesAboveMinor: 100_000,
  escalationPollMs: 60_000,
  escalationPage: 200,
  askTimeoutMs: 5_000,
  dryRunTimeoutMs: 60_000,
};

/** Rules of ownership altogether; the SDL states it. */
export const OWNERSHIP_RULES_MAX = 1_000;
