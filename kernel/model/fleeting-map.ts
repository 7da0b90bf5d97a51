/** Slots of an empty map; a power of two. */
const SLOTS_MIN = 16;

/**
 * A map whose entries come and go quickly: it lets go of what is deleted at once.
 *
 * A `Map` does not. Whenever it makes room it leaves a table behind that still holds what it held then, and that leads on
 * to the next one; as soon as one of them counts as old, collections of the young generation keep everything that passes
 * through the map from then on.
 */
export class FleetingMap<Key, Value> {
  readonly #hashOf: (key: Key) => number;
  /** Open addressing, half full at most. An empty slot has no key. */
  #keys: (Key | undefined)[] = [];
  #values: (Value | undefined)[] = [];
  #hashes = new Int32Array(0);
  #size = 0;

  /** @param hashOf 32 bits, of which the lowest differ most */
  constructor(hashOf: (key: Key) => number) {
    this.#hashOf = hashOf;
    this.clear();
  }

  get size(): number {
    return this.#size;
  }

  get(key: Key): Value | undefined {
    return this.#values[this.#slotOf(key, this.#hashOf(key))];
  }

  set(key: Key, value: Value): void {
    const hash = this.#hashOf(key);
    const slot = this.#slotOf(key, hash);
    if (this.#keys[slot] === undefined && ++this.#size * 2 > this.#keys.length) {
      this.#grow();
      this.#put(this.#slotOf(key, hash), hash, key, value);
    } else {
      this.#put(slot, hash, key, value);
    }
  }

  /** @returns whether it was there */
  delete(key: Key): boolean {
    let gap = this.#slotOf(key, this.#hashOf(key));
    if (this.#keys[gap] === undefined) return false;
    const mask = this.#keys.length - 1;
    // Closes the gap, so that a look-up may end at the first slot that is empty.
    for (let slot = (gap + 1) & mask; this.#keys[slot] !== undefined; slot = (slot + 1) & mask) {
      const fromHome = (slot - (this.#hashes[slot] as number)) & mask;
      if (fromHome < ((slot - gap) & mask)) continue;
      this.#move(slot, gap);
      gap = slot;
    }
    this.#keys[gap] = undefined;
    this.#values[gap] = undefined;
    this.#size--;
    return true;
  }

  clear(): void {
    this.#size = 0;
    this.#make(SLOTS_MIN);
  }

  *values(): Iterable<Value> {
    for (const [slot, key] of this.#keys.entries()) if (key !== undefined) yield this.#values[slot] as Value;
  }

  /** Where the key is, or the empty slot where it would be. */
  #slotOf(key: Key, hash: number): number {
    const mask = this.#keys.length - 1;
    let slot = hash & mask;
    for (let held = this.#keys[slot]; held !== undefined && held !== key; held = this.#keys[slot]) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  #put(slot: number, hash: number, key: Key, value: Value): void {
    this.#keys[slot] = key;
    this.#values[slot] = value;
    this.#hashes[slot] = hash;
  }

  #move(from: number, to: number): void {
    this.#keys[to] = this.#keys[from];
    this.#values[to] = this.#values[from];
    this.#hashes[to] = this.#hashes[from] as number;
  }

  #grow(): void {
    const [keys, values, hashes] = [this.#keys, this.#values, this.#hashes];
    this.#make(keys.length * 2);
    for (const [slot, key] of keys.entries()) {
      if (key === undefined) continue;
      const hash = hashes[slot] as number;
      this.#put(this.#slotOf(key, hash), hash, key, values[slot] as Value);
    }
  }

  #make(slots: number): void {
    this.#keys = Array.from({ length: slots }, () => undefined);
    this.#values = Array.from({ length: slots }, () => undefined);
    this.#hashes = new Int32Array(slots);
  }
}
