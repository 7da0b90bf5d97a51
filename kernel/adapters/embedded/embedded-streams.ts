import type { EventEnvelope } from '../../model/event-envelope.ts';
import { Refusal, invariant } from '../../model/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OutboxEvent } from '../../ports/documents.ts';
import type { Ids } from '../../ports/ids.ts';
import type {
  Consumer,
  ConsumerPlace,
  ConsumerOptions,
  DeadLetter,
  PublishResult,
  StreamMessage,
  Streams,
} from '../../ports/streams.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import { ConsumerTable } from './consumer-table.ts';
import { DurableConsumer } from './durable-consumer.ts';
import type { EmbeddedLimits } from './embedded-limits.ts';
import type { GroupCommit } from './group-commit.ts';
import { assertName } from './name.ts';
import { StorageInUse } from './storage-errors.ts';
import type { TypedPlace } from './recent-places.ts';
import { StreamTable, ensureStream, type NewMessage } from './stream-table.ts';
import { StreamWatchers } from './stream-watchers.ts';

export interface EmbeddedStreamsOptions {
  readonly commits: GroupCommit;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly telemetry: Telemetry;
  readonly limits: EmbeddedLimits;
}

/** Messages that somebody writes together with something else. */
export interface Publication {
  /** Must run inside a commit. */
  write(): readonly PublishResult[];
  /** Shows them to whoever reads. To be called when the commit is durable. */
  tell(): void;
}

/** Streams as tables of the database; publishing wakes the consumers of this process. */
export class EmbeddedStreams implements Streams {
  readonly #options: EmbeddedStreamsOptions;
  readonly #consumerTable: ConsumerTable;
  readonly #tables = new Map<string, Promise<StreamTable>>();
  /** Those of them whose tables are made. */
  readonly #opened = new Map<string, StreamTable>();
  readonly #consumers = new Map<string, DurableConsumer>();
  readonly #watchers: StreamWatchers;

  constructor(options: EmbeddedStreamsOptions) {
    this.#options = options;
    this.#watchers = new StreamWatchers(options.telemetry);
    this.#consumerTable = new ConsumerTable(options.commits.database);
  }

  async publish(stream: string, subject: string, envelope: EventEnvelope): Promise<PublishResult> {
    const [result] = await this.publishAll(stream, [{ subject, envelope }]);
    return result as PublishResult;
  }

  async publishAll(stream: string, messages: readonly NewMessage[]): Promise<readonly PublishResult[]> {
    const { commits, limits } = this.#options;
    invariant(messages.length <= limits.publishMessagesMax, 'Too many messages for one publication.', {
      limit: 'publishMessagesMax',
    });
    const publication = this.publicationOf(messages.map((message) => ({ ...message, stream })));
    await this.#table(stream);
    const results = await commits.write(() => publication.write());
    publication.tell();
    return results;
  }

  /** Makes messages ready for the next commit of the caller; what becomes of the objects afterwards makes no difference. */
  publicationOf(messages: readonly OutboxEvent[]): Publication {
    const entries = messages.map((message) => ({ ...message, text: JSON.stringify(message.envelope) }));
    // A table that is made for it stands before it in the queue of commits; one that cannot be made fails it.
    for (const stream of new Set(messages.map((message) => message.stream))) {
      this.#table(stream).catch(() => undefined);
    }
    const written = new Map<string, TypedPlace[]>();
    return {
      write: () =>
        entries.map(({ stream, subject, envelope, text }) => {
          const result = this.#openedTable(stream).insert({ subject, envelope }, text);
          if (result.duplicate) return result;
          const place = { seq: result.seq, key: envelope.key, type: envelope.type };
          const places = written.get(stream);
          if (places) places.push(place);
          else written.set(stream, [place]);
          return result;
        }),
      tell: () => {
        for (const [stream, places] of written) this.#tell(stream, places);
      },
    };
  }

  watch(stream: string, listener: () => void): () => void {
    return this.#watchers.add(stream, listener);
  }

