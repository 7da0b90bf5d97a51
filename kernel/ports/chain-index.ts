/** No entry: what comes before the first one of a key. */
export const CHAIN_END = -1;

export interface NewChainEntry {
  /** A small whole number, 0 or more: memory is taken for every number up to the largest. */
  readonly key: number;
  /** What cannot be read from the batch alone. Default: empty. */
  readonly note?: string;
}

/** That a batch said something about a key. */
export interface ChainEntry {
  readonly seq: number;
  readonly note: string;
  /** The address of the entry of the same key before this one, or CHAIN_END. */
  readonly former: number;
}

/**
 * For every key the batches of a journal that speak of it, from the newest back to the very first. It is a cache of the
 * journal: losing it costs the time to read the log again and nothing else.
 *
 * Guarantees:
 * - what was added is found from then on; to add waits for nothing;
 * - after the end of the process, in whatever way, a whole beginning of what was added is still there: `completeSeq` tells
 *   how much, and whatever came later must be added again;
 * - an index of another epoch opens empty; of a damaged one what lies before the damage is kept.
 */
export interface ChainIndex {
  /** Everything up to this batch of the journal is in the index. */
  readonly completeSeq: number;
  /** What one durable batch says, at most one entry for a key; batches come in their order. */
  add(entries: readonly NewChainEntry[], seq: number): void;
  /** The address of the newest entry of a key, or CHAIN_END. */
  newest(key: number): number;
  /** @throws {Obstacle} when it cannot be read */
  read(address: number): Promise<ChainEntry>;
  /**
   * Whether the entry of this key and batch stands at an address, which may be any number: one from before the index was
   * made anew means nothing. @throws {Obstacle} when it cannot be read
   */
  holds(address: number, entry: { readonly key: number; readonly seq: number }): Promise<boolean>;
  /** Resolves when little waits to be written, for whoever adds much at once. @throws {Obstacle} */
  keepUp(): Promise<void>;
  /** Forgets everything. */
  clear(): Promise<void>;
  /** Writes what is in memory and lets go of the index. */
  close(): Promise<void>;
}
