import type { Clock } from '../../ports/clock.ts';
import type { Telemetry } from '../../ports/telemetry.ts';
import type { MongoLimits } from './mongo-limits.ts';
import type { Horizon, OutboxCounter } from './outbox-counter.ts';

export interface SilentWritersOptions {
  readonly collection: string;
  readonly counter: Pick<OutboxCounter, 'forget'>;
  readonly clock: Clock;
  readonly telemetry: Telemetry;
  readonly limits: Pick<MongoLimits, 'writerSilenceMs'>;
}

/**
 * A writer that was killed in the middle of its saves stays open for ever, and everything after it would wait. Waiting for
 * one keeps the order in which saves were called even while they run at the same time, and nothing else: a save that could
 * be seen before another one was called stands in its document before the other takes its number. So a writer that does
 * not move is left out soon, and what it saves after that is published when it is there.
 */
export class SilentWriters {
  readonly #options: SilentWritersOptions;
  readonly #seen = new Map<string, { readonly from: number; readonly sinceMs: number }>();

  constructor(options: SilentWritersOptions) {
    this.#options = options;
  }

  /** The horizon without those that have been silent for too long, whom it also takes off the list. */
  async leaveOut(horizon: Horizon): Promise<Horizon> {
    const { clock, limits } = this.#options;
    const nowMs = clock.nowMs();
    for (const writer of this.#seen.keys()) if (!horizon.open.has(writer)) this.#seen.delete(writer);
    const open = new Map(horizon.open);
    for (const [writer, from] of horizon.open) {
      const seen = this.#seen.get(writer);
      if (seen?.from !== from) this.#seen.set(writer, { from, sinceMs: nowMs });
      else if (nowMs - seen.sinceMs > limits.writerSilenceMs) {
        await this.#leaveOut(writer, from);
        open.delete(writer);
      }
    }
    return { seq: horizon.seq, open };
  }

  async #leaveOut(writer: string, from: number): Promise<void> {
    const { collection, counter, telemetry } = this.#options;
    telemetry.log('warn', 'a process that was saving is no longer waited for', { collection, writer });
    await counter.forget(writer, from);
    this.#seen.delete(writer);
  }
}