  async consume(options: ConsumerOptions): Promise<Consumer> {
    assertName(options.durable, 'durable');
    const { stream, durable } = options;
    const messages = await this.#table(stream);
    const name = consumerKey(stream, durable);
    const floor = options.from === 'new' ? messages.head() : 0;
    await this.#options.commits.write(() => this.#consumerTable.register(options, floor));
    if (this.#consumers.has(name)) throw new StorageInUse(`The durable consumer ${durable} of ${stream}`);
    const consumer = new DurableConsumer({
      ...this.#options,
      options,
      messages,
      consumers: this.#consumerTable,
      onStop: () => this.#consumers.delete(name),
    });
    this.#consumers.set(name, consumer);
    return consumer;
  }

  async epoch(stream: string): Promise<string> {
    return (await this.#table(stream)).epoch;
  }

  async head(stream: string): Promise<number> {
    return (await this.#table(stream)).head();
  }

  async read(stream: string, afterSeq: number, limit: number): Promise<readonly StreamMessage[]> {
    return (await this.#table(stream)).read(afterSeq, limit);
  }

  async deadLetters(stream: string, limit: number): Promise<readonly DeadLetter[]> {
    const table = await this.#table(stream);
    return this.#consumerTable.deadLetters(stream, limit).map((row) => ({
      stream: row.stream,
      durable: row.durable,
      message: table.get(row.seq, row.deliveries) as StreamMessage,
      error: row.error,
      diedAtMs: row.died_at_ms,
    }));
  }

  async replayDeadLetter(stream: string, durable: string, seq: number): Promise<void> {
    await this.#takeDeadLetter(stream, durable, seq, () => this.#consumerTable.addReplay({ stream, durable }, seq));
    this.#consumers.get(consumerKey(stream, durable))?.replay(seq);
  }

  async discardDeadLetter(stream: string, durable: string, seq: number): Promise<void> {
    await this.#takeDeadLetter(stream, durable, seq, () => undefined);
  }

  /** A consumer of some types alone is through with everything when none of its own is left. */
  async doneByAll(stream: string): Promise<number> {
    const table = await this.#table(stream);
    const head = table.head();
    const needed = this.#consumerTable.firstNeeded(stream);
    let done = needed === undefined ? head : needed - 1;
    for (const { floor, isThrough } of await this.consumers(stream)) done = Math.min(done, isThrough ? head : floor);
    return done;
  }

  /** One that nobody consumes for is through only when it has come to the end. */
  async consumers(stream: string): Promise<readonly ConsumerPlace[]> {
    const head = (await this.#table(stream)).head();
    return Promise.all(
      this.#consumerTable.durables(stream).map(async ({ durable, floor }) => {
        const running = this.#consumers.get(consumerKey(stream, durable));
        return { durable, floor, isThrough: running ? (await running.lag()) === 0 : floor >= head };
      }),
    );
  }

  async remove(stream: string, seqs: readonly number[]): Promise<void> {
    const table = await this.#table(stream);
    await this.#options.commits.write(() => table.remove(seqs));
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers.values()].map((consumer) => consumer.stop()));
  }

  async #takeDeadLetter(stream: string, durable: string, seq: number, also: () => void): Promise<void> {
    await this.#options.commits.write(() => {
      if (!this.#consumerTable.removeDeadLetter({ stream, durable }, seq)) {
        throw new Refusal('BAD_USER_INPUT', `${durable} has no dead letter ${seq} of ${stream}.`, {
          stream,
          durable,
          seq,
        });
      }
      also();
    });
  }

  #table(stream: string): Promise<StreamTable> {
    const known = this.#tables.get(stream);
    if (known) return known;
    const opened = this.#openTable(stream);
    this.#tables.set(stream, opened);
    opened.catch(() => this.#tables.delete(stream));
    return opened;
  }

  async #openTable(stream: string): Promise<StreamTable> {
    assertName(stream, 'stream');
    const { commits, ids } = this.#options;
    return commits.write(() => {
      const epoch = ensureStream(commits.database, stream, ids.epoch());
      const table = new StreamTable(commits.database, stream, epoch);
      this.#opened.set(stream, table);
      return table;
    });
  }

  #openedTable(stream: string): StreamTable {
    const table = this.#opened.get(stream);
    invariant(table, 'The tables of a stream are made before anything is published on it.', { stream });
    return table;
  }

  #tell(stream: string, places: readonly TypedPlace[]): void {
    this.#openedTable(stream).settle(places);
    for (const consumer of this.#consumers.values()) if (consumer.stream === stream) consumer.wake();
    this.#watchers.tell(stream);
  }
}

const consumerKey = (stream: string, durable: string): string => `${stream}/${durable}`;
