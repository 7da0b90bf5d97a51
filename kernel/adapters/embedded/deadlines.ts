import type { CancelTimer, Clock } from '../../ports/clock.ts';

/** Something that waits no longer than a certain time. */
export interface Expiring {
  /** Epoch milliseconds. */
  readonly dueMs: number;
  /** Called once when the time is up, and no longer among the waiting by then. */
  expire(): void;
}

/**
 * Many waits with one timer. It is set for the earliest one and then looks through all, so that a wait among others which
 * ends in time, as nearly all do, costs no timer; none is left when nobody waits.
 */
export class Deadlines<Waiting extends Expiring> {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();
  #setForMs = Number.POSITIVE_INFINITY;
  #cancel: CancelTimer = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(waiting: Waiting): void {
    this.#waiting.add(waiting);
    if (waiting.dueMs < this.#setForMs) this.#setFor(waiting.dueMs);
  }

  /** @returns whether it was waiting */
  delete(waiting: Waiting): boolean {
    const wasWaiting = this.#waiting.delete(waiting);
    if (this.#waiting.size === 0) this.#setForNothing();
    return wasWaiting;
  }

  /** Lets go of all; none expires. */
  clear(): readonly Waiting[] {
    const all = [...this.#waiting];
    this.#waiting.clear();
    this.#setForNothing();
    return all;
  }

  #setForNothing(): void {
    this.#cancel();
    this.#setForMs = Number.POSITIVE_INFINITY;
  }

  #setFor(dueMs: number): void {
    this.#cancel();
    this.#setForMs = dueMs;
    this.#cancel = this.#clock.after(Math.max(1, dueMs - this.#clock.nowMs()), () => this.#look());
  }

  #look(): void {
    this.#setForMs = Number.POSITIVE_INFINITY;
    const nowMs = this.#clock.nowMs();
    let nextMs = Number.POSITIVE_INFINITY;
    for (const waiting of this.#waiting) {
      if (waiting.dueMs > nowMs) {
        nextMs = Math.min(nextMs, waiting.dueMs);
        continue;
      }
      this.#waiting.delete(waiting);
      waiting.expire();
    }
    if (nextMs < this.#setForMs) this.#setFor(nextMs);
  }
}
