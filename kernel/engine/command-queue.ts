/** Places that may stand empty at the front before the rest moves up. */
const EMPTY_PLACES_MAX = 1_024;

/** First in, first out, in constant time on the average. */
export class CommandQueue<Item> {
  /** What was taken is let go of at once, so that it does not grow old here. */
  #items: (Item | undefined)[] = [];
  #first = 0;

  get length(): number {
    return this.#items.length - this.#first;
  }

  push(item: Item): void {
    this.#items.push(item);
  }

  peek(): Item | undefined {
    return this.#items[this.#first];
  }

  /** At most `count` from the front, which stay where they are. */
  first(count: number): Item[] {
    return this.#items.slice(this.#first, this.#first + count) as Item[];
  }

  /** Takes these out, wherever they stand. */
  remove(items: ReadonlySet<Item>): void {
    this.#items = this.#items.slice(this.#first).filter((item) => !items.has(item as Item));
    this.#first = 0;
  }

  shift(): Item | undefined {
    const item = this.#items[this.#first];
    if (item === undefined) return undefined;
    this.#items[this.#first] = undefined;
    this.#first++;
    if (this.#first > EMPTY_PLACES_MAX && this.#first * 2 > this.#items.length) {
      this.#items = this.#items.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }
}
