import type { CancelTimer } from '../../../kernel/ports/clock.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldByHub } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'clock' | 'ids' | 'telemetry' | 'limits'>;

/** Orders that are woken in one look. */
const PAGE = 100;

/** Wakes orders of which time alone changes something, such as a hold that ends. When is kept with the order, so a restart loses none. */
export class OrderAlarms {
  readonly #services: Services;
  #cancelTimer: CancelTimer = () => undefined;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;

  constructor(services: Services) {
    this.#services = services;
  }

  start(): void {
    const { clock, limits } = this.#services;
    if (this.#isStopped) return;
    this.#cancelTimer = clock.after(limits.alarmPollMs, () => {
      this.#looking = this.#look().then(() => this.start());
    });
  }

  /** Waits for what is in flight. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancelTimer();
    await this.#looking;
  }

  async #look(): Promise<void> {
    const { store, clock, telemetry } = this.#services;
    try {
      const found = await store.collection.find({
        where: { wakeAtMs: { lte: clock.nowMs() } },
        orderBy: { path: 'wakeAtMs', direction: 'asc' },
        limit: PAGE,
      });
      for (const { document } of found) if (!this.#isStopped) await this.#wake(document.id);
    } catch (error) {
      // The next look finds them again.
      telemetry.log('error', 'orders could not be woken', { error: String(error) });
    }
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
