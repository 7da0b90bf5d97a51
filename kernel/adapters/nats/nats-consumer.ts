import type { Consumer, ConsumerOptions } from '../../ports/streams.ts';
import { StorageShortened } from '../embedded/storage-errors.ts';
import { errorText } from '../embedded/error-text.ts';
import { ActiveConsumer } from './active-consumer.ts';
import type { ConsumerRecords, SavedRecord } from './consumer-records.ts';
import type { DeadLetterBox } from './dead-letter-box.ts';
import type { NatsConnection } from './nats-connection.ts';
import type { NatsLease } from './nats-lease.ts';
import type { NatsWatchers } from './nats-watchers.ts';
import { rest } from './rest.ts';
import type { StoredMessages } from './stored-messages.ts';

export interface NatsConsumerParts {
  readonly connection: NatsConnection;
  readonly options: ConsumerOptions;
  readonly messages: StoredMessages;
  readonly records: ConsumerRecords;
  readonly letters: DeadLetterBox;
  readonly lease: NatsLease;
  readonly watchers: NatsWatchers;
  /** Of the stream. */
  readonly epoch: string;
  onStop(): void;
}

/**
 * One of possibly many processes that wait to be the one that delivers: the order of a key cannot be kept by several.
 * Acknowledgements of JetStream itself would break it as well, because what was not acknowledged comes again behind newer
 * messages of its key.
 */
export class NatsConsumer implements Consumer {
  readonly #parts: NatsConsumerParts;
  readonly #key: string;
  readonly #stop = new AbortController();
  readonly #running: Promise<void>;
  #active: ActiveConsumer | undefined;

  /** The durable must be registered. */
  constructor(parts: NatsConsumerParts) {
    const { options, watchers, messages, connection } = parts;
    this.#parts = parts;
    this.#key = consumerKey(options);
    const stopWatching = watchers.add(options.stream, () => this.#active?.wake());
    const replays = connection.parts.client.subscribe(messages.names.replay, { callback: () => this.#loadReplays() });
    const stopFollowing = connection.onReconnect(() => this.#loadReplays());
    this.#running = this.#run().finally(() => {
      stopWatching();
      stopFollowing();
      replays.unsubscribe();
      parts.onStop();
    });
  }

  async lag(): Promise<number> {
    if (this.#active) return this.#active.lag();
    const { messages, options, letters } = this.#parts;
    const { record } = await this.#saved();
    const done = record.done.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    const replays = (await letters.list(options.stream, options.durable)).filter(({ state }) => state === 'replay');
    return (await messages.countAfter(record.floor, options.types)) - done + replays.length;
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { connection, options } = this.#parts;
    const { telemetry, clock, limits } = connection.parts;
    while (!this.#stop.signal.aborted) {
      try {
        await this.#lead();
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        const { stream, durable } = options;
        telemetry.log('error', 'a consumer could not deliver', { stream, durable, error: errorText(error) });
        await rest(clock, limits.lookMs, this.#stop.signal);
      }
    }
  }

  async #lead(): Promise<void> {
    const { lease } = this.#parts;
    const held = await lease.acquire(`consumer.${this.#key}`, this.#stop.signal);
    try {
      const saved = await this.#saved();
      await this.#assertReaches(saved);
      this.#active = new ActiveConsumer({ ...this.#parts, key: this.#key, saved });
      await this.#active.run(AbortSignal.any([this.#stop.signal, held.lost]));
    } finally {
      this.#active = undefined;
      await held.release();
    }
  }

  async #saved(): Promise<SavedRecord> {
    const saved = await this.#parts.records.get(this.#key);
    if (saved) return saved;
    throw new StorageShortened(`What ${this.#key} was through with is gone.`, { consumer: this.#key });
  }

  /** A place beyond the end, or of another stream of that name, would silently skip what comes next. */
  async #assertReaches({ record }: SavedRecord): Promise<void> {
    const head = await this.#parts.messages.head();
    if (record.epoch === this.#parts.epoch && record.floor <= head) return;
    const details = { consumer: this.#key, floor: record.floor, head };
    throw new StorageShortened(`The stream is not the one that ${this.#key} has read.`, details);
  }

  #loadReplays(): void {
    this.#active?.loadReplays().catch((error: unknown) => {
      const fields = { consumer: this.#key, error: errorText(error) };
      this.#parts.connection.parts.telemetry.log('warn', 'dead letters could not be read', fields);
    });
  }
}

export const consumerKey = ({ stream, durable }: Pick<ConsumerOptions, 'stream' | 'durable'>): string =>
  `${stream}.${durable}`;
