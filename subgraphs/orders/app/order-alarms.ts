import { repeatTask } from '../../../kernel/engine/repeat-task.ts';
import { eachAlone } from './each-alone.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'clock' | 'ids' | 'telemetry' | 'limits'>;

/** Orders that are looked up at a time. */
const PAGE = 100;

/**
 * Wakes orders of which time alone changes something, such as a hold that ends. When is kept with the order, so a restart
 * loses none; and it is looked at again with every change, so of several processes one does what is due.
 */
export class OrderAlarms {
  readonly #services: Services;
  #stop: () => Promise<void> = async () => undefined;

  constructor(services: Services) {
    this.#services = services;
  }

  start(): void {
    this.#stop = repeatTask({
      platform: this.#services,
      pauseMs: this.#services.limits.alarmPollMs,
      failed: 'orders could not be woken',
      run: (signal) => this.#look(signal),
    });
  }

  /** Waits for what is in flight. */
  stop(): Promise<void> {
    return this.#stop();
  }

  async #look(signal: AbortSignal): Promise<void> {
    const { store, clock, telemetry } = this.#services;
    const nowMs = clock.nowMs();
    let after: { readonly id: string; readonly value: number } | undefined;
    do {
      const due = await store.collection.find({
        where: { wakeAtMs: { lte: nowMs } },
        orderBy: { path: 'wakeAtMs', direction: 'asc' },
        ...(after && { after }),
        limit: PAGE,
      });
      const orders = due.map(({ document }) => document);
      await eachAlone(orders, ({ id }) => this.#wake(id), { signal, telemetry, failed: 'an order could not be woken' });
      // Those that could not be woken stay where they are, and others come after them.
      const last = due.length === PAGE ? orders.at(-1) : undefined;
      after = last && { id: last.id, value: last.wakeAtMs ?? nowMs };
    } while (after && !signal.aborted);
  }

  /** An order that is not due any more stays as it is. */
  async #wake(id: string): Promise<void> {
    const { store, clock, ids } = this.#services;
    const nowMs = clock.nowMs();
    const told = toldByHub(nowMs, id);
    await store.change(
      id,
      ({ wakeAtMs }) => (wakeAtMs !== undefined && wakeAtMs <= nowMs ? { type: 'PassTime', nowMs, told } : undefined),
      { correlationId: ids.next() },
    );
  }
}
