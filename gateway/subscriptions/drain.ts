import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';

const WAVES = 20;
/** How long a closed socket may take to answer before it is ended; one that reads nothing never answers. */
const CLOSE_MS_MAX = 2_000;

/** A connection that is to go. */
export interface Leaving {
  /** Says goodbye in the way that has clients come again elsewhere. */
  close(): void;
  /** Ends it at once. */
  terminate(): void;
  readonly gone: Promise<void>;
}

export interface DrainOptions {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly limits: Pick<SubscriptionLimits, 'drainMs'>;
}

/** Sends clients elsewhere, a few at a time. */
export class Drain {
  readonly #options: DrainOptions;
  #hasBegun = false;

  constructor(options: DrainOptions) {
    this.#options = options;
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** Resolves when all have gone. */
  async run(connections: Iterable<Leaving>): Promise<void> {
    const { limits } = this.#options;
    this.#hasBegun = true;
    const open = [...connections];
    const perWave = Math.max(1, Math.ceil(open.length / WAVES));
    const waves = Math.ceil(open.length / perWave);
    for (let wave = 0; wave < waves; wave++) {
      if (wave > 0) await this.#wait((limits.drainMs / waves) * (0.5 + this.#fraction()));
      for (const connection of open.slice(wave * perWave, (wave + 1) * perWave)) connection.close();
    }
    const cancel = this.#options.clock.after(CLOSE_MS_MAX, () => {
      for (const connection of open) connection.terminate();
    });
    await Promise.all(open.map(({ gone }) => gone));
    cancel();
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.#options.clock.after(delayMs, resolve);
    });
  }

  /** From 0 to below 1. */
  #fraction(): number {
    return Number.parseInt(this.#options.ids.epoch().slice(-6), 36) / 36 ** 6;
  }
}
