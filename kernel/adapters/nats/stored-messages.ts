import { DeliverPolicy, AckPolicy, type JsMsg, type StoredMsg } from '@nats-io/jetstream';
import type { EventEnvelope } from '../../model/event-envelope.ts';
import type { StreamMessage } from '../../ports/streams.ts';
import type { ConsumerRecord } from './consumer-records.ts';
import type { NatsConnection } from './nats-connection.ts';
import { toNatsError } from './nats-errors.ts';
import { publishedSubject, subjectOfType, type StreamNames } from './stream-names.ts';

/** Looks into one stream. Every method asks the servers. @throws {StorageFailed} when they do not answer */
export class StoredMessages {
  readonly names: StreamNames;
  readonly #connection: NatsConnection;

  constructor(connection: NatsConnection, names: StreamNames) {
    this.#connection = connection;
    this.names = names;
  }

  async head(): Promise<number> {
    const info = await this.#ask(() => this.#connection.parts.manager.streams.info(this.names.stream));
    return info.state.last_seq;
  }

  async get(seq: number, delivery: number): Promise<StreamMessage | undefined> {
    const { streams } = this.#connection.parts.manager;
    const found = await this.#ask(() => streams.getMessage(this.names.stream, { seq }));
    return found ? this.toMessage(found, delivery) : undefined;
  }

  /** How many messages come after `afterSeq`, of the given types only. */
  async countAfter(afterSeq: number, types: readonly string[] | undefined): Promise<number> {
    const filters = types?.map((type) => subjectOfType(this.names, type)) ?? [this.names.all];
    const counts = await Promise.all(filters.map((filter) => this.#ask(() => this.#count(afterSeq, filter))));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  /** Whether there is anything that a durable wants and is not through with. */
  async isWanted({ floor, done, types }: Pick<ConsumerRecord, 'floor' | 'done' | 'types'>): Promise<boolean> {
    const through = done.reduce((sum, [first, last]) => sum + last - first + 1, 0);
    return (await this.countAfter(floor, types)) > through;
  }

  /** @param before all messages before it are among `seqs`, and go at once; the others go one by one */
  async remove(seqs: readonly number[], before: number): Promise<void> {
    const { streams } = this.#connection.parts.manager;
    const { stream } = this.names;
    if (before > 0) await this.#ask(() => streams.purge(stream, { seq: before }));
    for (const seq of seqs) {
      if (seq < before) continue;
      await this.#ask(() => streams.deleteMessage(stream, seq, false)).catch(async (error: unknown) => {
        // What is gone already is refused as well.
        if (await this.get(seq, 1)) throw error;
      });
    }
  }

  toMessage(stored: JsMsg | StoredMsg, delivery: number): StreamMessage {
    return {
      seq: stored.seq,
      subject: publishedSubject(this.names, stored.subject),
      envelope: JSON.parse(Buffer.from(stored.data).toString()) as EventEnvelope,
      delivery,
    };
  }

  /** A consumer that never reads: the server counts what it would get. One type at a time, which every server can. */
  async #count(afterSeq: number, filter: string): Promise<number> {
    const { consumers } = this.#connection.parts.manager;
    const info = await consumers.add(this.names.stream, {
      ack_policy: AckPolicy.None,
      deliver_policy: DeliverPolicy.StartSequence,
      opt_start_seq: afterSeq + 1,
      filter_subject: filter,
      inactive_threshold: this.#connection.parts.limits.readerIdleMs * 1_000_000,
      mem_storage: true,
      num_replicas: 1,
    });
    await consumers.delete(this.names.stream, info.name);
    return info.num_pending;
  }

  async #ask<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      this.#connection.assertConnected();
      return await ask();
    } catch (error) {
      throw toNatsError(error, `The stream ${this.names.stream}`);
    }
  }
}
