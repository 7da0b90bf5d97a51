import { LruMap } from '../../kernel/graphql/lru-map.ts';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Telemetry } from '../../kernel/ports/telemetry.ts';

export interface CacheStoreOptions {
  /** What keys, texts and their tags may take together. */
  readonly bytesMax: number;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** What an entry depends on: a key of a context, such as a SKU, or everything that the context may change. */
export interface Tag {
  readonly context: string;
  /** Absent: any change of the context. */
  readonly value?: string;
}

export interface NewEntry {
  readonly key: string;
  readonly text: string;
  /** As `expiryAfter` says, before the text was asked for. Epoch milliseconds. */
  readonly expiresAtMs: number;
  readonly tags: readonly Tag[];
  /** `position` before the text was asked for. */
  readonly since: number;
}

/** A text that was kept. */
export interface Kept {
  readonly text: string;
  /** Epoch milliseconds. What is made of it must not be kept for longer. */
  readonly expiresAtMs: number;
}

interface Entry extends Kept {
  readonly tags: readonly string[];
  readonly bytes: number;
}

/** Two bytes a character, and what maps and sets take beside. */
const BYTES_PER_ENTRY = 300;
const BYTES_PER_TAG = 150;
/** Evictions that are remembered for texts that are on their way. */
const EVICTIONS_MAX = 100_000;

/** Texts for a while, until what they tell has changed. Forgets what was not used for longest. */
export class CacheStore {
  readonly #options: CacheStoreOptions;
  /** A use re-inserts, so the first entry is the one to forget. */
  readonly #entries = new Map<string, Entry>();
  readonly #keysByTag = new Map<string, Set<string>>();
  readonly #evictedAt = new LruMap<string, number>(EVICTIONS_MAX);
  readonly #countHit: () => void;
  readonly #countMiss: () => void;
  #evictions = 0;
  #bytes = 0;

  constructor(options: CacheStoreOptions) {
    this.#options = options;
    this.#countHit = options.telemetry.counter('cache_reads_total', { outcome: 'hit' });
    this.#countMiss = options.telemetry.counter('cache_reads_total', { outcome: 'miss' });
  }

  /** How far evictions have come. Read it before asking for what is to be kept. */
  get position(): number {
    return this.#evictions;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** When that ends which is asked for now. Epoch milliseconds. */
  expiryAfter(maxAgeMs: number): number {
    return this.#options.clock.nowMs() + maxAgeMs;
  }

  get(key: string): Kept | undefined {
    const entry = this.#entries.get(key);
    const isGood = entry !== undefined && entry.expiresAtMs > this.#options.clock.nowMs();
    if (entry && !isGood) this.#remove(key, entry);
    if (!isGood) {
      this.#countMiss();
      return undefined;
    }
    this.#countHit();
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry;
  }

  /** Keeps a text, unless what it tells has changed since it was asked for. */
  put({ key, text, expiresAtMs, tags: given, since }: NewEntry): void {
    const tags = given.map(textOf);
    if (this.#isOutdated(tags, since)) return;
    const bytes = (key.length + text.length) * 2 + BYTES_PER_ENTRY + bytesOf(tags);
    if (bytes > this.#options.bytesMax) return;
    const former = this.#entries.get(key);
    if (former) this.#remove(key, former);
    this.#entries.set(key, { text, expiresAtMs, tags, bytes });
    this.#bytes += bytes;
    for (const tag of tags) this.#keysOf(tag).add(key);
    for (const [oldest, entry] of this.#entries) {
      if (this.#bytes <= this.#options.bytesMax) break;
      this.#remove(oldest, entry);
    }
    this.#options.telemetry.gauge('cache_bytes', this.#bytes);
  }

  /** Forgets what depends on one of these keys of the context, and what depends on any change of the context. */
  evict(context: string, values: readonly string[]): void {
    for (const value of values) this.#evictTag(textOf({ context, value }));
    this.#evictTag(textOf({ context }));
  }

  /** Forgets all that depends on the context. */
  evictAll(context: string): void {
    const prefix = textOf({ context });
    for (const tag of this.#keysByTag.keys()) if (tag.startsWith(prefix)) this.#evictTag(tag);
    // Whatever is on its way was asked for before.
    this.#evictions += EVICTIONS_MAX;
  }

  #isOutdated(tags: readonly string[], since: number): boolean {
    if (this.#evictions - since >= EVICTIONS_MAX) return true;
    return tags.some((tag) => (this.#evictedAt.peek(tag) ?? 0) > since);
  }

  #evictTag(tag: string): void {
    this.#evictedAt.set(tag, ++this.#evictions);
    for (const key of this.#keysByTag.get(tag) ?? []) {
      const entry = this.#entries.get(key);
      if (entry) this.#remove(key, entry);
    }
  }

  #keysOf(tag: string): Set<string> {
    const known = this.#keysByTag.get(tag);
    if (known) return known;
    const created = new Set<string>();
    this.#keysByTag.set(tag, created);
    return created;
  }

  #remove(key: string, { tags, bytes }: Entry): void {
    this.#entries.delete(key);
    this.#bytes -= bytes;
    for (const tag of tags) {
      const keys = this.#keysByTag.get(tag);
      keys?.delete(key);
      if (keys?.size === 0) this.#keysByTag.delete(tag);
    }
  }
}

function bytesOf(tags: readonly string[]): number {
  return tags.reduce((bytes, tag) => bytes + tag.length * 2 + BYTES_PER_TAG, 0);
}

const textOf = ({ context, value }: Tag): string => `${context}\n${value === undefined ? '' : `=${value}`}`;
