import type { Subscription } from '@nats-io/transport-node';
import { JournalCorrupt } from '../../ports/journal-errors.ts';
import type { FollowedJournal, JournalBatch, JournalText } from '../../ports/journal.ts';
import type { JournalPlaces } from './journal-places.ts';
import { parseRecord } from './journal-record.ts';
import type { NatsConnection } from './nats-connection.ts';
import { readJournal } from './read-journal.ts';
import { rest } from './rest.ts';

export interface FollowedJournalParts {
  readonly connection: NatsConnection;
  readonly context: string;
  readonly stream: string;
  readonly subject: string;
  readonly epoch: string;
  /** What the log holds, as far as it was looked at. */
  readonly places: JournalPlaces;
}

/** The first and the longest rest before a batch that was heard of is looked for again; it is stored after it is told. */
const HEARD_REST_MS = 2;
const HEARD_REST_MS_MAX = 64;

/**
 * A journal read beside its writer. It hears of a batch as everybody hears of a message on its subject, maybe before it is
 * stored and maybe although it never is; what it reads is what is stored.
 */
export class NatsFollowedJournal implements FollowedJournal {
  readonly epoch: string;
  readonly #parts: FollowedJournalParts;
  readonly #listeners = new Set<() => void>();
  readonly #subscription: Subscription;
  readonly #stopHearing: () => void;
  /** The latest batch that was heard of. */
  #heardSeq = 0;
  #looking: Promise<unknown> = Promise.resolve();
  #next: Promise<number> | undefined;

  constructor(parts: FollowedJournalParts) {
    const { connection, subject, epoch } = parts;
    this.epoch = epoch;
    this.#parts = parts;
    this.#subscription = connection.parts.client.subscribe(subject, {
      callback: (error, message) => {
        if (error === null) this.#hear(parseRecord(message.headers)?.seq ?? 0);
      },
    });
    // What was told without a connection was not heard.
    this.#stopHearing = connection.onReconnect(() => this.#hear(0));
  }

  get isReachable(): boolean {
    return this.#parts.connection.isConnected;
  }

  head(): number {
    return this.#parts.places.head;
  }

  /** One look at a time; all who come meanwhile share the next one, because this one may have passed what they heard of. */
  lookAgain(): Promise<number> {
    this.#next ??= this.#looking.then(() => {
      this.#next = undefined;
      const look = this.#look();
      this.#looking = look.catch(() => undefined);
      return look;
    });
    return this.#next;
  }

  watch(listener: () => void): () => void {
    const entry = (): void => listener();
    this.#listeners.add(entry);
    return () => void this.#listeners.delete(entry);
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
    throw new JournalCorrupt(`The journal of ${context} ends at ${head}, but ${reader} has seen ${seq}.`, details);
  }

  async close(): Promise<void> {
    this.#stopHearing();
    this.#subscription.unsubscribe();
  }

  async *#batches(fromSeq: number, toSeq: number): ReturnType<typeof readJournal> {
    const { connection, stream, places } = this.#parts;
    if (toSeq > this.head()) await this.lookAgain();
    yield* readJournal({ connection, stream, places, fromSeq, toSeq: Math.min(toSeq, this.head()) });
  }

  async #look(): Promise<number> {
    const { places, connection } = this.#parts;
    const heardSeq = this.#heardSeq;
    await places.lookAgain();
    for (let restMs = HEARD_REST_MS; places.head < heardSeq && restMs <= HEARD_REST_MS_MAX; restMs *= 2) {
      await rest(connection.parts.clock, restMs);
      await places.lookAgain();
    }
    // A batch that was refused is heard of as well, and never stored.
    if (this.#heardSeq === heardSeq) this.#heardSeq = Math.min(heardSeq, places.head);
    return places.head;
  }

  #hear(seq: number): void {
    this.#heardSeq = Math.max(this.#heardSeq, seq);
    for (const listener of Array.from(this.#listeners)) listener();
  }
}
