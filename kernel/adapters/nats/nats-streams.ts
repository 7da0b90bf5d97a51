import type { EventEnvelope } from '../../model/event-envelope.ts';
import type {
  Consumer,
  ConsumerPlace,
  ConsumerOptions,
  DeadLetter,
  PublishResult,
  StreamMessage,
  Streams,
} from '../../ports/streams.ts';
import { assertName } from '../embedded/name.ts';
import { ConsumerRecords } from './consumer-records.ts';
import { DeadLetterBox } from './dead-letter-box.ts';
import { ensureStream } from './ensure-stream.ts';
import type { NatsConnection } from './nats-connection.ts';
import { NatsConsumer, consumerKey } from './nats-consumer.ts';
import { NatsLease } from './nats-lease.ts';
import { NatsWatchers } from './nats-watchers.ts';
import { StoredMessages } from './stored-messages.ts';
import { streamNames } from './stream-names.ts';
import { BATCHES_SINCE, StreamPublisher } from './stream-publisher.ts';
import { StreamReader } from './stream-reader.ts';

interface OpenStream {
  readonly epoch: string;
  readonly publisher: StreamPublisher;
  readonly messages: StoredMessages;
}

/** One JetStream stream per stream; what consumers remember and dead letters stand in buckets beside them. */
export class NatsStreams implements Streams {
  readonly #connection: NatsConnection;
  readonly #lease: NatsLease;
  readonly #records: ConsumerRecords;
  readonly #letters: DeadLetterBox;
  readonly #watchers: NatsWatchers;
  readonly #streams = new Map<string, Promise<OpenStream>>();
  readonly #consumers = new Set<NatsConsumer>();

  constructor(connection: NatsConnection, lease: NatsLease = new NatsLease(connection)) {
    this.#connection = connection;
    this.#lease = lease;
    this.#records = new ConsumerRecords(connection);
    this.#letters = new DeadLetterBox(connection);
    this.#watchers = new NatsWatchers(connection);
  }

  async publish(stream: string, subject: string, envelope: EventEnvelope): Promise<PublishResult> {
    const [result] = await this.publishAll(stream, [{ subject, envelope }]);
    return result as PublishResult;
  }

  async publishAll(
    stream: string,
    messages: readonly { readonly subject: string; readonly envelope: EventEnvelope }[],
  ): Promise<readonly PublishResult[]> {
    // Written out at once: what the caller does to the objects afterwards is not published.
    const copies = messages.map(({ subject, envelope }) => {
      const { id, type } = envelope;
      return { subject, text: JSON.stringify(envelope), envelope: { id, type } };
    });
    const { publisher } = await this.#open(stream);
    const results = await publisher.publish(copies.map((copy) => publisher.write(copy)));
    if (results.some(({ duplicate }) => !duplicate)) this.#watchers.tell(stream);
    return results;
  }

  async consume(options: ConsumerOptions): Promise<Consumer> {
    assertName(options.durable, 'durable');
    const { messages, epoch } = await this.#open(options.stream);
    const floor = options.from === 'new' ? await messages.head() : 0;
    const wanted = options.types && { types: options.types };
    await this.#records.register(consumerKey(options), { floor, done: [], failures: [], epoch, ...wanted });
    const consumer = new NatsConsumer({
      connection: this.#connection,
      options,
      messages,
      epoch,
      records: this.#records,
      letters: this.#letters,
      lease: this.#lease,
      watchers: this.#watchers,
      onStop: () => this.#consumers.delete(consumer),
    });
    this.#consumers.add(consumer);
    return consumer;
  }

