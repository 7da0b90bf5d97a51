import type { Milestone } from '../../schema/commands/outbound-messages.ts';

/** A message to one customer, written out. It bears no address. */
export interface CustomerMessage {
  /** The same key never reaches the customer twice. */
  readonly idempotencyKey: string;
  /** The customer as the channel knows them; the system that sends the message knows how they are reached. */
  readonly customer: string;
  readonly channel: string;
  /** The number of the order, as the customer knows it. */
  readonly order: string;
  readonly milestone: Milestone;
  /** BCP 47; that of the texts. */
  readonly language: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
}

export interface SentMessage {
  /** The system's id of it. */
  readonly message: string;
  /** SUPPRESSED: the customer does not want such messages, and none was sent. */
  readonly status: 'ACCEPTED' | 'SUPPRESSED';
}

/**
 * What the hub needs of a system that sends messages to customers. Every call is bounded by a timeout and retried within
 * bounds inside; what remains is an Obstacle (UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE) or a Refusal (UPSTREAM_REJECTED).
 */
export interface Messenger {
  /** The name of this system as a source, such as `messages-main`. */
  readonly system: string;
  /** What it has words for. */
  readonly milestones: readonly Milestone[];
  /** Idempotent by key, as long as the system remembers its keys. */
  send(message: CustomerMessage): Promise<SentMessage>;
  /** The message that was accepted under a key, however long ago; undefined when none was. */
  find(idempotencyKey: string): Promise<SentMessage | undefined>;
}
