import { Obstacle } from '../model/errors.ts';
import type { Clock } from '../ports/clock.ts';

/**
 * Sees that a log does not answer: what is asked meanwhile would wait as long as the patience of whoever writes it. It looks
 * when somebody asks, and so costs nothing.
 */
export class WriterStall {
  readonly #context: string;
  readonly #clock: Clock;
  readonly #stalledMs: number;
  #aheadOfSeq = -1;
  #sinceMs = 0;

  constructor(context: string, clock: Clock, stalledMs: number) {
    this.#context = context;
    this.#clock = clock;
    this.#stalledMs = stalledMs;
  }

  /** @throws {Obstacle} CONTEXT_UNAVAILABLE when the same batch is being written for too long */
  assertNone({ isAhead, seq }: { readonly isAhead: boolean; readonly seq: number }): void {
    if (!isAhead) {
      this.#aheadOfSeq = -1;
      return;
    }
    const nowMs = this.#clock.nowMs();
    if (this.#aheadOfSeq !== seq) {
      this.#aheadOfSeq = seq;
      this.#sinceMs = nowMs;
    } else if (nowMs - this.#sinceMs > this.#stalledMs) throw this.obstacle();
  }

  obstacle(): Obstacle {
    const context = this.#context;
    return new Obstacle('CONTEXT_UNAVAILABLE', `The log of ${context} does not answer at the moment.`, { context });
  }
}
