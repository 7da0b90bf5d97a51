import { Kvm } from '@nats-io/kv';
import { ConsumerRecords, type ConsumerRecord } from './consumer-records.ts';
import { DeadLetterBox, type LetterRecord } from './dead-letter-box.ts';
import { fillStream, type FilledStream } from './fill-stream.ts';
import type { LogEntry } from './log-entry.ts';
import type { NatsConnection } from './nats-connection.ts';
import { consumerKey } from './nats-consumer.ts';
import { rest } from './rest.ts';
import { messageSubject, streamNames } from './stream-names.ts';
import { BATCHES_SINCE } from './stream-publisher.ts';

/** One log of the embedded store, as it is read from there. */
export interface ImportedLog<Entry> {
  readonly name: string;
  readonly epoch: string;
  readonly head: number;
  after(seq: number): Iterable<Entry>;
}

export interface ImportedBatch {
  readonly seq: number;
  readonly batchId: string;
  readonly recordedAtMs: number;
  readonly events: string;
  /** CRC-32 over this batch, started with that of the one before. */
  readonly checksum: number;
}

export interface ImportedMessage {
  readonly seq: number;
  readonly id: string;
  readonly subject: string;
  readonly type: string;
  readonly envelope: string;
}

/** Puts logs that were written elsewhere onto the servers, at the same places and under the same epochs. */
export class NatsImport {
  readonly #connection: NatsConnection;
  readonly #records: ConsumerRecords;
  readonly #letters: DeadLetterBox;

  constructor(connection: NatsConnection) {
    this.#connection = connection;
    this.#records = new ConsumerRecords(connection);
    this.#letters = new DeadLetterBox(connection);
  }

  /** The leases that somebody holds: who leads or delivers, when processes of a hub are running over these servers. */
  async heldLeases(): Promise<readonly string[]> {
    const { client, clock, limits } = this.#connection.parts;
    // Those of a process that was killed expire meanwhile.
    await rest(clock, limits.leaseTtlMs);
    const bucket = await new Kvm(client).open(this.#connection.named('stockwire-leases')).catch(() => undefined);
    const held: string[] = [];
    for await (const name of (await bucket?.keys().catch(() => undefined)) ?? []) held.push(name);
    return held;
  }

  /** @throws {StreamDiffers} when the servers hold another journal of this context */
  journal(log: ImportedLog<ImportedBatch>): Promise<FilledStream> {
    const name = this.#connection.named(`stockwire-journal-${log.name}`);
    const subject = this.#connection.named(`stockwire-journal.${log.name}`);
    const wish = { name, subject, allowsBatches: false, isLog: true, epoch: log.epoch };
    return fillStream(this.#connection, wish, { ...log, after: (seq) => mapped(log.after(seq), toEntry(subject)) });
  }

  /** @throws {StreamDiffers} when the servers hold another stream of this name */
  stream(log: ImportedLog<ImportedMessage>): Promise<FilledStream> {
    const names = streamNames(this.#connection, log.name);
    const allowsBatches = this.#connection.serverIsAtLeast(BATCHES_SINCE);
    const wish = { name: names.stream, subject: names.all, allowsBatches, isLog: false, epoch: log.epoch };
    const toMessage = ({ seq, id, subject, type, envelope }: ImportedMessage): LogEntry => {
      return { seq, id, subject: messageSubject(names, type, subject), body: Buffer.from(envelope) };
    };
    return fillStream(this.#connection, wish, { ...log, after: (seq) => mapped(log.after(seq), toMessage) });
  }

  /** What a durable consumer was through with. */
  async consumer(name: { readonly stream: string; readonly durable: string }, record: ConsumerRecord): Promise<void> {
    await this.#records.put(consumerKey(name), record);
  }

  /** Those of an earlier copy, which somebody may have dealt with since. */
  async forgetDeadLetters(stream: string): Promise<void> {
    for (const letter of await this.#letters.list(stream)) await this.#letters.forget(letter);
  }

  async deadLetter(letter: LetterRecord): Promise<void> {
    await this.#letters.put(letter);
  }
}

const toEntry =
  (subject: string) =>
  ({ seq, batchId, recordedAtMs, events, checksum }: ImportedBatch): LogEntry => {
    const record = { seq, expectedLast: seq - 1, batchId, recordedAtMs, checksum };
    return { seq, id: batchId, subject, body: Buffer.from(events), record };
  };

function* mapped<From>(entries: Iterable<From>, map: (entry: From) => LogEntry): Generator<LogEntry> {
  for (const entry of entries) yield map(entry);
}
