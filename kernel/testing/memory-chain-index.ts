import { invariant } from '../model/errors.ts';
import { CHAIN_END, type ChainEntry, type ChainIndex, type NewChainEntry } from '../ports/chain-index.ts';

/** What outlives a chain index: open several over it one after the other to play restarts. */
export class MemoryChainFile {
  epoch = '';
  completeSeq = 0;
  entries: (ChainEntry & { readonly key: number })[] = [];
  readonly newest = new Map<number, number>();
}

/** A chain index without a disk. */
export class MemoryChainIndex implements ChainIndex {
  readonly #file: MemoryChainFile;

  constructor(file: MemoryChainFile = new MemoryChainFile(), epoch = '0000000000epoch0') {
    this.#file = file;
    if (file.epoch !== epoch) this.#begin(epoch);
  }

  get completeSeq(): number {
    return this.#file.completeSeq;
  }

  add(entries: readonly NewChainEntry[], seq: number): void {
    for (const { key, note = '' } of entries) {
      const former = this.newest(key);
      this.#file.newest.set(key, this.#file.entries.push({ key, seq, note, former }) - 1);
    }
    this.#file.completeSeq = seq;
  }

  newest(key: number): number {
    return this.#file.newest.get(key) ?? CHAIN_END;
  }

  async read(address: number): Promise<ChainEntry> {
    const entry = this.#file.entries[address];
    invariant(entry, 'There is no such entry.', { address });
    return entry;
  }

  async holds(address: number, { key, seq }: { readonly key: number; readonly seq: number }): Promise<boolean> {
    const entry = this.#file.entries[address];
    return entry?.key === key && entry.seq === seq;
  }

  async keepUp(): Promise<void> {
    // Nothing waits.
  }

  async clear(): Promise<void> {
    this.#begin(this.#file.epoch);
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  #begin(epoch: string): void {
    Object.assign(this.#file, { epoch, completeSeq: 0, entries: [] });
    this.#file.newest.clear();
  }
}
