import type { EventEnvelope } from '../model/event-envelope.ts';

export interface StreamMessage {
  /** Position in the stream; increasing, holes allowed. */
  readonly seq: number;
  readonly subject: string;
  readonly envelope: EventEnvelope;
  /** 1 for the first delivery to this consumer. */
  readonly delivery: number;
}

export interface PublishResult {
  readonly seq: number;
  /** True when a message with this envelope id was already in the stream; `seq` is then the first one's. */
  readonly duplicate: boolean;
}

export interface ConsumerOptions {
  /** The durable name; progress belongs to it and survives restarts. Lower kebab case. */
  readonly durable: string;
  readonly stream: string;
  /** Event types to deliver; absent delivers all. */
  readonly types?: readonly string[];
  /** Where a durable that is seen for the first time begins. */
  readonly from: 'first' | 'new';
  /** Keys handled at the same time; messages of one key never are. */
  readonly concurrencyMax: number;
  /** Deliveries before the message goes to the dead letters. */
  readonly deliveriesMax: number;
  /** Wait before the second delivery; doubles each time up to `backoffMaxMs`, with jitter. */
  readonly backoffMinMs: number;
  readonly backoffMaxMs: number;
  /** Resolving acknowledges; throwing asks for another delivery. Must be idempotent. */
  handle(message: StreamMessage): Promise<void>;
}

export interface Consumer {
  /** Messages of its types that are not acknowledged yet, dead letters excluded. */
  lag(): Promise<number>;
  /** Stops delivery and waits for handlers in flight. What was not acknowledged comes again. */
  stop(): Promise<void>;
}

/** Where a durable stands. */
export interface ConsumerPlace {
  readonly durable: string;
  /** Everything up to here is done, or was not wanted. */
  readonly floor: number;
  /** Nothing that it wants is left; dead letters are not. */
  readonly isThrough: boolean;
}

export interface DeadLetter {
  readonly stream: string;
  readonly durable: string;
  readonly message: StreamMessage;
  readonly error: string;
  readonly diedAtMs: number;
}

/**
 * Durable messages between contexts.
 *
 * Guarantees:
 * - `publish` resolves only when the message is durable;
 * - a message id enters a stream once;
 * - each durable consumer gets each message at least once, also after SIGKILL;
 * - messages of one key are delivered in order and never at the same time;
 * - a message that keeps failing blocks only later messages of its own key, and after `deliveriesMax` becomes a dead
 *   letter, which lets its key go on;
 * - a message that a later version of the code wrote (`LOG_OF_LATER_VERSION`) never becomes a dead letter: it waits, and
 *   later messages of its key with it, until a process that knows its version delivers it;
 * - dead letters are kept until they are replayed or discarded by name;
 * - a watcher is told after every message, or once for several.
 */
export interface Streams {
  publish(stream: string, subject: string, envelope: EventEnvelope): Promise<PublishResult>;
  /** All or nothing, in the given order, one commit. */
  publishAll(
    stream: string,
    messages: readonly { readonly subject: string; readonly envelope: EventEnvelope }[],
  ): Promise<readonly PublishResult[]>;
  consume(options: ConsumerOptions): Promise<Consumer>;
  /** The id made with the stream; new when it is re-created. */
  epoch(stream: string): Promise<string>;
  /** The sequence of the last message, 0 when there is none. */
  head(stream: string): Promise<number>;
  /** At most `limit` retained messages after `afterSeq`, in order. */
  read(stream: string, afterSeq: number, limit: number): Promise<readonly StreamMessage[]>;
  /**
   * Calls `listener` some time after messages were added. A hint: it may come late, once for many messages, or without
   * a message; after a lost connection it comes once. Never in the publisher's turn. @returns stops it
   */
  watch(stream: string, listener: () => void): () => void;
  /**
   * Up to where every durable that was ever seen is through with what it wants; dead letters, and what is to be delivered
   * again, come after it. The head when there is no durable.
   */
  doneByAll(stream: string): Promise<number>;
  /** Every durable that was ever seen at the stream, wherever it is consumed. */
  consumers(stream: string): Promise<readonly ConsumerPlace[]>;
  /** Removes messages for good. Their sequences are not given again; those that are gone change nothing. */
  remove(stream: string, seqs: readonly number[]): Promise<void>;
  deadLetters(stream: string, limit: number): Promise<readonly DeadLetter[]>;
  /**
   * Delivers a dead letter again, as a first delivery.
   * @throws {Refusal} BAD_USER_INPUT when there is none
   */
  replayDeadLetter(stream: string, durable: string, seq: number): Promise<void>;
  /**
   * Gives a dead letter up for good.
   * @throws {Refusal} BAD_USER_INPUT when there is none
   */
  discardDeadLetter(stream: string, durable: string, seq: number): Promise<void>;
}
