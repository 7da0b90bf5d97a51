import { HashSlots, NO_PLACE } from './hash-slots.ts';
import { textHash } from './text-hash.ts';

const PLACES_MIN = 16;

/**
 * Records by a text that each of them names, in the order of their coming. As a `Map` would hold them, with less to walk
 * for the garbage collector, and less to move when there are many.
 */
export class KeyedRecords<Value extends object> {
  readonly #keyOf: (value: Value) => string;
  #slots = new HashSlots(PLACES_MIN);
  /** In the order of their coming; a hole has left. */
  #records: (Value | undefined)[] = [];
  #size = 0;

  constructor(keyOf: (value: Value) => string) {
    this.#keyOf = keyOf;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): Value | undefined {
    const place = this.#placeOf(key);
    return place === NO_PLACE ? undefined : this.#records[place];
  }

  /** Takes the place of one with the same key, or comes last. */
  set(value: Value): void {
    const key = this.#keyOf(value);
    const known = this.#placeOf(key);
    if (known !== NO_PLACE) {
      this.#records[known] = value;
      return;
    }
    if (this.#records.length === this.#slots.places) this.#makeRoom();
    this.#slots.enter(this.#records.length, textHash(key));
    this.#records.push(value);
    this.#size++;
  }

  delete(key: string): void {
    const place = this.#placeOf(key);
    if (place === NO_PLACE) return;
    this.#slots.leave(place);
    this.#records[place] = undefined;
    this.#size--;
  }

  /** Takes a millisecond for half a million of them. */
  toArray(): readonly Value[] {
    const records = this.#records.slice();
    let end = 0;
    for (let place = 0; place < records.length; place++) {
      const record = records[place];
      if (record !== undefined) records[end++] = record;
    }
    records.length = end;
    return records as Value[];
  }

  *values(): Iterable<Value> {
    for (const record of this.#records) if (record !== undefined) yield record;
  }

  #placeOf(key: string): number {
    const hash = textHash(key);
    for (let slot = this.#slots.find(hash); slot !== NO_PLACE; slot = this.#slots.findAfter(slot, hash)) {
      const place = this.#slots.placeIn(slot);
      if (this.#keyOf(this.#records[place] as Value) === key) return place;
    }
    return NO_PLACE;
  }

  /** Closes the holes when they are many, and grows when they are few. */
  #makeRoom(): void {
    if (this.#size * 2 > this.#records.length) return this.#slots.grow();
    this.#records = [...this.toArray()];
    this.#slots = new HashSlots(this.#slots.places);
    for (const [place, record] of this.#records.entries()) {
      this.#slots.enter(place, textHash(this.#keyOf(record as Value)));
    }
  }
}
