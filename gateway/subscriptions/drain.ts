import type { WebSocket } from 'ws';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { Ids } from '../../kernel/ports/ids.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';

/** Registered as "service restart"; clients of graphql-ws reconnect after it. */
const SERVICE_RESTART = 1012;
const WAVES = 20;
/** How long a closed socket may take to answer before it is ended; one that reads nothing never answers. */
const CLOSE_MS_MAX = 2_000;

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
  async run(sockets: Iterable<WebSocket>): Promise<void> {
    const { limits } = this.#options;
    this.#hasBegun = true;
    const open = [...sockets];
    const perWave = Math.max(1, Math.ceil(open.length / WAVES));
    const waves = Math.ceil(open.length / perWave);
    const gone = open.map((socket) => goneOf(socket));
    for (let wave = 0; wave < waves; wave++) {
      if (wave > 0) await this.#wait((limits.drainMs / waves) * (0.5 + this.#fraction()));
      for (const socket of open.slice(wave * perWave, (wave + 1) * perWave)) socket.close(SERVICE_RESTART, 'Restart');
    }
    const cancel = this.#options.clock.after(CLOSE_MS_MAX, () => {
      for (const socket of open) socket.terminate();
    });
    await Promise.all(gone);
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

function goneOf(socket: WebSocket): Promise<void> {
  if (socket.readyState === socket.CLOSED) return Promise.resolve();
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
  });
}
