import { invariant, Obstacle } from '../model/errors.ts';
import { JournalCorrupt, JournalFenced } from '../ports/journal-errors.ts';
import type { Journal, JournalBatch, JournalText, NewJournalBatch } from '../ports/journal.ts';

/** What outlives a writer: open several journals over it one after the other to play restarts. */
export class MemoryLog {
  readonly epoch: string;
  /** Of each batch. */
  batchBytesMax = 1_000_000;
  /** JSON text, so that nobody shares objects with the log. */
  readonly batches: string[] = [];
  isOpen = false;

  constructor(epoch: string = '0000000000epoch0') {
    this.epoch = epoch;
  }
}

/** A journal without a disk, for tests that decide when an append ends and how. */
export class MemoryJournal implements Journal {
  readonly #log: MemoryLog;
  #gate: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  /** @throws {JournalFenced} while another writer has it open */
  constructor(log: MemoryLog = new MemoryLog()) {
    if (log.isOpen) throw new JournalFenced(0, log.batches.length);
    log.isOpen = true;
    this.#log = log;
  }

  get epoch(): string {
    return this.#log.epoch;
  }

  get batchBytesMax(): number {
    return this.#log.batchBytesMax;
  }

  /** Appends wait until the function that is returned is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  /** Every later append fails with this error. */
  failWith(error: Error): void {
    this.#failure = error;
  }

  head(): number {
    return this.#log.batches.length;
  }

  async append(batch: NewJournalBatch, expectedPrev: number): Promise<number> {
    const { eventsText, ...kept } = batch;
    const isExact = eventsText === undefined || eventsText === JSON.stringify(batch.events);
    invariant(isExact, 'The text of a batch must be that of its events.');
    const bytes = Buffer.byteLength(JSON.stringify(batch.events));
    if (bytes > this.batchBytesMax) throw new Obstacle('OVERLOADED', 'The batch is too large.', { bytes });
    const text = JSON.stringify(kept);
    await this.#gate;
    if (this.#failure) throw this.#failure;
    if (!this.#log.isOpen || expectedPrev !== this.head()) throw new JournalFenced(expectedPrev, this.head());
    const isKnown = this.#log.batches.some((known) => (JSON.parse(known) as NewJournalBatch).batchId === batch.batchId);
    invariant(!isKnown, `The journal already holds batch ${batch.batchId}.`);
    return this.#log.batches.push(text);
  }

  async *read(fromSeq: number, toSeq: number = this.head()): AsyncIterable<JournalBatch> {
    const last = Math.min(toSeq, this.head());
    for (let seq = Math.max(1, fromSeq); seq <= last; seq++) yield { seq, ...this.#batch(seq) };
  }

  async *readTexts(fromSeq: number, toSeq: number): AsyncIterable<JournalText> {
    for await (const { seq, recordedAtMs, events } of this.read(fromSeq, toSeq)) {
      yield { seq, recordedAtMs, eventsText: JSON.stringify(events) };
    }
  }

  async seqAt(atMs: number): Promise<number> {
    let seq = 0;
    while (seq < this.head() && this.#batch(seq + 1).recordedAtMs <= atMs) seq++;
    return seq;
  }

  assertReaches(seq: number, reader: string): void {
    if (seq <= this.head()) return;
    throw new JournalCorrupt(`The journal ends at ${this.head()}, but ${reader} has seen ${seq}.`, { reader, seq });
  }

  async close(): Promise<void> {
    this.#log.isOpen = false;
  }

  #batch(seq: number): NewJournalBatch {
    return JSON.parse(this.#log.batches[seq - 1] as string) as NewJournalBatch;
  }
}
