import type { FactSource } from './ledger-event.ts';

/** Facts remembered, the oldest are forgotten first. A constant of the ledger: another value gives another replay. */
const REMEMBERED_FACTS_MAX = 1_000_000;

/** All lines of the fact, or those that are done while others wait for a code to be registered. */
type Done = true | ReadonlySet<string>;

/** Which lines of which facts were applied, so that a repetition changes nothing. */
export class FactMemory {
  readonly #max: number;
  readonly #done = new Map<string, Done>();

  constructor(
    entries: readonly (readonly [string, true | readonly string[]])[] = [],
    max: number = REMEMBERED_FACTS_MAX,
  ) {
    this.#max = max;
    for (const [key, done] of entries) this.#done.set(key, done === true ? true : new Set(done));
  }

  has(source: FactSource, lineId: string): boolean {
    const done = this.#done.get(keyOf(source));
    return done === true || done?.has(lineId) === true;
  }

  /** @param isWhole true when the fact has no further lines */
  add(source: FactSource, lineIds: readonly string[], isWhole: boolean): void {
    const key = keyOf(source);
    const former = this.#done.get(key);
    if (former === true) return;
    this.#done.set(key, isWhole ? true : new Set([...(former ?? []), ...lineIds]));
    if (this.#done.size > this.#max) this.#forgetOldest();
  }

  toEntries(): readonly (readonly [string, true | readonly string[]])[] {
    return [...this.#done].map(([key, done]) => [key, done === true ? true : [...done]] as const);
  }

  #forgetOldest(): void {
    for (const key of this.#done.keys()) {
      this.#done.delete(key);
      return;
    }
  }
}

const keyOf = ({ system, eventId }: FactSource): string => `${system}|${eventId}`;
