/** A map of at most `entriesMax` entries that forgets the one whose last use is longest ago. */
export class LruMap<Key, Value> {
  readonly #entriesMax: number;
  /** A Map keeps the order of insertion; a use re-inserts, so the first entry is the one to forget. */
  readonly #entries = new Map<Key, Value>();
  /** The last of them, which need not be re-inserted: what is used most is used again and again. */
  #newest: Key | undefined;

  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: Key): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined || key === this.#newest) return value;
    this.#newest = key;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  /** As `get`, without counting as a use. */
  peek(key: Key): Value | undefined {
    return this.#entries.get(key);
  }

  set(key: Key, value: Value): void {
    this.#newest = key;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size <= this.#entriesMax) return;
    const [oldest] = this.#entries.keys();
    if (oldest !== undefined) this.#entries.delete(oldest);
  }

  delete(key: Key): void {
    this.#entries.delete(key);
  }
}
