import type { Clock } from '../../kernel/ports/clock.ts';
import type { SubscriptionLimits } from './subscription-limits.ts';

/** Done as far as the turn allows. @returns whether it is through; if not, it is called again */
type Work = () => boolean;

export interface DeliveryTurnsOptions {
  readonly clock: Pick<Clock, 'nowMs'>;
  readonly limits: Pick<SubscriptionLimits, 'deliveryTurnMs' | 'deliveryTurnMembers'>;
}

/**
 * Has all groups of a process write within turns of the event loop that are short, so that an event which concerns very
 * many clients, or very many groups, leaves room for everything else. Who is not through goes on in a later turn, after
 * the others.
 */
export class DeliveryTurns {
  readonly #options: DeliveryTurnsOptions;
  /** In the order in which they are called. */
  readonly #waiting = new Set<Work>();
  #isScheduled = false;
  /** Undefined between turns. */
  #startedMs: number | undefined;
  #membersLeft = 0;

  constructor(options: DeliveryTurnsOptions) {
    this.#options = options;
  }

  /** Calls it in the next turn. */
  run(work: Work): void {
    this.#waiting.add(work);
    this.#schedule();
  }

  /** Has it not called any more. */
  cancel(work: Work): void {
    this.#waiting.delete(work);
  }

  /** Whether one more member may be written to in this turn. Outside of turns none may. */
  take(): boolean {
    if (this.#isOver()) return false;
    this.#membersLeft--;
    return true;
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => this.#turn());
  }

  #turn(): void {
    const { clock, limits } = this.#options;
    this.#isScheduled = false;
    this.#startedMs = clock.nowMs();
    this.#membersLeft = limits.deliveryTurnMembers;
    try {
      for (const work of this.#waiting) {
        this.#waiting.delete(work);
        if (!work()) this.#waiting.add(work);
        if (this.#isOver()) break;
      }
    } finally {
      this.#startedMs = undefined;
      if (this.#waiting.size > 0) this.#schedule();
    }
  }

  #isOver(): boolean {
    if (this.#startedMs === undefined || this.#membersLeft === 0) return true;
    const passedMs = this.#options.clock.nowMs() - this.#startedMs;
    // A clock that was put back would have the turn last.
    return passedMs < 0 || passedMs >= this.#options.limits.deliveryTurnMs;
  }
}
