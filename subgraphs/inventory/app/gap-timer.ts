import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { Ledger } from './ledger.ts';

/** How long a failed attempt rests. */
const RETRY_MS = 1_000;

/** Tells of numbers that a source has skipped when they have not arrived within the wait: one timer for the oldest. */
export class GapTimer {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  readonly #waitMs: number;
  #cancel: CancelTimer = () => undefined;
  #dueMs: number | undefined;
  #isStopped = false;

  constructor(ledger: Ledger, platform: Platform, waitMs: number) {
    this.#ledger = ledger;
    this.#platform = platform;
    this.#waitMs = waitMs;
  }

  /** @returns stops it */
  start(): () => void {
    const leave = this.#ledger.onCommitted(({ events }) => {
      if (events.some(({ type }) => type === 'source-number-observed')) this.#schedule();
    });
    this.#schedule();
    return () => {
      this.#isStopped = true;
      leave();
      this.#cancel();
    };
  }

  #schedule(): void {
    const sinceMs = this.#ledger.state.sequences.oldestUnraisedMs();
    const dueMs = sinceMs === undefined ? undefined : sinceMs + this.#waitMs;
    if (dueMs === this.#dueMs || this.#isStopped) return;
    this.#cancel();
    this.#dueMs = dueMs;
    if (dueMs !== undefined) this.#after(dueMs - this.#platform.clock.nowMs());
  }

  #after(delayMs: number): void {
    this.#cancel = this.#platform.clock.after(Math.max(0, delayMs), () => void this.#raise());
  }

  async #raise(): Promise<void> {
    try {
      await this.#ledger.execute({ type: 'raise-sequence-gaps', waitMs: this.#waitMs });
    } catch (error) {
      this.#platform.telemetry.log('warn', 'gaps of a source could not be told', { error: String(error) });
      if (!this.#isStopped && !this.#ledger.failed.aborted) this.#after(RETRY_MS);
      return;
    }
    this.#dueMs = undefined;
    this.#schedule();
  }
}
