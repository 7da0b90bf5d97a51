import type { Platform } from '../../../kernel/ports/platform.ts';
import { COVERED_SKUS_MAX, decideCoverBackorders } from '../domain/decide-cover-backorders.ts';
import type { Ledger, LedgerBatch } from './ledger.ts';

/** Has owed units covered as soon as stock for them is there. */
export class BackorderCoverage {
  readonly #ledger: Ledger;
  readonly #platform: Platform;
  #isRunning = false;
  /** The last attempt failed, so the next batch looks at everything. */
  #isBehind = false;
  #isStopped = false;

  constructor(ledger: Ledger, platform: Platform) {
    this.#ledger = ledger;
    this.#platform = platform;
  }

  /** @returns stops it */
  start(): () => void {
    void this.#cover(this.#coverable(() => true));
    const leave = this.#ledger.onCommitted((batch) => this.#look(batch));
    return () => {
      this.#isStopped = true;
      leave();
    };
  }

  #look({ seq, events }: LedgerBatch): void {
    const { state } = this.#ledger;
    if (state.backorders.isEmpty || this.#isRunning) return;
    const isWide = events.some(({ type }) => type === 'availability-rule-effective' || type === 'feed-became-fresh');
    const skus = this.#coverable((sku) => isWide || this.#isBehind || state.skuSeqs[sku] === seq);
    if (skus.length > 0) void this.#cover(skus);
  }

  /** At most so many as one command takes. */
  #coverable(isTouched: (sku: number) => boolean): readonly string[] {
    const { state } = this.#ledger;
    const nowMs = this.#platform.clock.nowMs();
    const found: string[] = [];
    for (const sku of state.backorders.skus()) {
      if (found.length >= COVERED_SKUS_MAX) break;
      const id = state.skuIds.textOf(sku);
      const decided = isTouched(sku) ? decideCoverBackorders(state, [id], { nowMs }) : undefined;
      if (decided?.events && decided.events.length > 0) found.push(id);
    }
    return found;
  }

  async #cover(skus: readonly string[]): Promise<void> {
    this.#isRunning = true;
    try {
      // What the batches meanwhile bring is not looked at as they come, so everything is afterwards.
      for (let next = skus; next.length > 0 && !this.#isStopped; next = this.#coverable(() => true)) {
        await this.#ledger.execute({ type: 'cover-backorders', skus: next });
      }
      this.#isBehind = false;
    } catch (error) {
      this.#isBehind = true;
      this.#platform.telemetry.log('warn', 'owed units could not be covered', { error: String(error) });
    } finally {
      this.#isRunning = false;
    }
  }
}
