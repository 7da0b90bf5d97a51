import type { MessagePlace } from './stream-table.ts';

/** Messages that wait, by key: one of each key at a time, keys in turn. */
export class KeyOrder {
  /** Of each key, in order; the first one is the one that is next or under way. */
  readonly #waiting = new Map<string, number[]>();
  readonly #ready: string[] = [];
  #size = 0;

  /** Messages that wait or are under way. */
  get size(): number {
    return this.#size;
  }

  add({ key, seq }: MessagePlace): void {
    this.#size++;
    const waiting = this.#waiting.get(key);
    if (waiting) {
      waiting.push(seq);
      return;
    }
    this.#waiting.set(key, [seq]);
    this.#ready.push(key);
  }

  /** Takes the first message of a key that is free; the key is then busy until `finish` or `retry`. */
  take(): MessagePlace | undefined {
    const key = this.#ready.shift();
    if (key === undefined) return undefined;
    return { key, seq: this.#waiting.get(key)?.[0] as number };
  }

  /** The message that was taken is through: its key may go on. */
  finish(key: string): void {
    const waiting = this.#waiting.get(key) as number[];
    waiting.shift();
    this.#size--;
    if (waiting.length > 0) this.#ready.push(key);
    else this.#waiting.delete(key);
  }

  /** The message that was taken is to be taken again. */
  retry(key: string): void {
    this.#ready.push(key);
  }
}
