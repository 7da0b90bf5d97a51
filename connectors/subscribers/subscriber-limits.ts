import type { OutboundLimits } from '../outbound/outbound-limits.ts';

/** Every bound of the events that go to consumers outside. */
export interface SubscriberLimits {
  /** Consumers altogether. */
  readonly consumersMax: number;
  /** Events that are looked at a time. */
  readonly pageEvents: number;
  /** Events that wait for one consumer; beyond it no more are taken from the log until some are through. */
  readonly waitingMax: number;
  /** How often the log is looked at when nothing says that there is anything new. */
  readonly pollMs: number;
  /** How often consumers that another process has registered or changed are looked for. */
  readonly refreshMs: number;
  /** Longest wait for an answer of a consumer. */
  readonly deliveryTimeoutMs: number;
  /** Longest wait for the owner of a change log. */
  readonly askTimeoutMs: number;
}

export const SUBSCRIBER_LIMITS: SubscriberLimits = {
  consumersMax: 200,
  pageEvents: 200,
  waitingMax: 10_000,
  pollMs: 1_000,
  refreshMs: 5_000,
  deliveryTimeoutMs: 10_000,
  askTimeoutMs: 5_000,
};

/** What differs from other queues: a consumer may be away for a weekend, and what it refuses may be mended there. */
export const DELIVERY_LIMITS: Partial<OutboundLimits> = {
  attemptsMax: 15,
  backoffMinMs: 5_000,
  backoffMaxMs: 3_600_000,
  giveUpAfterMs: 4 * 86_400_000,
  settledKeptMs: 86_400_000,
};

/** Deliveries to a consumer at the same time. */
export const CONCURRENT_BY_PRIORITY = { URGENT: 8, NORMAL: 4, BULK: 2 } as const;