  async epoch(stream: string): Promise<string> {
    return (await this.#open(stream)).epoch;
  }

  async head(stream: string): Promise<number> {
    return (await this.#open(stream)).messages.head();
  }

  async read(stream: string, afterSeq: number, limit: number): Promise<readonly StreamMessage[]> {
    const { messages } = await this.#open(stream);
    const reader = new StreamReader(this.#connection, { stream: messages.names.stream, afterSeq });
    const read: StreamMessage[] = [];
    try {
      while (read.length < limit) {
        const page = await reader.next(limit - read.length);
        if (page.length === 0) break;
        read.push(...page.map((stored) => messages.toMessage(stored, 1)));
      }
    } finally {
      await reader.close();
    }
    return read;
  }

  watch(stream: string, listener: () => void): () => void {
    return this.#watchers.add(stream, listener);
  }

  async doneByAll(stream: string): Promise<number> {
    const { messages, epoch } = await this.#open(stream);
    const head = await messages.head();
    const letters = await this.#letters.list(stream);
    // Of too many the first one may be missing.
    if (letters.length >= this.#connection.parts.limits.deadLettersMax) return 0;
    let done = Math.min(head, ...letters.map(({ seq }) => seq - 1));
    for (const record of (await this.#records.ofStream(stream)).values()) {
      if (record.epoch !== epoch) return 0;
      if (record.floor < done && (await messages.isWanted(record))) done = record.floor;
    }
    return done;
  }

  async consumers(stream: string): Promise<readonly ConsumerPlace[]> {
    const { messages } = await this.#open(stream);
    const places: ConsumerPlace[] = [];
    for (const [durable, record] of await this.#records.ofStream(stream)) {
      places.push({ durable, floor: record.floor, isThrough: !(await messages.isWanted(record)) });
    }
    return places;
  }

  async remove(stream: string, seqs: readonly number[]): Promise<void> {
    const { messages } = await this.#open(stream);
    await messages.remove(seqs, await this.#firstToStay(stream, new Set(seqs)));
  }

  /** Of the messages at the beginning that are to go, the one behind the last; 0 when the first one stays. */
  async #firstToStay(stream: string, going: ReadonlySet<number>): Promise<number> {
    const [first] = await this.read(stream, 0, 1);
    if (!first || !going.has(first.seq)) return 0;
    const oldest = await this.read(stream, 0, going.size + 1);
    const staying = oldest.find(({ seq }) => !going.has(seq));
    return staying?.seq ?? (oldest.at(-1)?.seq ?? 0) + 1;
  }

  async deadLetters(stream: string, limit: number): Promise<readonly DeadLetter[]> {
    const { messages } = await this.#open(stream);
    const dead = (await this.#letters.list(stream)).filter(({ state }) => state === 'dead');
    const oldest = dead.sort((a, b) => a.diedAtMs - b.diedAtMs || a.seq - b.seq).slice(0, limit);
    return Promise.all(
      oldest.map(async ({ durable, seq, deliveries, error, diedAtMs }) => {
        const message = (await messages.get(seq, deliveries)) as StreamMessage;
        return { stream, durable, message, error, diedAtMs };
      }),
    );
  }

  async replayDeadLetter(stream: string, durable: string, seq: number): Promise<void> {
    await this.#letters.replay({ stream, durable, seq });
    this.#connection.parts.client.publish(streamNames(this.#connection, stream).replay);
  }

  discardDeadLetter(stream: string, durable: string, seq: number): Promise<void> {
    return this.#letters.discard({ stream, durable, seq });
  }

  /** Stops the consumers; the connection stays open. */
  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    this.#watchers.close();
  }

  #open(stream: string): Promise<OpenStream> {
    const known = this.#streams.get(stream);
    if (known) return known;
    const opened = this.#openStream(stream);
    this.#streams.set(stream, opened);
    opened.catch(() => this.#streams.delete(stream));
    return opened;
  }

  async #openStream(stream: string): Promise<OpenStream> {
    const connection = this.#connection;
    const names = streamNames(connection, stream);
    const wish = {
      name: names.stream,
      subject: names.all,
      allowsBatches: connection.serverIsAtLeast(BATCHES_SINCE),
      isLog: false,
    };
    const { epoch, info } = await ensureStream(connection, wish);
    const allowsBatches = info.config.allow_atomic === true;
    if (!allowsBatches) {
      const { telemetry } = connection.parts;
      telemetry.log('warn', 'several messages are published one by one: a failure may leave the first ones', {
        stream,
      });
    }
    const publisher = new StreamPublisher(connection, names, allowsBatches);
    return { epoch, publisher, messages: new StoredMessages(connection, names) };
  }
}
