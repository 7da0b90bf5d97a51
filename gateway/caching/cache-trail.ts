import type { Tag } from './cache-store.ts';

/** What an operation has depended on, while it runs. */
export class CacheTrail {
  readonly #tags = new Map<string, Tag>();
  #isWhole = true;
  #expiresAtMs = Infinity;

  /** @param expiresAtMs when what was told ends, epoch milliseconds */
  add(tags: readonly Tag[], expiresAtMs: number): void {
    this.#expiresAtMs = Math.min(this.#expiresAtMs, expiresAtMs);
    for (const tag of tags) this.#tags.set(`${tag.context}\n${tag.value ?? ''}`, tag);
  }

  /** Something was told that nobody says how to keep. */
  lose(): void {
    this.#isWhole = false;
  }

  /** When the first of all that was told ends; Infinity: nothing was told. */
  get expiresAtMs(): number {
    return this.#expiresAtMs;
  }

  /** Undefined when not everything that was told may be kept. */
  get tags(): readonly Tag[] | undefined {
    return this.#isWhole ? [...this.#tags.values()] : undefined;
  }
}
