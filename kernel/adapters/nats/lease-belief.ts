import type { CancelTimer, Clock } from '../../ports/clock.ts';

/**
 * How long a holder may believe that it leads: counted from when it asked, because the servers count from later on. Timers
 * alone measure it, so a clock that jumps changes nothing.
 */
export class LeaseBelief {
  readonly #clock: Clock;
  readonly #lastsMs: number;
  readonly #onEnd: () => void;
  #cancel: CancelTimer = () => undefined;

  constructor(clock: Clock, lastsMs: number, onEnd: () => void) {
    this.#clock = clock;
    this.#lastsMs = lastsMs;
    this.#onEnd = onEnd;
  }

  /** To be called before asking. @returns what to call when the servers have granted it, or have not */
  ask(): { granted(): void; denied(): void } {
    let isOver = false;
    let isGranted = false;
    const cancel = this.#clock.after(this.#lastsMs, () => {
      isOver = true;
      if (isGranted) this.#onEnd();
    });
    const granted = (): void => {
      this.#cancel();
      this.#cancel = cancel;
      isGranted = true;
      if (isOver) this.#onEnd();
    };
    return { granted, denied: cancel };
  }

  end(): void {
    this.#cancel();
  }
}
