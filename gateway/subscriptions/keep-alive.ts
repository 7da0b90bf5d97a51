import type { CancelTimer, Clock } from '../../kernel/ports/clock.ts';

/** Into how many parts the interval is divided, so that not all are pinged in one turn. */
const PARTS = 60;

/** A connection whose other end may go away without a word. */
export interface Pinged {
  /** Set whenever anything comes from the other end. */
  isAlive: boolean;
  ping(): void;
  terminate(): void;
}

/**
 * Pings connections once per interval, and ends those of which nothing was heard since the last time. One timer serves
 * all of them: a timer of its own would be a good part of what an idle connection keeps.
 */
export class KeepAlive {
  readonly #clock: Clock;
  readonly #partMs: number;
  readonly #parts: readonly Set<Pinged>[] = Array.from({ length: PARTS }, () => new Set<Pinged>());
  #current = 0;
  #size = 0;
  #cancel: CancelTimer = () => undefined;

  constructor(clock: Clock, intervalMs: number) {
    this.#clock = clock;
    this.#partMs = intervalMs / PARTS;
  }

  /** @returns where it is, for `remove` */
  add(connection: Pinged): number {
    const part = this.#current;
    this.#parts[part]?.add(connection);
    if (this.#size++ === 0) this.#turnLater();
    return part;
  }

  remove(connection: Pinged, part: number): void {
    if (this.#parts[part]?.delete(connection) && --this.#size === 0) this.#cancel();
  }

  #turnLater(): void {
    this.#cancel = this.#clock.after(this.#partMs, () => {
      this.#turnLater();
      this.#current = (this.#current + 1) % PARTS;
      for (const connection of this.#parts[this.#current] ?? []) {
        if (!connection.isAlive) {
          connection.terminate();
          continue;
        }
        connection.isAlive = false;
        connection.ping();
      }
    });
  }
}
