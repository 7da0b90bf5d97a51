import { Obstacle } from '../model/errors.ts';
import { JournalCorrupt, JournalFenced } from '../ports/journal-errors.ts';
import type { FollowedJournal, Journal, JournalBatch, JournalText, NewJournalBatch } from '../ports/journal.ts';

/**
 * A log in memory that several processes have open at the same time, as writers and as readers: only the predecessor that
 * a batch expects keeps it out.
 */
export class ContendedLog {
  readonly epoch = '0000000000epoch0';
  readonly batches: JournalBatch[] = [];
  readonly #watchers = new Set<() => void>();

  append({ batchId, recordedAtMs, events }: NewJournalBatch, expectedPrev: number): number {
    if (expectedPrev !== this.batches.length) throw new JournalFenced(expectedPrev, this.batches.length);
    const seq = expectedPrev + 1;
    this.batches.push(structuredClone({ seq, batchId, recordedAtMs, events }));
    for (const tell of this.#watchers) setImmediate(tell);
    return seq;
  }

  watch(listener: () => void): () => void {
    const entry = (): void => listener();
    this.#watchers.add(entry);
    return () => void this.#watchers.delete(entry);
  }
}

/** How a process reaches the log: at once, not at all, or not while it stands still. */
export class LogLink {
  readonly log: ContendedLog;
  isReachable = true;
  #standing: Promise<void> | undefined;
  #goOn: () => void = () => undefined;

  constructor(log: ContendedLog) {
    this.log = log;
  }

  /** What is under way neither fails nor ends until `resume`. */
  pause(): void {
    if (this.#standing) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#standing = promise;
    this.#goOn = resolve;
  }

  resume(): void {
    this.#standing = undefined;
    this.#goOn();
  }

  async pass(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await this.#standing;
    if (!this.isReachable) throw new Obstacle('CONTEXT_UNAVAILABLE', 'The log is away.');
  }
}

class ReadLog {
  readonly epoch: string;
  readonly link: LogLink;
  /** What was seen last. */
  protected known: number;

  constructor(link: LogLink) {
    this.link = link;
    this.epoch = link.log.epoch;
    this.known = link.log.batches.length;
  }

  head(): number {
    return this.known;
  }

  async *read(fromSeq: number, toSeq: number = this.known): AsyncIterable<JournalBatch> {
    await this.link.pass();
    yield* structuredClone(this.link.log.batches.slice(Math.max(0, fromSeq - 1), toSeq));
  }

  async *readTexts(fromSeq: number, toSeq: number): AsyncIterable<JournalText> {
    for await (const { seq, recordedAtMs, events } of this.read(fromSeq, toSeq)) {
      yield { seq, recordedAtMs, eventsText: JSON.stringify(events) };
    }
  }

  async seqAt(atMs: number): Promise<number> {
    return this.link.log.batches.filter(({ recordedAtMs }) => recordedAtMs <= atMs).length;
  }

  assertReaches(seq: number, reader: string): void {
    if (seq > this.known) throw new JournalCorrupt(`The log ends at ${this.known}, but ${reader} has seen ${seq}.`);
  }

  async close(): Promise<void> {}
}

export class ContendedFollower extends ReadLog implements FollowedJournal {
  get isReachable(): boolean {
    return this.link.isReachable;
  }

  async lookAgain(): Promise<number> {
    await this.link.pass();
    this.known = this.link.log.batches.length;
    return this.known;
  }

  watch(listener: () => void): () => void {
    return this.link.log.watch(listener);
  }
}

export class ContendedWriter extends ReadLog implements Journal {
  readonly batchBytesMax = 1_000_000;

  async append(batch: NewJournalBatch, expectedPrev: number): Promise<number> {
    await this.link.pass();
    this.known = this.link.log.append(batch, expectedPrev);
    // The answer may be lost on its way back although the batch is there.
    await this.link.pass();
    return this.known;
  }
}
