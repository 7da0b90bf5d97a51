type Values = Int32Array | Float64Array;

/** A power of two; 64 or 128 KiB. */
const VALUES_PER_PAGE = 16_384;

/**
 * What an array held at one moment, although whoever owns it goes on writing: each page is copied when it is taken, or
 * before it is written to, whichever comes first. So to freeze an array costs nothing that grows with it.
 */
export class FrozenArray<Kind extends Values = Values> {
  readonly kind: string;
  readonly length: number;
  readonly byteLength: number;
  /** Let go of when every page is copied. */
  #source: Kind | undefined;
  readonly #kept: (Kind | undefined)[] = [];
  readonly #pageCount: number;
  #taken = 0;

  /** @param length of the beginning that is frozen */
  constructor(source: Kind, length: number = source.length) {
    this.kind = source.constructor.name;
    this.length = length;
    this.byteLength = length * source.BYTES_PER_ELEMENT;
    this.#pageCount = Math.ceil(length / VALUES_PER_PAGE);
    this.#source = source;
  }

  /** To be called before the value at an index changes, also when the owner has another array for it by then. */
  beforeWrite(index: number): void {
    if (this.#source && index < this.length) this.#keep(Math.floor(index / VALUES_PER_PAGE));
  }

  /** Copies at once what is left, for an owner who wants to freeze his array again. */
  finish(): void {
    for (let page = this.#taken; page < this.#pageCount; page++) this.#keep(page);
    this.#source = undefined;
  }

  /** All pages in their order, each copied when it is asked for; nothing when they were taken already. */
  *pages(): Iterable<Kind> {
    while (this.#taken < this.#pageCount) {
      const page = this.#taken;
      this.#keep(page);
      this.#taken++;
      if (this.#taken === this.#pageCount) this.#source = undefined;
      yield this.#kept[page] as Kind;
      this.#kept[page] = undefined;
    }
  }

  #keep(page: number): void {
    if (page < this.#taken || this.#kept[page] || !this.#source) return;
    const end = Math.min(this.length, (page + 1) * VALUES_PER_PAGE);
    this.#kept[page] = this.#source.slice(page * VALUES_PER_PAGE, end) as Kind;
  }
}

/** Data in which every array of numbers is frozen. */
export type Frozen<Data> = {
  readonly [Name in keyof Data]: Data[Name] extends Values
    ? FrozenArray<Data[Name]>
    : Data[Name] extends object
      ? Frozen<Data[Name]>
      : Data[Name];
};
