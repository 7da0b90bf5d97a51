import { ConsecutiveBreaker, ExponentialBackoff, halfJitterGenerator, type IBackoff } from 'cockatiel';
import type { Clock } from '../../kernel/ports/clock.ts';
import type { OutboundLimits } from './outbound-limits.ts';

export type BreakerState = 'CLOSED' | 'OPEN' | 'HALF_OPEN';

type BreakerLimits = Pick<OutboundLimits, 'breakerFailures' | 'breakerOpenMinMs' | 'breakerOpenMaxMs'>;

/**
 * Whether a system is worth asking. The policy of the library calls what it guards; here commands are only let go or held
 * back, so its breaker and its backoff are used by themselves, on the hub's clock.
 */
export class SystemBreaker {
  readonly #clock: Clock;
  readonly #limits: BreakerLimits;
  #breaker: ConsecutiveBreaker;
  #backoff: IBackoff<unknown> | undefined;
  #openUntilMs: number | undefined;

  constructor(clock: Clock, limits: BreakerLimits) {
    this.#clock = clock;
    this.#limits = limits;
    this.#breaker = new ConsecutiveBreaker(limits.breakerFailures);
  }

  get state(): BreakerState {
    if (this.#openUntilMs === undefined) return 'CLOSED';
    return this.#clock.nowMs() < this.#openUntilMs ? 'OPEN' : 'HALF_OPEN';
  }

  /** Milliseconds until somebody may try; 0: now. */
  waitMs(): number {
    return this.#openUntilMs === undefined ? 0 : Math.max(0, this.#openUntilMs - this.#clock.nowMs());
  }

  succeeded(): void {
    this.#breaker.success();
    this.#openUntilMs = undefined;
    this.#backoff = undefined;
  }

  /** @returns whether the breaker is open now */
  failed(): boolean {
    const mustOpen = this.#breaker.failure();
    // One that tried on behalf of the others has failed: they go on waiting, longer than before.
    if (!mustOpen && this.state === 'CLOSED') return false;
    this.#backoff = this.#backoff ? this.#backoff.next(undefined) : this.#firstBackoff();
    this.#openUntilMs = this.#clock.nowMs() + this.#backoff.duration;
    return true;
  }

  #firstBackoff(): IBackoff<unknown> {
    const { breakerOpenMinMs: initialDelay, breakerOpenMaxMs: maxDelay } = this.#limits;
    return new ExponentialBackoff({ generator: halfJitterGenerator, initialDelay, maxDelay }).next();
  }
}
