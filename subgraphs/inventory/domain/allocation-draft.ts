import type { AllocatedLine } from './ledger-event.ts';
import type { LedgerState } from './ledger-state.ts';

interface Work {
  readonly order: string;
  readonly orderLine: string;
  readonly sku: number;
  readonly location: number;
}

/** Open allocations as they would be after the lines of a command that were decided so far. */
export class AllocationDraft {
  readonly #state: LedgerState;
  readonly #left = new Map<string, { steps: number; picked: number }>();

  constructor(state: LedgerState) {
    this.#state = state;
  }

  /** Takes at most `steps` of what is allocated; undefined when nothing is. */
  take(work: Work, steps: number): AllocatedLine | undefined {
    const open = this.#open(work);
    const taken = Math.min(steps, open?.steps ?? 0);
    if (!open || taken === 0) return undefined;
    open.steps -= taken;
    open.picked = Math.min(open.picked, open.steps);
    return this.#lineOf(work, taken);
  }

  /** Marks at most `steps` of what is allocated and not picked yet. */
  pick(work: Work, steps: number): AllocatedLine | undefined {
    const open = this.#open(work);
    const picked = Math.min(steps, open ? open.steps - open.picked : 0);
    if (!open || picked === 0) return undefined;
    open.picked += picked;
    return this.#lineOf(work, picked);
  }

  #open(work: Work) {
    const key = `${work.order}|${work.orderLine}|${work.sku}|${work.location}`;
    const known = this.#left.get(key);
    const allocation = this.#state.allocations.get(work);
    if (known || !allocation) return known;
    const open = { steps: allocation.steps, picked: allocation.picked };
    this.#left.set(key, open);
    return open;
  }

  #lineOf({ order, orderLine, sku, location }: Work, steps: number): AllocatedLine {
    return {
      order,
      orderLine,
      sku: this.#state.skuIds.textOf(sku),
      location: this.#state.locationIds.textOf(location),
      steps,
    };
  }
}
