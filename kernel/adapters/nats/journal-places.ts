/** Where the batches of a journal stand in its stream, and when they were recorded. 8 bytes a batch. */
export class JournalPlaces {
  #recordedAtMs = new Float64Array(1_024);
  /** Messages of the stream that are no batches of the log, in order; there are hardly ever any. */
  readonly #strays: number[] = [];
  #head = 0;
  #lastPlace = 0;
  #headChecksum = 0;

  /** The sequence of the last batch. */
  get head(): number {
    return this.#head;
  }

  get headChecksum(): number {
    return this.#headChecksum;
  }

  /** The place of the last message, whatever it is. */
  get lastPlace(): number {
    return this.#lastPlace;
  }

  addBatch(recordedAtMs: number, checksum: number): void {
    if (this.#head === this.#recordedAtMs.length) {
      const larger = new Float64Array(this.#head * 2);
      larger.set(this.#recordedAtMs);
      this.#recordedAtMs = larger;
    }
    this.#recordedAtMs[this.#head++] = recordedAtMs;
    this.#headChecksum = checksum;
    this.#lastPlace++;
  }

  addStray(): void {
    this.#strays.push(++this.#lastPlace);
  }

  placeOf(seq: number): number {
    let place = seq;
    for (const stray of this.#strays) {
      if (stray > place) break;
      place++;
    }
    return place;
  }

  /** The last batch that was recorded at or before an instant; 0 for none. */
  seqAt(atMs: number): number {
    let found = 0;
    for (let step = 2 ** Math.ceil(Math.log2(this.#head + 1)); step >= 1; step /= 2) {
      const seq = found + step;
      if (seq <= this.#head && (this.#recordedAtMs[seq - 1] as number) <= atMs) found = seq;
    }
    return found;
  }
}
