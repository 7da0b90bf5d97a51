import { randomFillSync, randomInt } from 'node:crypto';
import type { Ids } from '../../ports/ids.ts';

const EPOCH_CHARACTERS = 16;
const EPOCH_RADIX = 36;

/** What follows the time and the counter. */
const RANDOM_BYTES = 8;
/** Where the counter of a millisecond begins. */
const COUNTER_BYTES = 2;
/** Ids per call to the machine's randomness, which costs more than all the rest of an id. */
const POOLED_IDS = 1_024;

const TIME_DIGITS = 12;
const COUNTER_MAX = 0xfff;
/** Below the half, so that there is room to count. */
const COUNTER_START_MAX = 0x7ff;

const CODE_0 = 48;
const CODE_A = 97;
const HEX = Uint8Array.from({ length: 16 }, (_, digit) => (digit < 10 ? CODE_0 + digit : CODE_A + digit - 10));

/** The text of an id without its digits. */
const FORM = 'tttttttt-tttt-7ccc-rrrr-rrrrrrrrrrrr';
const COUNTER_AT = FORM.indexOf('c');
/** Where the digits of the random bytes stand. */
const RANDOM_AT = Uint8Array.from(FORM.matchAll(/r/g), ({ index }) => index);
const TIME_AT = Uint8Array.from(FORM.matchAll(/t/g), ({ index }) => index);

/**
 * UUIDv7 (RFC 9562) of the machine's clock and randomness: milliseconds, a counter within the millisecond (method 1 of
 * its section 6.2), 62 random bits. It is on the path of every command, so the text is put together in one buffer.
 */
export class UuidV7Ids implements Ids {
  readonly #text = Buffer.from(FORM, 'latin1');
  readonly #pool = new Uint8Array(POOLED_IDS * RANDOM_BYTES);
  #nextByte = this.#pool.length;
  #msecs = 0;
  #counter = 0;

  next(): string {
    if (this.#nextByte + RANDOM_BYTES + COUNTER_BYTES > this.#pool.length) {
      randomFillSync(this.#pool);
      this.#nextByte = 0;
    }
    this.#count(Date.now());
    this.#writeRandom();
    return this.#text.toString('latin1');
  }

  epoch(): string {
    return Array.from({ length: EPOCH_CHARACTERS }, () => randomInt(EPOCH_RADIX).toString(EPOCH_RADIX)).join('');
  }

  #count(nowMs: number): void {
    if (nowMs > this.#msecs) {
      const [high, low] = [this.#random(), this.#random()];
      this.#counter = ((high << 8) | low) & COUNTER_START_MAX;
      this.#setTime(nowMs);
    } else if (++this.#counter > COUNTER_MAX) {
      this.#counter = 0;
      this.#setTime(this.#msecs + 1);
    }
    const counter = this.#counter;
    this.#text[COUNTER_AT] = HEX[counter >> 8] as number;
    this.#text[COUNTER_AT + 1] = HEX[(counter >> 4) & 0xf] as number;
    this.#text[COUNTER_AT + 2] = HEX[counter & 0xf] as number;
  }

  #setTime(msecs: number): void {
    this.#msecs = msecs;
    const digits = msecs.toString(16).padStart(TIME_DIGITS, '0');
    for (let digit = 0; digit < TIME_DIGITS; digit++) {
      this.#text[TIME_AT[digit] as number] = digits.charCodeAt(digit);
    }
  }

  /** Each byte is given out once; the two highest bits are the variant. */
  #writeRandom(): void {
    const text = this.#text;
    for (let byte = 0; byte < RANDOM_BYTES; byte++) {
      const random = this.#random();
      const value = byte === 0 ? (random & 0x3f) | 0x80 : random;
      text[RANDOM_AT[2 * byte] as number] = HEX[value >> 4] as number;
      text[RANDOM_AT[2 * byte + 1] as number] = HEX[value & 0xf] as number;
    }
  }

  /** Each byte is given out once. */
  #random(): number {
    return this.#pool[this.#nextByte++] as number;
  }
}
