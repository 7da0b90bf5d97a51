import type { CancelTimer, Clock } from '../../ports/clock.ts';

/** Something that waits no longer than a certain time. */
export interface Expiring {
  /** Epoch milliseconds. */
  readonly dueMs: number;
  /** Where it waits; kept by whoever keeps the deadlines. Begins with NOT_WAITING. */
  place: number;
  /** Called once when the time is up, and no longer among the waiting by then. */
  expire(): void;
}

/** The place of what does not wait. */
export const NOT_WAITING = -1;

/**
 * Many waits with one timer. It is set for the earliest one and then looks through all, so that a wait which ends in time,
 * as nearly all do, costs no timer; when nobody waits any more it finds nothing, and is the last.
 */
export class Deadlines<Waiting extends Expiring> {
  readonly #clock: Clock;
  /** By place; a hole is free. A set would hold on to what has left it, see FleetingMap. */
  #waiting: (Waiting | undefined)[] = [];
  #free: number[] = [];
  #setForMs = Number.POSITIVE_INFINITY;
  #cancel: CancelTimer = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get size(): number {
    return this.#waiting.length - this.#free.length;
  }

  add(waiting: Waiting): void {
    waiting.place = this.#free.pop() ?? this.#waiting.length;
    this.#waiting[waiting.place] = waiting;
    if (waiting.dueMs < this.#setForMs) this.#setFor(waiting.dueMs);
  }

  /** @returns whether it was waiting */
  delete(waiting: Waiting): boolean {
    if (waiting.place === NOT_WAITING) return false;
    this.#leave(waiting);
    return true;
  }

  /** Lets go of all; none expires. */
  clear(): readonly Waiting[] {
    const all = this.#waiting.filter((waiting) => waiting !== undefined);
    for (const waiting of all) waiting.place = NOT_WAITING;
    this.#waiting = [];
    this.#free = [];
    this.#cancel();
    this.#setForMs = Number.POSITIVE_INFINITY;
    return all;
  }

  #leave(waiting: Waiting): void {
    this.#waiting[waiting.place] = undefined;
    this.#free.push(waiting.place);
    waiting.place = NOT_WAITING;
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
      if (waiting === undefined || waiting.place === NOT_WAITING) continue;
      if (waiting.dueMs > nowMs) {
        nextMs = Math.min(nextMs, waiting.dueMs);
        continue;
      }
      this.#leave(waiting);
      waiting.expire();
    }
    if (nextMs < this.#setForMs) this.#setFor(nextMs);
  }
}
