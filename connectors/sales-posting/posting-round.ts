import { repeatTask } from '../../kernel/engine/repeat-task.ts';
import { DomainError } from '../../kernel/model/errors.ts';
import { DocumentConflict } from '../../kernel/ports/document-errors.ts';
import { lookAtDay } from './look-at-day.ts';
import type { PostingParts } from './posting-parts.ts';
import { allOf } from './sales-store.ts';
import { removeOld } from './remove-old.ts';
import { takeWaiting } from './take-sales.ts';

interface Looked {
  readonly changes: number;
  readonly nextMs: number;
}

/** Looks after all open days, one round after the other, for as long as this process leads. */
export class PostingRound {
  readonly #parts: PostingParts;
  readonly #looked = new Map<string, Looked>();
  #stop: () => Promise<void> = async () => undefined;
  #waitingNextMs = 0;

  constructor(parts: PostingParts) {
    this.#parts = parts;
  }

  start(): void {
    const { platform, limits } = this.#parts;
    this.#stop = repeatTask({
      platform,
      pauseMs: limits.roundMs,
      failed: 'A round of posting sales was interrupted.',
      run: (signal) => this.#round(signal),
    });
  }

  /** Waits for what is under way. */
  stop(): Promise<void> {
    return this.#stop();
  }

  async #round(signal: AbortSignal): Promise<void> {
    const { store, limits, platform } = this.#parts;
    await this.#tryWaiting();
    const days = await allOf(store.days, { status: { eq: 'OPEN' } }, limits.openDaysMax);
    platform.telemetry.gauge('sales_days_open', days.length, { system: this.#parts.system });
    for (const { document } of days) {
      if (signal.aborted) return;
      if (this.#isDue(document.id, document.changes, document.closesNow)) await this.#look(document);
    }
    const open = new Set(days.map(({ document }) => document.id));
    for (const id of this.#looked.keys()) if (!open.has(id)) this.#looked.delete(id);
    await removeOld(this.#parts);
  }

  /** What waits seldom stops waiting, so it is not tried in every round. */
  async #tryWaiting(): Promise<void> {
    const nowMs = this.#parts.platform.clock.nowMs();
    if (nowMs < this.#waitingNextMs) return;
    this.#waitingNextMs = nowMs + Math.min(this.#parts.limits.lookAgainMs, 10 * this.#parts.limits.roundMs);
    await takeWaiting(this.#parts);
  }

  #isDue(id: string, changes: number, closesNow: boolean): boolean {
    const looked = this.#looked.get(id);
    if (!looked || looked.changes !== changes || closesNow) return true;
    return this.#parts.platform.clock.nowMs() >= looked.nextMs;
  }

  async #look({ id, changes }: { readonly id: string; readonly changes: number }): Promise<void> {
    const { platform, limits, system } = this.#parts;
    const again = platform.clock.nowMs() + limits.lookAgainMs;
    try {
      this.#looked.set(id, { changes, nextMs: await lookAtDay(this.#parts, id) });
    } catch (error) {
      // Somebody touched it meanwhile: the next round looks again.
      if (error instanceof DocumentConflict) return;
      this.#looked.set(id, { changes, nextMs: again });
      const reason = error instanceof DomainError ? error.message : String(error);
      platform.telemetry.log('warn', 'Sales of a day wait.', { system, day: id, reason });
      platform.telemetry.count('sales_days_obstacles_total', { system });
    }
  }
}
