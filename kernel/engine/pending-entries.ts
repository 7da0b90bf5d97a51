import { FleetingMap } from '../model/fleeting-map.ts';
import { textHash } from '../model/text-hash.ts';
import type { IndexEntry } from '../ports/key-index.ts';

/** Entries of an index that are written together: all of them are let go of at once. */
export class PendingEntries {
  readonly entries: IndexEntry[] = [];
  /** The batch up to which they are complete. */
  toSeq = 0;
  /** How many of them are on disk. */
  written = 0;
  /** Most keys have one value. */
  readonly #values = new FleetingMap<string, string | readonly string[]>(textHash);

  get size(): number {
    return this.entries.length;
  }

  add(entry: IndexEntry): void {
    const { key, value } = entry;
    this.entries.push(entry);
    const known = this.#values.get(key);
    this.#values.set(key, known === undefined ? value : [known, value].flat());
  }

  /** In the order of their coming. */
  valuesOf(key: string): readonly string[] {
    const known = this.#values.get(key) ?? [];
    return typeof known === 'string' ? [known] : known;
  }
}
