import { repeatTask } from '../../../kernel/engine/repeat-task.ts';
import { isTakenOn } from '../domain/acceptance.ts';
import { eachAlone } from './each-alone.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'clock' | 'ids' | 'telemetry' | 'limits'>;

/** Orders that are looked up at a time. */
const PAGE = 100;

/**
 * Calls off orders whose placing never came to an end: the answer of the ledger was lost, or the process ended before it,
 * and nobody came again with the same number. Calling them off sends the claim once more under its own id and gives back
 * what stands behind it, so that no stock stays claimed for an order that nobody knows of.
 */
export class AbandonedOrders {
  readonly #services: Services;
  #stop: () => Promise<void> = async () => undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  start(): void {
    this.#stop = repeatTask({
      platform: this.#services,
      pauseMs: this.#services.limits.abandonedPollMs,
      failed: 'abandoned orders could not be called off',
      run: (signal) => this.#look(signal),
    });
  }

  /** Waits for what is in flight. */
  stop(): Promise<void> {
    return this.#stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { store, clock, limits, telemetry } = this.#services;
    const beforeMs = clock.nowMs() - limits.placementTtlMs;
    let after: { readonly id: string; readonly value: number } | undefined;
    do {
      const found = await store.collection.find({
        where: { status: { eq: 'RECEIVED' }, placedAtMs: { lt: beforeMs } },
        orderBy: { path: 'placedAtMs', direction: 'asc' },
        ...(after && { after }),
        limit: PAGE,
      });
      const orders = found.map(({ document }) => document);
      const failed = 'an abandoned order could not be called off';
      await eachAlone(orders, ({ id }) => this.#callOff(id), { signal, telemetry, failed });
      // What was taken on stays, and others come after it.
      const last = found.length === PAGE ? orders.at(-1) : undefined;
      after = last && { id: last.id, value: last.placedAtMs };
    } while (after && !signal.aborted);
  }

  /** Whoever came again in between has gone on with the order, which then stays. */
  async #callOff(id: string): Promise<void> {
    const { store, clock, ids, telemetry } = this.#services;
    const told = toldByHub(clock.nowMs(), id);
    const after = await store.change(
      id,
      (order) =>
        order.status === 'RECEIVED' && !isTakenOn(order)
          ? { type: 'CancelOrder', reason: 'ABANDONED', wmsLocations: [], told }
          : undefined,
      { correlationId: ids.next() },
    );
    if (after.status !== 'CANCELLED') return;
    telemetry.count('orders_abandoned_total');
    telemetry.log('warn', 'an order was called off because nobody finished placing it', { order: id });
  }
}
