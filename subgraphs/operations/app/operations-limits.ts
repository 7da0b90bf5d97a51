import { ESCALATE_AFTER_MS, type EscalateAfterMs } from '../domain/escalate-exception.ts';

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
  /** How long an exception may stand before it matters more. */
  readonly escalateAfterMs: EscalateAfterMs;
  /** How long a closed exception is kept, and how long what people did. */
  readonly closedExceptionKeptMs: number;
  readonly auditKeptMs: number;
  /** How often what is over is removed, and how many at a time. */
  readonly sweepEveryMs: number;
  readonly sweepPage: number;
  /** How often exceptions that nobody sees to are looked for, and how many at a time. */
  readonly escalationPollMs: number;
  readonly escalationPage: number;
  /** How often it is looked for events that were given up and consumers that do not get on; letters of a stream at a time. */
  readonly deliveriesPollMs: number;
  readonly deadLettersPage: number;
  /** How long a consumer may stand where it is with something to do. */
  readonly consumerStillMs: number;
  /** How long another part of the hub may take to answer. */
  readonly askTimeoutMs: number;
  /** How long a caller waits for a system to adjust its stock; the adjustment goes on without them. */
  readonly adjustWaitMsMax: number;
  /** How long a dry run over the messages of the last days may take, and the erasure of personal data. */
  readonly dryRunTimeoutMs: number;
}

const DAY_MS = 86_400_000;

export const OPERATIONS_LIMITS: OperationsLimits = {
  saveAttemptsMax: 20,
  atLeastWaitMs: 2_000,
  eventsConcurrencyMax: 32,
  eventDeliveriesMax: 10,
  eventBackoffMinMs: 100,
  eventBackoffMaxMs: 30_000,
  fourEyesAboveMinor: 100_000,
  escalateAfterMs: ESCALATE_AFTER_MS,
  closedExceptionKeptMs: 365 * DAY_MS,
  auditKeptMs: 2_555 * DAY_MS,
  sweepEveryMs: 3_600_000,
  sweepPage: 500,
  escalationPollMs: 60_000,
  escalationPage: 200,
  deliveriesPollMs: 30_000,
  deadLettersPage: 200,
  consumerStillMs: 120_000,
  askTimeoutMs: 5_000,
  adjustWaitMsMax: 5_000,
  dryRunTimeoutMs: 60_000,
};

/** Rules of ownership altogether; the SDL states it. */
export const OWNERSHIP_RULES_MAX = 1_000;
