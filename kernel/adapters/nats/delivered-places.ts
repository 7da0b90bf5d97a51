import type { ConsumerRecord } from './consumer-records.ts';

/** Which messages of a stream a consumer is through with, and up to where all of them are. */
export class DeliveredPlaces {
  /** Looked up and not done, oldest first, because a Map keeps the order of insertion. */
  readonly #open = new Map<number, true>();
  readonly #done = new Set<number>();
  #scannedTo: number;

  constructor({ floor, done }: Pick<ConsumerRecord, 'floor' | 'done'>) {
    this.#scannedTo = floor;
    for (const [first, last] of done) for (let seq = first; seq <= last; seq++) this.#done.add(seq);
  }

  /** Everything up to here is done. */
  get floor(): number {
    const [oldest] = this.#open.keys();
    return oldest === undefined ? this.#scannedTo : oldest - 1;
  }

  /** How many messages lie between the floor and what was looked at. */
  get outstanding(): number {
    return this.#open.size + this.#done.size;
  }

  /** @returns whether it must be delivered */
  scan(seq: number): boolean {
    this.#scannedTo = seq;
    if (this.#done.has(seq)) return false;
    this.#open.set(seq, true);
    return true;
  }

  finish(seq: number): void {
    // A replayed dead letter was done long ago.
    if (this.#open.delete(seq)) this.#done.add(seq);
  }

  /** What is to be remembered. What lies below the floor is forgotten. */
  remember(): Pick<ConsumerRecord, 'floor' | 'done'> {
    const { floor } = this;
    const runs: [number, number][] = [];
    for (const seq of [...this.#done].sort((a, b) => a - b)) {
      const run = runs.at(-1);
      if (seq <= floor) this.#done.delete(seq);
      else if (run?.[1] === seq - 1) run[1] = seq;
      else runs.push([seq, seq]);
    }
    return { floor, done: runs };
  }

  /** How many are done beyond the floor. */
  get doneBeyondFloor(): number {
    const { floor } = this;
    let count = 0;
    for (const seq of this.#done) if (seq > floor) count++;
    return count;
  }
}
