import { AckPolicy, DeliverPolicy, type Consumer, type ConsumerConfig, type JsMsg } from '@nats-io/jetstream';
import { StorageFailed } from '../embedded/storage-errors.ts';
import { backoffMs } from '../embedded/backoff.ts';
import type { NatsConnection } from './nats-connection.ts';
import { rest } from './rest.ts';

export interface StreamReaderOptions {
  /** As the servers know it. */
  readonly stream: string;
  /** Begins with the message after this one. */
  readonly afterSeq: number;
  /** Absent: all. More than one needs a server of 2.10. */
  readonly subjects?: readonly string[];
}

/** Messages in the first page, when it is unknown how long they are. */
const FITTING_FIRST = 64;

interface OpenReader {
  readonly consumer: Consumer;
  /** Deliveries so far; a jump is a loss on the way. */
  delivered: number;
  /** How many messages the server had when it was asked last. */
  pending: number;
}

/**
 * Reads a stream forward, a page at a time. Behind it stands a consumer that the servers forget when they restart, so it
 * trusts none: whatever goes wrong, it makes a new one after the last message that it has given out. (The driver's own
 * ordered consumer may say nothing for 45 s after a restart, because it waits for messages that nobody sends any more.)
 */
export class StreamReader {
  readonly #connection: NatsConnection;
  readonly #options: StreamReaderOptions;
  #afterSeq: number;
  #open: OpenReader | undefined;
  #fitting = FITTING_FIRST;

  constructor(connection: NatsConnection, options: StreamReaderOptions) {
    this.#connection = connection;
    this.#options = options;
    this.#afterSeq = options.afterSeq;
  }

  /**
   * At most `max` messages, fewer when they are long; none when there is nothing more now.
   * @throws {StorageFailed} when the servers cannot be read
   */
  async next(max: number): Promise<readonly JsMsg[]> {
    const { limits, clock } = this.#connection.parts;
    let failure: unknown;
    for (let attempt = 1; attempt <= limits.readAttemptsMax; attempt++) {
      try {
        const page = await this.#read(max);
        if (page) return page;
      } catch (error) {
        failure = error;
      }
      this.#forget();
      await rest(clock, backoffMs(attempt, this.#options.stream, { minMs: 50, maxMs: 1_000 }));
    }
    throw new StorageFailed(`The stream ${this.#options.stream}`, { cause: failure });
  }

  /** The servers may forget it. */
  async close(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    // Without an answer they forget it by themselves.
    if (this.#connection.isConnected) await open?.consumer.delete().catch(() => undefined);
  }

  /** @returns nothing when the server did not send what it says it has */
  async #read(max: number): Promise<readonly JsMsg[] | undefined> {
    this.#connection.assertConnected();
    const open = (this.#open ??= await this.#begin());
    if (open.pending === 0) open.pending = (await open.consumer.info()).num_pending;
    if (open.pending === 0) return [];
    const page = await this.#fetch(open, max);
    if (page.length === 0) return undefined;
    this.#fitting = this.#fittingAfter(page);
    return page;
  }

  /**
   * What came before a failure is given out, because the next page begins after it.
   * @throws what the driver says, when nothing came
   */
  async #fetch(open: OpenReader, max: number): Promise<readonly JsMsg[]> {
    const page: JsMsg[] = [];
    try {
      const messages = await open.consumer.fetch({
        max_messages: Math.min(max, open.pending, this.#fitting),
        expires: this.#connection.parts.limits.pageMs,
      });
      for await (const message of messages) {
        if (message.info.deliverySequence !== open.delivered + 1) {
          this.#forget();
          break;
        }
        open.delivered++;
        open.pending = message.info.pending;
        this.#afterSeq = message.seq;
        page.push(message);
      }
    } catch (error) {
      if (page.length === 0) throw error;
      this.#forget();
    }
    return page;
  }

  /** How many like these fit into a page; at most twice as many as came now, because the next ones may be longer. */
  #fittingAfter(page: readonly JsMsg[]): number {
    const bytes = page.reduce((sum, message) => sum + message.data.length, 0);
    const { pageBytes } = this.#connection.parts.limits;
    const fitting = Math.floor((pageBytes * page.length) / Math.max(1, bytes));
    return Math.max(1, Math.min(fitting, Math.max(page.length, FITTING_FIRST) * 2));
  }

  async #begin(): Promise<OpenReader> {
    const { manager, jetstream, limits } = this.#connection.parts;
    const { stream, subjects = [] } = this.#options;
    const config: Partial<ConsumerConfig> = {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: this.#afterSeq + 1,
      inactive_threshold: limits.readerIdleMs * 1_000_000,
      mem_storage: true,
      num_replicas: 1,
      ...(subjects.length === 1 && { filter_subject: subjects[0] as string }),
      ...(subjects.length > 1 && { filter_subjects: [...subjects] }),
    };
    const info = await manager.consumers.add(stream, config);
    return { consumer: jetstream.consumers.getConsumerFromInfo(info), delivered: 0, pending: info.num_pending };
  }

  /** The next page begins anew after what was given out. */
  #forget(): void {
    this.#open = undefined;
  }
}
