import type { ConsumerProgress } from './consumer-table.ts';

/** Which messages of a stream a consumer is through with, and up to where all of them are. */
export class DeliveryProgress {
  /** Looked up and not done, oldest first, because a Map keeps the order of insertion. */
  readonly #open = new Map<number, true>();
  readonly #done: Set<number>;
  /** Done since the last save. */
  #unsaved: number[] = [];
  #scannedTo: number;
  #savedFloor: number;

  constructor({ floor, done }: ConsumerProgress) {
    this.#scannedTo = floor;
    this.#savedFloor = floor;
    this.#done = new Set(done);
  }

  /** Everything up to here was looked at. */
  get scannedTo(): number {
    return this.#scannedTo;
  }

  /** Everything up to here is done. */
  get floor(): number {
    const [oldest] = this.#open.keys();
    return oldest === undefined ? this.#scannedTo : oldest - 1;
  }

  /** How many are done beyond what was saved as the floor. */
  get doneBeyondFloor(): number {
    const { floor } = this;
    let count = 0;
    for (const seq of this.#done) if (seq > floor) count++;
    return count;
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

  /** No message up to `seq` is left to look at. */
  scanned(seq: number): void {
    this.#scannedTo = Math.max(this.#scannedTo, seq);
  }

  finish(seq: number): void {
    // A replayed dead letter was done long ago.
    if (!this.#open.delete(seq)) return;
    this.#done.add(seq);
    this.#unsaved.push(seq);
  }

  /** What is to be saved now. */
  take(): { readonly floor: number; readonly done: readonly number[] } {
    const { floor } = this;
    const done = this.#unsaved.filter((seq) => seq > floor);
    this.#unsaved = [];
    if (floor > this.#savedFloor) for (const seq of this.#done) if (seq <= floor) this.#done.delete(seq);
    this.#savedFloor = floor;
    return { floor, done };
  }
}
