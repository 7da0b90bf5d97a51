import type { Tag } from './cache-store.ts';

/** What an operation has depended on, while it runs. */
export class CacheTrail {
  readonly #tags = new Map<string, Tag>();
  #isWhole = true;

  add(tags: readonly Tag[]): void {
    for (const tag of tags) this.#tags.set(`${tag.context}\n${tag.value ?? ''}`, tag);
  }

  /** Something was told that nobody says how to keep. */
  lose(): void {
    this.#isWhole = false;
  }

  /** Undefined when not everything that was told may be kept. */
  get tags(): readonly Tag[] | undefined {
    return this.#isWhole ? [...this.#tags.values()] : undefined;
  }
}
