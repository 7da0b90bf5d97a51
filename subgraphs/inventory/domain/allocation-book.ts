import type { Steps } from '../../../kernel/model/quantity.ts';

/** What is bound to an order line at a location. */
export interface Allocation {
  readonly order: string;
  readonly orderLine: string;
  readonly sku: number;
  readonly location: number;
  readonly channel: string;
  readonly steps: Steps;
  /** At most `steps`. */
  readonly picked: Steps;
}

export interface AllocationKey {
  readonly order: string;
  readonly orderLine: string;
  readonly sku: number;
  readonly location: number;
}

/** All open allocations; one that has become nothing is forgotten. */
export class AllocationBook {
  readonly #open = new Map<string, Allocation>();

  constructor(allocations: Iterable<Allocation> = []) {
    for (const allocation of allocations) this.set(allocation);
  }

  get(key: AllocationKey): Allocation | undefined {
    return this.#open.get(textOf(key));
  }

  set(allocation: Allocation): void {
    if (allocation.steps > 0) this.#open.set(textOf(allocation), allocation);
    else this.#open.delete(textOf(allocation));
  }

  all(): Iterable<Allocation> {
    return this.#open.values();
  }
}

const textOf = ({ order, orderLine, sku, location }: AllocationKey): string =>
  `${order}|${orderLine}|${sku}|${location}`;
