/** One value that a log holds under a key. */
export interface IndexEntry {
  readonly key: string;
  readonly value: string;
}

/** Keys in one `find`, and entries in one `add`. */
export const INDEX_KEYS_MAX = 20_000;

/**
 * Where to find by key what a journal said long ago. It is a cache of the journal: losing it costs the time to read the
 * log again and nothing else.
 *
 * Guarantees:
 * - `add` is atomic: its entries and `completeSeq` are kept together or not at all;
 * - what was added survives SIGKILL; after a power loss the newest additions may be missing, each as a whole;
 * - the same value under the same key is kept once, different ones side by side;
 * - an index of another epoch, or one whose file is none when it is opened, opens empty with `completeSeq` 0;
 * - one whose keys are not what was added is empty, with `completeSeq` 0, when `keys` has come to its end.
 */
export interface KeyIndex {
  /** Everything up to this batch of the journal is in the index; whatever came later must be added again. */
  readonly completeSeq: number;
  /** Adds at most INDEX_KEYS_MAX entries. @throws {Obstacle} when they cannot be written; they may be added again */
  add(entries: readonly IndexEntry[], completeSeq: number): Promise<void>;
  /**
   * The values of at most INDEX_KEYS_MAX keys, in no particular order; unknown keys are absent.
   * @throws {Obstacle} when it cannot be read
   */
  find(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Every key at least once, page by page. */
  keys(): AsyncIterable<readonly string[]>;
  close(): Promise<void>;
}
