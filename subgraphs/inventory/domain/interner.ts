/** Gives every text a small index, in the order of first sight, for as long as the ledger lives. */
export class Interner {
  readonly #indexes = new Map<string, number>();
  readonly #texts: string[] = [];

  /** @param texts in the order of their indexes */
  constructor(texts: readonly string[] = []) {
    for (const text of texts) this.intern(text);
  }

  get size(): number {
    return this.#texts.length;
  }

  intern(text: string): number {
    const known = this.#indexes.get(text);
    if (known !== undefined) return known;
    const index = this.#texts.length;
    this.#texts.push(text);
    this.#indexes.set(text, index);
    return index;
  }

  /** The index of a text that may never have been seen. */
  find(text: string): number | undefined {
    return this.#indexes.get(text);
  }

  textOf(index: number): string {
    return this.#texts[index] ?? '';
  }

  toTexts(): readonly string[] {
    return this.#texts;
  }
}
