/**
 * What a list of objects said at one moment, although whoever owns them goes on changing them: each is written down when
 * it is taken, or before it changes, whichever comes first.
 */
export class FrozenList<Element extends object, Data> {
  readonly length: number;
  readonly #write: (element: Element) => Data;
  readonly #kept = new Map<Element, Data>();
  #elements: readonly Element[];

  /** @param write gives data that never changes */
  constructor(elements: readonly Element[], write: (element: Element) => Data) {
    this.length = elements.length;
    this.#elements = elements;
    this.#write = write;
  }

  beforeChange(element: Element): void {
    if (this.#elements.length > 0 && !this.#kept.has(element)) this.#kept.set(element, this.#write(element));
  }

  /** Writes down at once what is left, for an owner who wants to freeze his list again. */
  finish(): void {
    for (const element of this.#elements) this.beforeChange(element);
  }

  /** To be taken from the beginning to the end, each element once. */
  slice(from: number, to: number): readonly Data[] {
    const taken = this.#elements.slice(from, to).map((element) => this.#kept.get(element) ?? this.#write(element));
    if (to >= this.length) {
      this.#elements = [];
      this.#kept.clear();
    }
    return taken;
  }
}
