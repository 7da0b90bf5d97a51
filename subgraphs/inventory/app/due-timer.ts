import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { Platform } from '../../../kernel/ports/platform.ts';
import type { LedgerEvent } from '../domain/ledger-event.ts';
import type { LedgerState } from '../domain/ledger-state.ts';
import type { Ledger } from './ledger.ts';

/** How long a failed attempt rests. */
const RETRY_MS = 1_000;

/** What time alone changes, and the command by which the writer notes it. */
export interface DueWork {
  readonly command:
    | { readonly type: 'expire-reservations' | 'apply-due-rules' | 'mark-stale-feeds' | 'advance-supply-horizon' }
    | { readonly type: 'raise-sequence-gaps' | 'raise-unmatched-receipts'; readonly waitMs: number };
  /** When the next of it is due, or undefined. */
  nextDueMs(state: LedgerState): number | undefined;
  /** Whether an event may make something due earlier than was known before. */
  concerns(event: LedgerEvent): boolean;
}

/** Has the writer note what falls due: one timer for the earliest of it. */
export class DueTimer {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  readonly #work: DueWork;
  #cancel: CancelTimer = () => undefined;
  #scheduledMs: number | undefined;
  #isStopped = false;

  constructor(ledger: Ledger, platform: Platform, work: DueWork) {
    this.#ledger = ledger;
    this.#platform = platform;
    this.#work = work;
  }

  /** @returns stops it */
  start(): () => void {
    const leave = this.#ledger.onCommitted(({ events }) => {
      if (events.some((event) => this.#work.concerns(event))) this.#schedule();
    });
    this.#schedule();
    return () => {
      this.#isStopped = true;
      leave();
      this.#cancel();
    };
  }

  #schedule(): void {
    const dueMs = this.#work.nextDueMs(this.#ledger.state);
    if (dueMs === this.#scheduledMs) return;
    this.#cancel();
    this.#scheduledMs = dueMs;
    if (dueMs !== undefined) this.#after(dueMs - this.#platform.clock.nowMs());
  }

  #after(delayMs: number): void {
    this.#cancel = this.#platform.clock.after(Math.max(0, delayMs), () => void this.#run());
  }

  async #run(): Promise<void> {
    // What was due may have been put off meanwhile.
    const dueMs = this.#work.nextDueMs(this.#ledger.state);
    try {
      if (dueMs !== undefined && dueMs <= this.#platform.clock.nowMs()) await this.#ledger.execute(this.#work.command);
    } catch (error) {
      const { type: command } = this.#work.command;
      this.#platform.telemetry.log('warn', 'what is due could not be noted', { command, error: String(error) });
      if (!this.#isStopped && !this.#ledger.failed.aborted) this.#after(RETRY_MS);
      return;
    }
    this.#scheduledMs = undefined;
    if (!this.#isStopped) this.#schedule();
  }
}
