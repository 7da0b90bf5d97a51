import { Obstacle } from '../model/errors.ts';
import { INDEX_KEYS_MAX, type IndexEntry, type KeyIndex } from '../ports/key-index.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { KeyFilter } from './key-filter.ts';
import { PendingEntries } from './pending-entries.ts';

export interface JournalIndexLimits {
  /** Memory of the filter that spares look-ups of new keys. */
  readonly dedupMemoryBytesMax: number;
  /** Entries that are collected in memory before they are written together. */
  readonly indexFlushEntries: number;
  /** Entries that may wait in memory while the disk does not take them; beyond it nothing more is decided. */
  readonly indexPendingMax: number;
}

export interface JournalIndexParts {
  readonly index: KeyIndex;
  readonly telemetry: Telemetry;
  readonly limits: JournalIndexLimits;
}

/**
 * What a journal said by key, all of it: in memory while it is new, on disk for ever.
 *
 * Guarantees: an entry that was added is found from then on, whether or not it is written yet; a key that was never
 * added costs no look-up, but for about one in a hundred.
 */
export class JournalIndex {
  readonly #parts: JournalIndexParts;
  readonly #filter: KeyFilter;
  /** What is not on disk yet, in the order of the journal: what is being written, if anything is, then all else. */
  #beingWritten: PendingEntries | undefined;
  #pending = new PendingEntries();
  #pendingSeq: number;
  #writing: Promise<void> | undefined;

  private constructor(parts: JournalIndexParts) {
    this.#parts = parts;
    this.#filter = new KeyFilter(parts.limits.dedupMemoryBytesMax);
    this.#pendingSeq = parts.index.completeSeq;
  }

  /** Reads every key once, for the filter. */
  static async open(parts: JournalIndexParts): Promise<JournalIndex> {
    const index = new JournalIndex(parts);
    for await (const page of parts.index.keys()) for (const key of page) index.#filter.add(key);
    // Reading the keys may have shown that the index is damaged, and is to be filled from the beginning.
    index.#pendingSeq = parts.index.completeSeq;
    return index;
  }

  /** Batches after this one must be added again. */
  get completeSeq(): number {
    return this.#parts.index.completeSeq;
  }

  /** What one durable batch says; batches come in their order, those without entries too. */
  add(entries: readonly IndexEntry[], seq: number): void {
    for (const entry of entries) {
      this.#filter.add(entry.key);
      this.#pending.add(entry);
    }
    this.#pendingSeq = seq;
    if (this.#pending.size >= this.#parts.limits.indexFlushEntries) this.#writeInTheBackground();
  }

  /** The values of these keys: at once when memory knows that there is no more. */
  find(keys: readonly string[]): Found | Promise<Found> {
    const found = new Map<string, readonly string[]>();
    const asked: string[] = [];
    for (const key of keys) {
      if (!this.#filter.mayHold(key)) continue;
      asked.push(key);
      const values = [...(this.#beingWritten?.valuesOf(key) ?? []), ...this.#pending.valuesOf(key)];
      if (values.length > 0) found.set(key, values);
    }
    const isBehind = this.#pendingSize() > this.#parts.limits.indexPendingMax;
    return asked.length === 0 && !isBehind ? found : this.#findOnDisk(asked, found, isBehind);
  }

  /** For whoever adds much at once: writes what has become enough. @throws {Obstacle} */
  async keepUp(): Promise<void> {
    if (this.#pendingSize() >= this.#parts.limits.indexFlushEntries) await this.flush();
  }

  /** Writes what is in memory. @throws {Obstacle} */
  async flush(): Promise<void> {
    while (this.#writing) await this.#writing;
    while (this.#pendingSize() > 0 || this.#pendingSeq > this.completeSeq) {
      this.#writing ??= this.#write().finally(() => (this.#writing = undefined));
      await this.#writing;
    }
  }

  /** What cannot be written now is read from the journal at the next start. */
  async close(): Promise<void> {
    await this.flush().catch((error: unknown) => this.#warn(error));
    await this.#parts.index.close();
  }

  async #findOnDisk(keys: readonly string[], inMemory: Map<string, readonly string[]>, isBehind: boolean) {
    if (isBehind) await this.flush();
    this.#parts.telemetry.count('index_look_ups_total', {}, keys.length);
    for (let from = 0; from < keys.length; from += INDEX_KEYS_MAX) {
      const onDisk = await this.#parts.index.find(keys.slice(from, from + INDEX_KEYS_MAX));
      for (const [key, values] of onDisk) {
        inMemory.set(key, [...new Set([...(inMemory.get(key) ?? []), ...values])]);
      }
    }
    return inMemory;
  }

  #writeInTheBackground(): void {
    this.#writing ??= this.#write()
      .catch((error: unknown) => this.#warn(error))
      .finally(() => (this.#writing = undefined));
  }

  /** What is being written stays in memory until it is on disk; what could not be written is the first to be tried again. */
  async #write(): Promise<void> {
    if (!this.#beingWritten) {
      this.#beingWritten = this.#pending;
      this.#beingWritten.toSeq = this.#pendingSeq;
      this.#pending = new PendingEntries();
    }
    const writing = this.#beingWritten;
    do {
      const entries = writing.entries.slice(writing.written, writing.written + INDEX_KEYS_MAX);
      const isLast = writing.written + entries.length === writing.size;
      // A batch may be cut in two: until its second half is written, the index is complete up to the batch before.
      await this.#parts.index.add(entries, isLast ? writing.toSeq : this.completeSeq);
      writing.written += entries.length;
    } while (writing.written < writing.size);
    this.#beingWritten = undefined;
  }

  #pendingSize(): number {
    return this.#pending.size + (this.#beingWritten?.size ?? 0);
  }

  #warn(error: unknown): void {
    const level = error instanceof Obstacle ? 'warn' : 'error';
    this.#parts.telemetry.log(level, 'an index could not be written', { error: String(error) });
  }
}

export type Found = ReadonlyMap<string, readonly string[]>;
