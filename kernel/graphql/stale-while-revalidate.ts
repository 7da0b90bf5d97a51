import { DomainError, Obstacle } from '../model/errors.ts';
import type { Clock } from '../ports/clock.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { LruMap } from './lru-map.ts';

export interface StaleWhileRevalidateOptions<Value> {
  /** Names the cache in metrics and errors, such as `erp-prices`. */
  readonly name: string;
  /** The most keys that are remembered; the one whose last use is longest ago goes first. */
  readonly entriesMax: number;
  /** Up to this age a value is the answer. */
  readonly freshMs: number;
  /** From `freshMs` up to this age a value is the answer while a new one is fetched; beyond it the caller waits. */
  readonly staleMs: number;
  /** The most keys of one call of `load`. */
  readonly batchKeysMax: number;
  /** The most keys that are refreshed in the background at a time; others wait for their next read. */
  readonly refreshKeysMax: number;
  /** After a failed call, how long known values are served without asking again. 0 asks on every read. */
  readonly retryAfterMs: number;
  /** Looks up distinct keys. A key that is not in the answer does not exist, which is remembered as well. */
  load(keys: readonly string[]): Promise<ReadonlyMap<string, Value>>;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
}

/** A value with its age, so that the reader can tell a client how old it is. */
export interface AgedValue<Value> {
  /** Undefined when the source said that there is none. */
  readonly value: Value | undefined;
  /** When it was asked for or reported, epoch milliseconds. */
  readonly asOfMs: number;
  /** True when it is older than `freshMs`, or known to be superseded. */
  readonly isStale: boolean;
}

interface Entry<Value> {
  readonly value: Value | undefined;
  readonly asOfMs: number;
  /** Rises with every change of any entry; a look-up that began before a change must not undo it. */
  readonly revision: number;
  readonly isSuperseded: boolean;
}

/**
 * A bounded cache in front of a source that is asked in batches and may be down.
 *
 * Guarantees: each key is asked for at most once at a time; a report by `put` or `invalidate` is never undone by a
 * look-up that began before it; while the source fails, every key that was ever known and not forgotten is answered
 * with its last value and age.
 */
export class StaleWhileRevalidate<Value> {
  readonly #options: StaleWhileRevalidateOptions<Value>;
  readonly #entries: LruMap<string, Entry<Value>>;
  readonly #inFlight = new Map<string, Promise<void>>();
  readonly #refreshing = new Set<string>();
  #revision = 0;
  #askAgainAtMs = 0;

  constructor(options: StaleWhileRevalidateOptions<Value>) {
    this.#options = options;
    this.#entries = new LruMap(options.entriesMax);
  }

