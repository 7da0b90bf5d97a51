import type { Random } from './seeded-random.ts';

/** What goes wrong on purpose. Probabilities run from 0 (never, the default) to 1 (always). */
export interface Faults {
  /** Probability that a webhook is sent a second time, unchanged. */
  readonly duplicate: number;
  /** Probability that a webhook is held back until the next one to the same address has gone. */
  readonly reorder: number;
  /** Milliseconds that every webhook waits before its first attempt. */
  readonly delayMs: number;
  /** Probability that a webhook is never sent. */
  readonly drop: number;
  /** Probability that a webhook is followed by one with the same id and other content. */
  readonly conflict: number;
  /** Probability that a request is answered 429 although the limit is not reached. */
  readonly throttle: number;
  /** `RESET` cuts every connection, `UNAVAILABLE` answers 503; no webhook leaves while it lasts. */
  readonly outage: 'NONE' | 'RESET' | 'UNAVAILABLE';
  /** `ADDED_FIELD` puts an unknown field into every object; `RETYPED_FIELD` swaps number and text of content fields. */
  readonly drift: 'NONE' | 'ADDED_FIELD' | 'RETYPED_FIELD';
  /** Milliseconds by which the system's clock is ahead (negative: behind). */
  readonly clockSkewMs: number;
  /** Milliseconds that every answer waits. */
  readonly latencyMs: number;
  /** Probability, per member of a batch request, that this member alone fails. */
  readonly partialFailure: number;
}

export type FaultChance = 'duplicate' | 'reorder' | 'drop' | 'conflict' | 'throttle' | 'partialFailure';

const NO_FAULTS: Faults = {
  duplicate: 0,
  reorder: 0,
  delayMs: 0,
  drop: 0,
  conflict: 0,
  throttle: 0,
  outage: 'NONE',
  drift: 'NONE',
  clockSkewMs: 0,
  latencyMs: 0,
  partialFailure: 0,
};

/** The knobs of one simulator. */
export class FaultControl {
  readonly #random: Random;
  #current: Faults;
  #waiters: (() => void)[] = [];

  constructor(random: Random, initial: Partial<Faults> = {}) {
    this.#random = random;
    this.#current = { ...NO_FAULTS, ...initial };
  }

  get current(): Faults {
    return this.#current;
  }

  /** Changes the named knobs and leaves the others. */
  set(change: Partial<Faults>): void {
    this.#current = { ...this.#current, ...change };
    if (this.#current.outage !== 'NONE') return;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const wake of waiters) wake();
  }

  /** Turns every knob off. */
  clear(): void {
    this.set(NO_FAULTS);
  }

  /** Draws whether the fault happens this time; a probability of zero draws nothing, so runs without it are unchanged. */
  strikes(chance: FaultChance): boolean {
    const probability = this.#current[chance];
    return probability > 0 && this.#random() < probability;
  }

  /** Resolves at once, or when the outage ends. */
  whenUp(): Promise<void> {
    if (this.#current.outage === 'NONE') return Promise.resolve();
    return new Promise((resolve) => this.#waiters.push(resolve));
  }
}
