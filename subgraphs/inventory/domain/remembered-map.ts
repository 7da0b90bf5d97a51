/**
 * Records, never changed but replaced, of which some are in use and the others only remembered: those in use are all kept, of the others the latest.
 * The order in which they are forgotten is a part of the data, so a restored map goes on as the first would have.
 */
export class RememberedMap<Value> {
  readonly #used: Map<string, Value>;
  readonly #remembered: Map<string, Value>;
  readonly #keyOf: (value: Value) => string;
  readonly #rememberedMax: number;

  constructor(
    { used, remembered }: RememberedData<Value>,
    { keyOf, rememberedMax }: { readonly keyOf: (value: Value) => string; readonly rememberedMax: number },
  ) {
    this.#used = new Map(used.map((value) => [keyOf(value), value]));
    this.#remembered = new Map(remembered.map((value) => [keyOf(value), value]));
    this.#keyOf = keyOf;
    this.#rememberedMax = rememberedMax;
  }

  get(key: string): Value | undefined {
    return this.#used.get(key) ?? this.#remembered.get(key);
  }

  /** Counts as used, or as no longer used from now on. */
  set(value: Value, isUsed: boolean): void {
    const key = this.#keyOf(value);
    if (isUsed) {
      this.#remembered.delete(key);
      this.#used.set(key, value);
      return;
    }
    this.#used.delete(key);
    this.#remembered.set(key, value);
    if (this.#remembered.size <= this.#rememberedMax) return;
    const [oldest = ''] = this.#remembered.keys();
    this.#remembered.delete(oldest);
  }

  deleteWhere(isGone: (value: Value) => boolean): void {
    for (const map of [this.#used, this.#remembered]) {
      for (const [key, value] of map) if (isGone(value)) map.delete(key);
    }
  }

  used(): Iterable<Value> {
    return this.#used.values();
  }

  toData(): RememberedData<Value> {
    return { used: [...this.#used.values()], remembered: [...this.#remembered.values()] };
  }
}

export interface RememberedData<Value> {
  readonly used: readonly Value[];
  /** The one that is forgotten next comes first. */
  readonly remembered: readonly Value[];
}
