import type { ConsumerPlace } from '../../../kernel/ports/streams.ts';

/** A consumer that has something to do and does not get on. */
export interface StillConsumer {
  readonly stream: string;
  readonly durable: string;
  readonly floor: number;
  /** Since when it was seen there. */
  readonly sinceMs: number;
}

/** Remembers where consumers stood when they were looked at. */
export class StillConsumers {
  readonly #stillMs: number;
  readonly #seen = new Map<string, StillConsumer>();

  /** @param stillMs how long one may stand where it is with something to do */
  constructor(stillMs: number) {
    this.#stillMs = stillMs;
  }

  /** @returns those that have stood still for too long */
  look(stream: string, places: readonly ConsumerPlace[], nowMs: number): readonly StillConsumer[] {
    return places.flatMap(({ durable, floor, isThrough }) => {
      const key = `${stream}.${durable}`;
      const seen = this.#seen.get(key);
      if (isThrough) this.#seen.delete(key);
      else if (seen?.floor !== floor) this.#seen.set(key, { stream, durable, floor, sinceMs: nowMs });
      else if (nowMs - seen.sinceMs >= this.#stillMs) return [seen];
      return [];
    });
  }
}
