import { setImmediate as nextTurn } from 'node:timers/promises';
import { FIND_LIMIT_MAX } from '../../../../kernel/ports/documents.ts';
import { liesIn, placeAfter, type KeyPlace, type OrderKey, type SortedKeys } from './sorted-keys.ts';

/** Read at first, and after a leap; four times as many each time that one entry after the other is asked for. */
const PAGE_MIN = 16;
const PAGE_GROWTH = 4;

export interface FoundKey extends OrderKey {
  /** The id of the entry that it comes from. */
  readonly id: string;
}

type ReadKeys = (after: { readonly id: string; readonly value: number }, limit: number) => Promise<readonly FoundKey[]>;

/** How many entries one search may still look at. */
export interface ReadBudget {
  left: number;
}

/** A search looks at more than it may. */
export class SearchTooWide extends Error {}

/** The keys that a collection gives, some pages of it at a time, leaping over what nobody asks for. */
export class FoundKeys implements SortedKeys {
  readonly #read: ReadKeys;
  readonly #isWanted: (found: FoundKey) => boolean;
  readonly #budget: ReadBudget;
  #page: readonly FoundKey[] = [];
  #at = 0;
  #limit = PAGE_MIN;
  #isLast = false;

  /**
   * @param read gives what comes after an entry in the order of lists, no fewer than the limit unless there are no more
   * @throws {SearchTooWide} at a read, when the budget is used up
   */
  constructor(parts: {
    readonly read: ReadKeys;
    /** Absent: all. */
    readonly isWanted?: (found: FoundKey) => boolean;
    readonly budget: ReadBudget;
  }) {
    this.#read = parts.read;
    this.#isWanted = parts.isWanted ?? (() => true);
    this.#budget = parts.budget;
  }

  async next(place: KeyPlace): Promise<OrderKey | undefined> {
    for (;;) {
      for (; this.#at < this.#page.length; this.#at++) {
        const found = this.#page[this.#at] as FoundKey;
        if (liesIn(found, place) && this.#isWanted(found)) return found;
      }
      if (this.#isLast) return undefined;
      await this.#turnPage(place);
    }
  }

  async #turnPage(place: KeyPlace): Promise<void> {
    const last = this.#page.at(-1);
    const isLeap = !last || liesIn({ placedAtMs: place.placedAtMs, order: place.below }, placeAfter(last));
    this.#limit = isLeap ? PAGE_MIN : Math.min(FIND_LIMIT_MAX, this.#limit * PAGE_GROWTH);
    if (this.#budget.left <= 0) throw new SearchTooWide('The search looks at too many entries.');
    // Embedded storage answers at once; others are to have their turn between two pages.
    if (last) await nextTurn();
    const after = isLeap ? { id: place.below, value: place.placedAtMs } : { id: last.id, value: last.placedAtMs };
    this.#page = await this.#read(after, this.#limit);
    this.#at = 0;
    this.#isLast = this.#page.length < this.#limit;
    this.#budget.left -= this.#page.length + 1;
  }
}
