import type { StoredMsg } from '@nats-io/jetstream';
import { JournalCorrupt } from '../../ports/journal-errors.ts';
import { checksumOf, isInPlace, parseRecord, type JournalRecord } from './journal-record.ts';
import type { NatsConnection } from './nats-connection.ts';
import { toNatsError } from './nats-errors.ts';

interface FoundBatch {
  readonly place: number;
  readonly record: JournalRecord;
  readonly body: Uint8Array;
}

/**
 * Where the batches of a journal stand in its stream. Each batch carries its own sequence, and hardly any message is no
 * batch of the log, so a look or a few find any of them: nothing is kept, and opening takes no longer for a longer log.
 */
export class JournalPlaces {
  readonly #connection: NatsConnection;
  readonly #stream: string;
  #head = 0;
  #lastPlace = 0;
  #headChecksum = 0;

  private constructor(connection: NatsConnection, stream: string) {
    this.#connection = connection;
    this.#stream = stream;
  }

  /** @throws {JournalCorrupt} when a message is missing, or the last batch is not what was appended */
  static async find(connection: NatsConnection, stream: string): Promise<JournalPlaces> {
    const places = new JournalPlaces(connection, stream);
    await places.lookAgain();
    return places;
  }

  /** The sequence of the last batch. */
  get head(): number {
    return this.#head;
  }

  get headChecksum(): number {
    return this.#headChecksum;
  }

  /** The place of the last message, whatever it is. */
  get lastPlace(): number {
    return this.#lastPlace;
  }

  /** Takes what others have appended meanwhile. @throws {JournalCorrupt} as `find`, or when the log has become shorter */
  async lookAgain(): Promise<void> {
    const lastPlace = await this.#wholeLength();
    if (lastPlace < this.#lastPlace) throw this.#corrupt(lastPlace + 1, 'is gone');
    if (lastPlace === this.#lastPlace) return;
    const last = await this.#batchUpTo(lastPlace);
    if (last) await this.#assertSound(last);
    this.#head = last?.record.seq ?? 0;
    this.#headChecksum = last?.record.checksum ?? 0;
    this.#lastPlace = lastPlace;
  }

  /** The next message of the stream is the next batch of the log. */
  addBatch(checksum: number): void {
    this.#head++;
    this.#headChecksum = checksum;
    this.#lastPlace++;
  }

  /** @param seq 1 to the head */
  async placeOf(seq: number): Promise<number> {
    let low = seq;
    let high = seq + this.#lastPlace - this.#head;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const before = await this.#batchUpTo(middle);
      if ((before?.record.seq ?? 0) >= seq) high = before?.place ?? middle;
      else low = middle + 1;
    }
    return low;
  }

  /** The last batch that was recorded at or before an instant; 0 for none. */
  async seqAt(atMs: number): Promise<number> {
    let found = 0;
    let after = this.#head + 1;
    while (after - found > 1) {
      const seq = Math.floor((found + after) / 2);
      const batch = await this.#batchUpTo(await this.placeOf(seq));
      if (batch?.record.seq !== seq) throw this.#corrupt(seq, 'does not hold the batch of this number');
      if (batch.record.recordedAtMs <= atMs) found = seq;
      else after = seq;
    }
    return found;
  }

  /** How many messages there are, each at its place. */
  async #wholeLength(): Promise<number> {
    const { state } = await this.#ask(() => this.#connection.parts.manager.streams.info(this.#stream));
    const { messages, first_seq: first, last_seq: last } = state;
    if (messages === last && (last === 0 || first === 1)) return last;
    const details = { stream: this.#stream, messages, first, last };
    throw new JournalCorrupt(`Of the ${last} messages of ${this.#stream} ${last - messages} are missing.`, details);
  }

  /** The last batch that stands at a place or before it. */
  async #batchUpTo(place: number): Promise<FoundBatch | undefined> {
    for (let at = place; at >= 1; at--) {
      const stored = await this.#message(at);
      const record = parseRecord(stored.header);
      if (record && isInPlace(at, record.expectedLast)) return { place: at, record, body: stored.data };
    }
    return undefined;
  }

  async #assertSound({ place, record, body }: FoundBatch): Promise<void> {
    const before = await this.#batchUpTo(place - 1);
    if (record.seq !== (before?.record.seq ?? 0) + 1) throw this.#corrupt(place, 'does not follow its predecessor');
    if (record.checksum === checksumOf(record, body, before?.record.checksum ?? 0)) return;
    throw this.#corrupt(place, 'does not fit its checksum');
  }

  async #message(place: number): Promise<StoredMsg> {
    const { streams } = this.#connection.parts.manager;
    const stored = await this.#ask(() => streams.getMessage(this.#stream, { seq: place }));
    if (!stored) throw this.#corrupt(place, 'is missing');
    return stored;
  }

  async #ask<Result>(ask: () => Promise<Result>): Promise<Result> {
    try {
      this.#connection.assertConnected();
      return await ask();
    } catch (error) {
      throw toNatsError(error, `The stream ${this.#stream}`);
    }
  }

  #corrupt(place: number, what: string): JournalCorrupt {
    return new JournalCorrupt(`Message ${place} of ${this.#stream} ${what}.`, { stream: this.#stream, place });
  }
}
