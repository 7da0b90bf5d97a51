import { CHANNELS_MAX } from './sales-territory.ts';

/** Units that were sold beyond stock and are still owed: by SKU and channel, and which reservations wait for them. */
export class BackorderBook {
  readonly #steps = new Map<number, number>();
  readonly #waiting = new Map<number, Set<string>>();

  get isEmpty(): boolean {
    return this.#waiting.size === 0;
  }

  /** Adds to what is owed by a reservation; `left` is what it is owed afterwards. */
  add(owed: {
    readonly sku: number;
    readonly channel: number;
    readonly reservation: string;
    readonly steps: number;
    readonly left: number;
  }): void {
    const { sku, channel, reservation, steps, left } = owed;
    const key = sku * CHANNELS_MAX + channel;
    const sum = (this.#steps.get(key) ?? 0) + steps;
    if (sum === 0) this.#steps.delete(key);
    else this.#steps.set(key, sum);
    const waiting = this.#waiting.get(sku) ?? new Set();
    if (left > 0) waiting.add(reservation);
    else waiting.delete(reservation);
    if (waiting.size > 0) this.#waiting.set(sku, waiting);
    else this.#waiting.delete(sku);
  }

  of(sku: number, channel: number): number {
    return this.#steps.get(sku * CHANNELS_MAX + channel) ?? 0;
  }

  /** Reservations that are owed units of a SKU. */
  waitingFor(sku: number): Iterable<string> {
    return this.#waiting.get(sku) ?? [];
  }

  skus(): Iterable<number> {
    return this.#waiting.keys();
  }
}
