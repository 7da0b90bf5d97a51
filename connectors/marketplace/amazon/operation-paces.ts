import type { Clock } from '../../../kernel/ports/clock.ts';
import { VendorPace } from '../../runtime/vendor-pace.ts';

/**
 * How often the operations may be asked for that are scarce.
 * Source: the usage plans in the reference of each operation.
 */
const RATES = {
  getOrders: { perSecond: 0.0167, burst: 20 },
  getOrder: { perSecond: 0.5, burst: 30 },
  getOrderItems: { perSecond: 0.5, burst: 30 },
  getOrderAddress: { perSecond: 0.5, burst: 30 },
  createRestrictedDataToken: { perSecond: 1, burst: 10 },
  createFeed: { perSecond: 0.0083, burst: 15 },
  getFeed: { perSecond: 2, burst: 15 },
} as const;

export type ScarceOperation = keyof typeof RATES;

/** A token bucket for each scarce operation. */
export class OperationPaces {
  readonly #paces: ReadonlyMap<ScarceOperation, VendorPace>;

  /** @param times how many times the usual rates the account may ask, which Amazon grants to some */
  constructor(clock: Clock, times = 1) {
    const operations = Object.keys(RATES) as ScarceOperation[];
    this.#paces = new Map(
      operations.map((operation) => {
        const { perSecond, burst } = RATES[operation];
        return [operation, new VendorPace(clock, { perSecond: perSecond * times, burst: burst * times })] as const;
      }),
    );
  }

  /** @returns 0, or the milliseconds until it may be asked for */
  take(operation: ScarceOperation): number {
    return this.#paces.get(operation)?.take() ?? 0;
  }
}
