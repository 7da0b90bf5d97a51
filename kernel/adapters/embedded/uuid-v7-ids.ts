import { randomFillSync, randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { Ids } from '../../ports/ids.ts';

const EPOCH_CHARACTERS = 16;
const EPOCH_RADIX = 36;

const RANDOM_BYTES = 16;
/** Ids per call to the machine's randomness, which costs more than all the rest of an id. */
const POOLED_IDS = 512;

/** Ids from the machine's own randomness. */
export class UuidV7Ids implements Ids {
  readonly #pool = new Uint8Array(POOLED_IDS * RANDOM_BYTES);
  #nextByte = this.#pool.length;
  #msecs = 0;
  #seq = 0;

  next(): string {
    const random = this.#random();
    const nowMs = Date.now();
    if (nowMs > this.#msecs) {
      this.#msecs = nowMs;
      // A random start below the half leaves room to count within the millisecond.
      this.#seq = (((random[6] as number) & 0x7f) << 24) | ((random[7] as number) << 16) | ((random[8] as number) << 8);
    } else {
      this.#seq = (this.#seq + 1) | 0;
      if (this.#seq === 0) this.#msecs++;
    }
    return v7({ random, msecs: this.#msecs, seq: this.#seq });
  }

  epoch(): string {
    return Array.from({ length: EPOCH_CHARACTERS }, () => randomInt(EPOCH_RADIX).toString(EPOCH_RADIX)).join('');
  }

  /** Each byte is given out once. */
  #random(): Uint8Array {
    if (this.#nextByte === this.#pool.length) {
      randomFillSync(this.#pool);
      this.#nextByte = 0;
    }
    return this.#pool.subarray(this.#nextByte, (this.#nextByte += RANDOM_BYTES));
  }
}
