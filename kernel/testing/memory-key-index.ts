import { Obstacle } from '../model/errors.ts';
import type { IndexEntry, KeyIndex } from '../ports/key-index.ts';

/** What outlives an index: open several over it one after the other to play restarts. */
export class MemoryIndexFile {
  epoch = '';
  completeSeq = 0;
  readonly values = new Map<string, Set<string>>();
}

/** A key index without a disk, for tests that decide when a look-up ends and how. */
export class MemoryKeyIndex implements KeyIndex {
  readonly #file: MemoryIndexFile;
  /** Keys that were looked up. */
  readonly asked: string[] = [];
  #gate: Promise<void> = Promise.resolve();
  #failure: Error | undefined;
  #isClosed = false;

  constructor(file: MemoryIndexFile = new MemoryIndexFile(), epoch = '0000000000epoch0') {
    this.#file = file;
    if (file.epoch === epoch) return;
    Object.assign(file, { epoch, completeSeq: 0 });
    file.values.clear();
  }

  /** Look-ups and additions wait until the function that is returned is called. */
  hold(): () => void {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#gate = promise;
    return resolve;
  }

  failWith(error: Error | undefined): void {
    this.#failure = error;
  }

  get completeSeq(): number {
    return this.#file.completeSeq;
  }

  async add(entries: readonly IndexEntry[], completeSeq: number): Promise<void> {
    await this.#pass();
    for (const { key, value } of entries) {
      const values = this.#file.values.get(key) ?? new Set();
      this.#file.values.set(key, values.add(value));
    }
    this.#file.completeSeq = completeSeq;
  }

  async find(keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    this.asked.push(...keys);
    await this.#pass();
    const found = keys.flatMap((key) => {
      const values = this.#file.values.get(key);
      return values ? [[key, [...values]] as const] : [];
    });
    return new Map(found);
  }

  async *keys(): AsyncIterable<readonly string[]> {
    if (this.#file.values.size > 0) yield [...this.#file.values.keys()];
  }

  async close(): Promise<void> {
    this.#isClosed = true;
  }

  async #pass(): Promise<void> {
    await this.#gate;
    if (this.#failure) throw this.#failure;
    if (this.#isClosed) throw new Obstacle('CONTEXT_UNAVAILABLE', 'The index is closed.', {});
  }
}
