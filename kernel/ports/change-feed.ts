/** The current value of one key after a change; what a subscription filters on and shows. */
export interface ChangeRecord {
  /** Published event, such as `availability-changed`; registered in `schema/events`. */
  readonly event: string;
  /** The values of the event's key fields, joined by `|`. */
  readonly key: string;
  /** The sequence of the key's last change; never goes back. */
  readonly version: number;
  /** True when the key is gone; `value` then holds its key fields only. */
  readonly deleted?: boolean;
  readonly value: Readonly<Record<string, unknown>>;
  /** Filterable fields whose former values this key has left, so that a subscriber to them hears of it once. */
  readonly left?: Readonly<Record<string, readonly string[]>>;
}

export interface ChangeMessage {
  readonly context: string;
  readonly epoch: string;
  readonly seq: number;
  /** The `seq` of the message published before this one; another value than the last one seen is a loss. */
  readonly prevSeq: number;
  /** Empty in a heartbeat, whose `seq` is the head. */
  readonly records: readonly ChangeRecord[];
  /** When the last of the records was made durable, epoch milliseconds of its owner's clock; for measurements alone. */
  readonly committedAtMs?: number;
}

/**
 * Ephemeral fan-out of committed changes to the processes that listen now.
 *
 * Guarantees: messages of one context arrive in the order of publication; one may be lost, and then the next one's
 * `prevSeq` shows it; nothing is published before it is durable at its owner.
 */
export interface ChangeFeed {
  publish(message: ChangeMessage): void;
  subscribe(context: string, listener: (message: ChangeMessage) => void): () => void;
}