  /** One answer per distinct key: a value with its age, or the obstacle when nothing is known and the source fails. */
  async getMany(keys: readonly string[]): Promise<Map<string, AgedValue<Value> | DomainError>> {
    const answers = new Map<string, AgedValue<Value> | DomainError>();
    const missing: string[] = [];
    const stale: string[] = [];
    for (const key of new Set(keys)) {
      const entry = this.#entries.get(key);
      const state = this.#stateOf(entry);
      if (entry && state !== 'expired') answers.set(key, this.#aged(entry));
      if (state === 'expired') missing.push(key);
      if (state === 'stale') stale.push(key);
    }
    this.#refresh(stale);
    if (missing.length > 0) await this.#fetchMissing(missing, answers);
    return answers;
  }

  /** @throws {DomainError} when nothing is known of the key and the source fails */
  async get(key: string): Promise<AgedValue<Value>> {
    const answer = (await this.getMany([key])).get(key);
    if (answer instanceof DomainError) throw answer;
    return answer ?? { value: undefined, asOfMs: this.#options.clock.nowMs(), isStale: false };
  }

  /** Takes in a value that the source reported by itself. */
  put(key: string, value: Value): void {
    this.#store(key, { value, asOfMs: this.#options.clock.nowMs(), isSuperseded: false });
  }

  /** Notes that the source has a newer value; the known one is served only while that is fetched. */
  invalidate(key: string): void {
    const entry = this.#entries.peek(key);
    this.#revision++;
    if (entry) this.#store(key, { value: entry.value, asOfMs: entry.asOfMs, isSuperseded: true });
  }

  #store(key: string, entry: Omit<Entry<Value>, 'revision'>): void {
    this.#entries.set(key, { ...entry, revision: ++this.#revision });
  }

  #stateOf(entry: Entry<Value> | undefined): 'fresh' | 'stale' | 'expired' {
    if (!entry) return 'expired';
    const ageMs = this.#options.clock.nowMs() - entry.asOfMs;
    if (ageMs <= this.#options.freshMs && !entry.isSuperseded) return 'fresh';
    return ageMs <= this.#options.staleMs ? 'stale' : 'expired';
  }

  #aged(entry: Entry<Value>): AgedValue<Value> {
    return { value: entry.value, asOfMs: entry.asOfMs, isStale: this.#stateOf(entry) !== 'fresh' };
  }

  #refresh(keys: readonly string[]): void {
    if (this.#isResting()) return;
    const room = this.#options.refreshKeysMax - this.#refreshing.size;
    const due = keys.filter((key) => !this.#inFlight.has(key)).slice(0, Math.max(0, room));
    if (due.length === 0) return;
    for (const key of due) this.#refreshing.add(key);
    // A failure is counted where it happens; the known values stay until a later read tries again.
    this.#load(due)
      .catch(() => undefined)
      .finally(() => {
        for (const key of due) this.#refreshing.delete(key);
      });
  }

  async #fetchMissing(keys: readonly string[], answers: Map<string, AgedValue<Value> | DomainError>): Promise<void> {
    const failure = await this.#askFor(keys);
    for (const key of keys) {
      const entry = this.#entries.get(key);
      if (entry) answers.set(key, this.#aged(entry));
      else if (failure) answers.set(key, failure);
    }
  }

  async #askFor(keys: readonly string[]): Promise<DomainError | undefined> {
    const unknown = this.#isResting() ? keys.filter((key) => !this.#entries.peek(key)) : keys;
    try {
      await this.#load(unknown);
      return undefined;
    } catch (error) {
      return error instanceof DomainError ? error : this.#unavailable(error);
    }
  }

  #isResting(): boolean {
    return this.#options.clock.nowMs() < this.#askAgainAtMs;
  }

  async #load(keys: readonly string[]): Promise<void> {
    const { batchKeysMax } = this.#options;
    const waits = new Set(keys.map((key) => this.#inFlight.get(key)).filter((wait) => wait !== undefined));
    const fresh = keys.filter((key) => !this.#inFlight.has(key));
    for (let from = 0; from < fresh.length; from += batchKeysMax) {
      waits.add(this.#loadBatch(fresh.slice(from, from + batchKeysMax)));
    }
    // All are awaited before the first failure is told, so that no rejection is left without a handler.
    const outcomes = await Promise.allSettled(waits);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
  }

  #loadBatch(keys: readonly string[]): Promise<void> {
    const { clock, name, retryAfterMs, telemetry } = this.#options;
    const asOfMs = clock.nowMs();
    const revision = this.#revision;
    const loading = this.#options
      .load(keys)
      .then(
        (values) => {
          for (const key of keys) this.#adopt(key, { value: values.get(key), asOfMs, revision });
        },
        (error: unknown) => {
          this.#askAgainAtMs = clock.nowMs() + retryAfterMs;
          telemetry.count('cache_load_failures_total', { cache: name });
          throw error;
        },
      )
      .finally(() => {
        for (const key of keys) this.#inFlight.delete(key);
      });
    for (const key of keys) this.#inFlight.set(key, loading);
    return loading;
  }

  /** What was reported since the look-up began wins; a value known to be superseded by then stays so. */
  #adopt(key: string, loaded: { value: Value | undefined; asOfMs: number; revision: number }): void {
    const { value, asOfMs, revision } = loaded;
    const entry = this.#entries.peek(key);
    const isOutdated = entry !== undefined && entry.revision > revision;
    if (isOutdated && !entry.isSuperseded) return;
    this.#store(key, { value, asOfMs, isSuperseded: isOutdated });
  }

  #unavailable(cause: unknown): Obstacle {
    const { name } = this.#options;
    return new Obstacle('UPSTREAM_UNAVAILABLE', `The source of ${name} cannot be read.`, { source: name }, { cause });
  }
}
