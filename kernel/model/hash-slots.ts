/** No place. */
export const NO_PLACE = -1;

/**
 * Finds places, small whole numbers, by 32 bits of hash that their owner gives them: open addressing in typed arrays, of
 * which the garbage collector sees nothing. Half full at most.
 */
export class HashSlots {
  #slots = new Int32Array(0);
  /** By place. */
  #hashes = new Int32Array(0);

  /** @param places one more than the highest place that will be entered; a power of two */
  constructor(places: number) {
    this.#make(places);
  }

  /** One more than the highest place that may be entered. */
  get places(): number {
    return this.#hashes.length;
  }

  /** The first slot whose place has this hash, or NO_PLACE. */
  find(hash: number): number {
    return this.#seek(hash & (this.#slots.length - 1), hash);
  }

  /** The next one after a slot. */
  findAfter(slot: number, hash: number): number {
    return this.#seek((slot + 1) & (this.#slots.length - 1), hash);
  }

  placeIn(slot: number): number {
    return this.#slots[slot] as number;
  }

  enter(place: number, hash: number): void {
    this.#hashes[place] = hash;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    while (slots[slot] !== NO_PLACE) slot = (slot + 1) & mask;
    slots[slot] = place;
  }

  /** Takes out a place that was entered. Closes the gap, so that a look-up may end at the first slot that is empty. */
  leave(place: number): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    const mask = slots.length - 1;
    let gap = (hashes[place] as number) & mask;
    while (slots[gap] !== place) gap = (gap + 1) & mask;
    for (let slot = (gap + 1) & mask; slots[slot] !== NO_PLACE; slot = (slot + 1) & mask) {
      const fromHome = (slot - (hashes[slots[slot] as number] as number)) & mask;
      if (fromHome < ((slot - gap) & mask)) continue;
      slots[gap] = slots[slot] as number;
      gap = slot;
    }
    slots[gap] = NO_PLACE;
  }

  /** Makes room for twice as many places. */
  grow(): void {
    const [slots, hashes] = [this.#slots, this.#hashes];
    this.#make(hashes.length * 2);
    for (const place of slots) if (place !== NO_PLACE) this.enter(place, hashes[place] as number);
  }

  #make(places: number): void {
    this.#slots = new Int32Array(places * 2).fill(NO_PLACE);
    this.#hashes = new Int32Array(places);
  }

  #seek(from: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = from; slots[slot] !== NO_PLACE; slot = (slot + 1) & mask) {
      if (this.#hashes[slots[slot] as number] === hash) return slot;
    }
    return NO_PLACE;
  }
}
