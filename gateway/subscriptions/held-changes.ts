import type { ChangeRecord } from '../../kernel/ports/change-feed.ts';

interface Held {
  readonly record: ChangeRecord;
  /** The first change of the key that is held back. */
  readonly firstSeq: number;
}

/**
 * The newest change of each key that is not sent yet. With an interval, a key is not due again before it has passed
 * since the key was last taken.
 */
export class HeldChanges {
  readonly #intervalMs: number;
  readonly #held = new Map<string, Held>();
  readonly #dueAtMs = new Map<string, number>();

  constructor(intervalMs: number) {
    this.#intervalMs = intervalMs;
  }

  get size(): number {
    return this.#held.size;
  }

  has(key: string): boolean {
    return this.#held.has(key);
  }

  get(key: string): ChangeRecord | undefined {
    return this.#held.get(key)?.record;
  }

  hold(record: ChangeRecord): void {
    const firstSeq = this.#held.get(record.key)?.firstSeq ?? record.version;
    this.#held.set(record.key, { record, firstSeq });
  }

  clear(): void {
    this.#held.clear();
  }

  /** Takes what is due. */
  take(nowMs: number): readonly ChangeRecord[] {
    if (this.#intervalMs === 0) return this.#takeAll();
    this.#forgetDue(nowMs);
    const due: ChangeRecord[] = [];
    for (const [key, { record }] of this.#held) {
      if (this.#dueAtMs.has(key)) continue;
      due.push(record);
      this.#held.delete(key);
      this.#dueAtMs.set(key, nowMs + this.#intervalMs);
    }
    return due;
  }

  #takeAll(): readonly ChangeRecord[] {
    const all: ChangeRecord[] = [];
    for (const { record } of this.#held.values()) all.push(record);
    this.#held.clear();
    return all;
  }

  /** When the next held change is due, 0 for at once; undefined when none is held. */
  nextDueAtMs(): number | undefined {
    if (this.#intervalMs === 0) return this.#held.size === 0 ? undefined : 0;
    let next: number | undefined;
    for (const key of this.#held.keys()) {
      const dueAtMs = this.#dueAtMs.get(key) ?? 0;
      if (next === undefined || dueAtMs < next) next = dueAtMs;
    }
    return next;
  }

  /** The sequence up to which nothing is held back, when everything up to `seq` was received. */
  completeUntil(seq: number): number {
    let complete = seq;
    for (const { firstSeq } of this.#held.values()) complete = Math.min(complete, firstSeq - 1);
    return complete;
  }

  /** Keys are taken in the order of time, so the first that is not due ends the search. */
  #forgetDue(nowMs: number): void {
    for (const [key, dueAtMs] of this.#dueAtMs) {
      if (dueAtMs > nowMs) return;
      this.#dueAtMs.delete(key);
    }
  }
}
