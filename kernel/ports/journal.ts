/** One durable record: all events that the writer decided in one turn. */
export interface JournalBatch {
  /** 1 for the first; each batch follows its predecessor without a hole. */
  readonly seq: number;
  /** Made by the writer; the same id is never appended twice. */
  readonly batchId: string;
  readonly recordedAtMs: number;
  /** JSON data, opaque to the journal. */
  readonly events: readonly unknown[];
}

/** A batch as it is kept, for whoever only passes it on. */
export interface JournalText extends Omit<JournalBatch, 'events' | 'batchId'> {
  /** `JSON.stringify(events)`. */
  readonly eventsText: string;
}

export interface NewJournalBatch extends Omit<JournalBatch, 'seq'> {
  /** `JSON.stringify(events)`, from a writer that has it already; absent: the journal makes it. */
  readonly eventsText?: string;
}

/**
 * One ordered log with one writer.
 *
 * Guarantees:
 * - an append resolves only when the batch is durable: it survives SIGKILL and power loss right after;
 * - an append whose `expectedPrev` is not the head is refused and changes nothing (fencing);
 * - reads return exactly what was acknowledged, in order, without holes;
 * - corruption is reported, never skipped;
 * - a second writer cannot open the same log.
 */
export interface Journal {
  /** Made with the log. */
  readonly epoch: string;
  /** UTF-8 bytes of `JSON.stringify(events)` in one batch; a longer one is refused with OVERLOADED and changes nothing. */
  readonly batchBytesMax: number;
  /** The sequence of the last durable batch, 0 when there is none. */
  head(): number;
  /**
   * Appends one batch after `expectedPrev` and gives its sequence, `expectedPrev + 1`.
   * @throws {JournalFenced} when `expectedPrev` is not the head
   * @throws {Obstacle} when it cannot be written; the writer must then stop, because its memory is ahead of the log
   */
  append(batch: NewJournalBatch, expectedPrev: number): Promise<number>;
  /**
   * Every batch with a sequence of at least `fromSeq`, in order, up to `toSeq` or, without it, the head at the time of the
   * call.
   * @throws {JournalCorrupt} at the first batch that is not what was appended
   */
  read(fromSeq: number, toSeq?: number): AsyncIterable<JournalBatch>;
  /** As `read`, a few batches at a time and without parsing them, so that nobody else has to wait for long. */
  readTexts(fromSeq: number, toSeq: number): AsyncIterable<JournalText>;
  /**
   * The last batch that was recorded at or before an instant, epoch milliseconds; 0 for none. It takes the batches to be in
   * the order of their instants: where a clock was set back, an instant that came twice gives one of both places.
   */
  seqAt(atMs: number): Promise<number>;
  /**
   * States that a snapshot or a reader has seen `seq`.
   * @throws {JournalCorrupt} when the log ends before it: a shortened log is otherwise invisible
   */
  assertReaches(seq: number, reader: string): void;
  close(): Promise<void>;
}

/**
 * A journal as one sees it who does not write it: its head is what was looked for last. Reading beyond that looks again.
 */
export interface FollowedJournal extends Omit<Journal, 'append' | 'batchBytesMax'> {
  /** Whether the log can be read and written at the moment, as far as is known here. */
  readonly isReachable: boolean;
  /**
   * Looks how far the log goes now. @returns the head
   * @throws {Obstacle} when it cannot be read
   * @throws {JournalCorrupt} when it is damaged, or shorter than it was
   */
  lookAgain(): Promise<number>;
  /** Calls `listener` when a batch may have been appended. A hint: it may be wrong or late. @returns stops it */
  watch(listener: () => void): () => void;
}
