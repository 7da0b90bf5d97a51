import { Obstacle } from '../model/errors.ts';
import type { CancelTimer, Clock } from '../ports/clock.ts';

interface Waiter {
  readonly seq: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
  readonly cancel: CancelTimer;
}

/** Those who wait for a log to come to a sequence. */
export class SeqWaiters {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiter>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves at once when it is reached. @throws {Obstacle} NOT_CAUGHT_UP */
  until(seq: number, { reached, maxWaitMs }: { reached: () => number; readonly maxWaitMs: number }): Promise<void> {
    if (reached() >= seq) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const cancel = this.#clock.after(maxWaitMs, () => this.#end(waiter, notCaughtUp(seq)));
      const waiter: Waiter = { seq, resolve, reject, cancel };
      this.#waiting.add(waiter);
    });
  }

  /** The log has come so far. */
  tell(seq: number): void {
    for (const waiter of this.#waiting) if (waiter.seq <= seq) this.#end(waiter);
  }

  /** It will come no further. */
  close(): void {
    for (const waiter of this.#waiting) this.#end(waiter, notCaughtUp(waiter.seq));
  }

  #end(waiter: Waiter, error?: Obstacle): void {
    if (!this.#waiting.delete(waiter)) return;
    waiter.cancel();
    if (error) waiter.reject(error);
    else waiter.resolve();
  }
}

function notCaughtUp(seq: number): Obstacle {
  return new Obstacle('NOT_CAUGHT_UP', `This process has not come to ${seq} yet; what was asked for is done.`, { seq });
}
