import { skuCountOf, skuIdOf, type Interests } from './change-script.ts';
import type { ToldChange } from './live-client.ts';

/** The changes of one subscription in the order of the script: all of them, once. */
export class ExpectedChanges {
  readonly #first: number;
  readonly #skusEach: number;
  readonly #skuCount: number;
  #next: number;

  /** @param made changes that were made before; none of them is expected */
  constructor(interests: Interests, group: number, made: number) {
    this.#skuCount = skuCountOf(interests);
    this.#skusEach = interests.skusEach;
    this.#first = (group % interests.groups) * interests.skusEach;
    this.#next = this.#atOrAfter(made);
  }

  /** The number of the next change, as the script counts. */
  get next(): number {
    return this.#next;
  }

  /** Takes the next change. @returns what is wrong with it */
  take({ sku, available }: ToldChange): string | undefined {
    const expected = this.#next;
    this.skip();
    if (available === String(expected) && sku.id === skuIdOf(expected % this.#skuCount)) return undefined;
    return `A client got change ${available} of ${sku.id} instead of change ${expected}.`;
  }

  skip(): void {
    this.#next = this.#atOrAfter(this.#next + 1);
  }

  #atOrAfter(number: number): number {
    const place = number % this.#skuCount;
    if (place < this.#first) return number + this.#first - place;
    if (place < this.#first + this.#skusEach) return number;
    return number + this.#skuCount - place + this.#first;
  }
}
