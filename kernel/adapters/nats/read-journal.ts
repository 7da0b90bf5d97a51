import type { JsMsg } from '@nats-io/jetstream';
import { JournalCorrupt } from '../../ports/journal-errors.ts';
import type { JournalPlaces } from './journal-places.ts';
import { checksumOf, isInPlace, parseRecord, type JournalRecord } from './journal-record.ts';
import type { NatsConnection } from './nats-connection.ts';
import { StreamReader } from './stream-reader.ts';

export interface JournalReading {
  readonly connection: NatsConnection;
  readonly stream: string;
  readonly places: JournalPlaces;
  readonly fromSeq: number;
  /** At most the head. */
  readonly toSeq: number;
}

export interface ReadBatch {
  readonly record: JournalRecord;
  readonly text: string;
}

/**
 * The batches of the log in order. A message that does not stand right behind the one that it expected is no part of it.
 * @throws {JournalCorrupt} at the first batch that is not what was appended
 */
export async function* readJournal(reading: JournalReading): AsyncGenerator<ReadBatch> {
  const { connection, stream, places, toSeq } = reading;
  const fromSeq = Math.max(1, reading.fromSeq);
  if (fromSeq > toSeq) return;
  // The batch before the first one is read as well, for its checksum.
  const chain = new Chain(stream, Math.max(1, fromSeq - 1));
  const reader = new StreamReader(connection, { stream, afterSeq: (await places.placeOf(chain.nextSeq)) - 1 });
  try {
    while (chain.nextSeq <= toSeq) {
      const wanted = Math.min(toSeq - chain.nextSeq + 1, connection.parts.limits.pageMessages);
      const page = await reader.next(wanted);
      if (page.length === 0) throw chain.broken('is missing');
      const batches = page.flatMap((message) => chain.take(message) ?? []);
      yield* batches.filter(({ record }) => record.seq >= fromSeq && record.seq <= toSeq);
    }
  } finally {
    await reader.close();
  }
}

/** Holds each batch against the one before it. */
class Chain {
  readonly #stream: string;
  #nextSeq: number;
  #before: JournalRecord | undefined;

  constructor(stream: string, firstSeq: number) {
    this.#stream = stream;
    this.#nextSeq = firstSeq;
  }

  get nextSeq(): number {
    return this.#nextSeq;
  }

  /** @returns nothing when the message is no part of the log */
  take({ seq: place, headers, data }: JsMsg): ReadBatch | undefined {
    const record = parseRecord(headers);
    if (!record || !isInPlace(place, record.expectedLast)) return undefined;
    if (record.seq !== this.#nextSeq) throw this.broken('is missing');
    if (!this.#isSound(record, data)) throw this.broken('does not fit its checksum');
    this.#before = record;
    this.#nextSeq++;
    return { record, text: Buffer.from(data).toString() };
  }

  broken(what: string): JournalCorrupt {
    const seq = this.#nextSeq;
    return new JournalCorrupt(`Batch ${seq} of ${this.#stream} ${what}.`, { stream: this.#stream, seq });
  }

  #isSound(record: JournalRecord, data: Uint8Array): boolean {
    // Of the one before the first that was asked for, the checksum is known and nothing more.
    if (!this.#before && record.seq > 1) return true;
    return record.checksum === checksumOf(record, data, this.#before?.checksum ?? 0);
  }
}
