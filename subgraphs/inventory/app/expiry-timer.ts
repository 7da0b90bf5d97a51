import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { Ledger } from './ledger.ts';

/** How long a failed attempt to end reservations rests. */
const RETRY_MS = 1_000;

/** Ends reservations when their time is up: one timer for the earliest of them. */
export class ExpiryTimer {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  #cancel: CancelTimer = () => undefined;
  #scheduledMs: number | undefined;
  #isStopped = false;

  constructor(ledger: Ledger, platform: Platform) {
    this.#ledger = ledger;
    this.#platform = platform;
  }

  /** @returns stops it */
  start(): () => void {
    const leave = this.#ledger.onCommitted(() => this.#schedule());
    this.#schedule();
    return () => {
      this.#isStopped = true;
      leave();
      this.#cancel();
    };
  }

  #schedule(): void {
    const dueMs = this.#ledger.state.reservations.nextExpiryMs();
    if (dueMs === this.#scheduledMs) return;
    this.#cancel();
    this.#scheduledMs = dueMs;
    if (dueMs !== undefined) this.#after(dueMs - this.#platform.clock.nowMs());
  }

  #after(delayMs: number): void {
    this.#cancel = this.#platform.clock.after(Math.max(0, delayMs), () => void this.#expire());
  }

  async #expire(): Promise<void> {
    try {
      await this.#ledger.execute({ type: 'expire-reservations' });
    } catch (error) {
      this.#platform.telemetry.log('warn', 'reservations could not be ended', { error: String(error) });
      if (!this.#isStopped && !this.#ledger.failed.aborted) this.#after(RETRY_MS);
      return;
    }
    this.#scheduledMs = undefined;
    if (!this.#isStopped) this.#schedule();
  }
}
