import { Obstacle, invariant } from '../../model/errors.ts';
import { JournalCorrupt, JournalFenced } from '../../ports/journal-errors.ts';
import type { Journal, JournalBatch, JournalText, NewJournalBatch } from '../../ports/journal.ts';
import { StorageClosed } from '../embedded/storage-errors.ts';
import type { JournalPlaces } from './journal-places.ts';
import type { JournalPresence } from './journal-presence.ts';
import { readJournal, type ReadBatch } from './read-journal.ts';
import { checksumOf, isInPlace, parseRecord, toHeaders, type JournalRecord } from './journal-record.ts';
import type { NatsConnection } from './nats-connection.ts';
import { isWrongLastSequence } from './nats-errors.ts';
import { publishAgain } from './publish-again.ts';

export interface NatsJournalParts {
  readonly connection: NatsConnection;
  readonly context: string;
  readonly stream: string;
  readonly subject: string;
  readonly epoch: string;
  /** What the log holds. */
  readonly places: JournalPlaces;
  readonly presence: JournalPresence;
}

/** One message per batch, written after the message that the writer knows as the last one and after no other. */
export class NatsJournal implements Journal {
  readonly epoch: string;
  readonly #parts: NatsJournalParts;
  /** One append at a time: a batch must name the one before it. */
  #last: Promise<unknown> = Promise.resolve();
  /** Why this writer may write no more. */
  #end: Obstacle | undefined;

  constructor(parts: NatsJournalParts) {
    this.epoch = parts.epoch;
    this.#parts = parts;
  }

  get batchBytesMax(): number {
    return this.#parts.connection.batchBytesMax;
  }

  head(): number {
    return this.#parts.places.head;
  }

  async append(batch: NewJournalBatch, expectedPrev: number): Promise<number> {
    if (this.#end) throw this.#end;
    const body = Buffer.from(batch.eventsText ?? JSON.stringify(batch.events));
    this.#assertFits(body.length);
    const appended = this.#last.then(() => this.#append(batch, body, expectedPrev));
    this.#last = appended.catch(() => undefined);
    return appended;
  }

  async *read(fromSeq: number, toSeq: number = this.head()): AsyncIterable<JournalBatch> {
    for await (const { record, text } of this.#batches(fromSeq, toSeq)) {
      const { seq, batchId, recordedAtMs } = record;
      yield { seq, batchId, recordedAtMs, events: JSON.parse(text) as unknown[] };
    }
  }

  async *readTexts(fromSeq: number, toSeq: number): AsyncIterable<JournalText> {
    for await (const { record, text } of this.#batches(fromSeq, toSeq)) {
      yield { seq: record.seq, recordedAtMs: record.recordedAtMs, eventsText: text };
    }
  }

  seqAt(atMs: number): Promise<number> {
    return this.#parts.places.seqAt(atMs);
  }

  assertReaches(seq: number, reader: string): void {
    const head = this.head();
    if (seq <= head) return;
    const { context } = this.#parts;
    const details = { context, head, reader, seq };
    throw new JournalCorrupt(`${this.#name()} ends at ${head}, but ${reader} has seen ${seq}.`, details);
  }

  async close(): Promise<void> {
    this.#end ??= new StorageClosed(this.#name());
    await this.#last;
    this.#parts.presence.end();
  }

  #batches(fromSeq: number, toSeq: number): AsyncIterable<ReadBatch> {
    const { connection, stream, places } = this.#parts;
    return readJournal({ connection, stream, places, fromSeq, toSeq: Math.min(toSeq, this.head()) });
  }

  async #append(batch: NewJournalBatch, body: Uint8Array, expectedPrev: number): Promise<number> {
    const { places } = this.#parts;
    if (this.#end) throw this.#end;
    if (expectedPrev !== places.head) throw new JournalFenced(expectedPrev, places.head);
    const { batchId, recordedAtMs } = batch;
    const fields = { seq: expectedPrev + 1, batchId, recordedAtMs };
    const checksum = checksumOf(fields, body, places.headChecksum);
    const record: JournalRecord = { ...fields, expectedLast: places.lastPlace, checksum };
    const place = await this.#publish(record, body);
    invariant(place > record.expectedLast, `${this.#name()} already holds batch ${batchId}.`);
    if (!isInPlace(place, record.expectedLast)) throw this.#fence(record);
    places.addBatch(checksum);
    return fields.seq;
  }

  /** @returns where the message stands */
  async #publish(record: JournalRecord, body: Uint8Array): Promise<number> {
    const { connection } = this.#parts;
    try {
      return await publishAgain(connection, this.#name(), (before) => this.#publishOnce(record, body, before));
    } catch (error) {
      // Whether it is in the log is unknown, so nothing may be written after it before the log was read again.
      if (!(error instanceof JournalFenced)) this.#end = this.#stopped(error);
      throw error;
    }
  }

  async #publishOnce(record: JournalRecord, body: Uint8Array, attemptsBefore: number): Promise<number> {
    const { connection, subject, stream } = this.#parts;
    const { expectedLast, batchId } = record;
    try {
      const acknowledged = await connection.parts.jetstream.publish(subject, body, {
        msgID: batchId,
        headers: toHeaders(record),
        expect: { streamName: stream, lastSequence: expectedLast },
        timeout: connection.parts.limits.publishMs,
        retries: 0,
      });
      return acknowledged.seq;
    } catch (error) {
      if (!isWrongLastSequence(error)) throw error;
      // The server may have forgotten the id of an attempt that came through without its acknowledgement.
      if (attemptsBefore > 0 && (await this.#isOurs(record))) return expectedLast + 1;
      throw this.#fence(record);
    }
  }

  async #isOurs({ expectedLast, batchId }: JournalRecord): Promise<boolean> {
    const { connection, stream } = this.#parts;
    const found = await connection.parts.manager.streams.getMessage(stream, { seq: expectedLast + 1 });
    return parseRecord(found?.header)?.batchId === batchId;
  }

  #fence({ seq }: JournalRecord): JournalFenced {
    this.#parts.connection.parts.telemetry.count('journal_fenced_total', { context: this.#parts.context });
    const fenced = new JournalFenced(seq - 1, seq);
    this.#end = fenced;
    return fenced;
  }

  #stopped(cause: unknown): Obstacle {
    const message = `${this.#name()} must be opened again: whether its last batch is in it is unknown.`;
    return new Obstacle('CONTEXT_UNAVAILABLE', message, { context: this.#parts.context }, { cause });
  }

  #assertFits(bytes: number): void {
    const { batchBytesMax } = this;
    if (bytes <= batchBytesMax) return;
    const details = { limit: 'batchBytesMax', batchBytesMax, bytes };
    throw new Obstacle(
      'OVERLOADED',
      `A batch of ${bytes} bytes is beyond what ${this.#name()} takes at once.`,
      details,
    );
  }

  #name(): string {
    return `The journal of ${this.#parts.context}`;
  }
}
