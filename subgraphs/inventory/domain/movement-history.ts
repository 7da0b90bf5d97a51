import { NONE } from './bucket.ts';
import { FrozenArray, type Frozen } from './frozen-array.ts';
import { grown } from './grow.ts';

/** Movements remembered for the sake of counts. A constant of the ledger: another value gives another replay. */
const REMEMBERED_MOVEMENTS_MAX = 1_000_000;

export interface MovementHistoryData {
  readonly written: number;
  readonly rows: Int32Array;
  readonly steps: Int32Array;
  readonly occurredAtMs: Float64Array;
  readonly previous: Float64Array;
  readonly newest: Float64Array;
  readonly forgottenMs: Float64Array;
}

/**
 * What moved SELLABLE of each position, and when: a count is true at its instant, so it must be held against what the
 * ledger had then. A ring of 24 bytes a movement; of what it has overwritten each position keeps the latest instant, so
 * that a count from before it is known to be too old instead of being computed wrongly.
 */
export class MovementHistory {
  readonly #capacity: number;
  #written = 0;
  #rows = new Int32Array(0);
  #steps = new Int32Array(0);
  #occurredAtMs = new Float64Array(0);
  /** Ordinal of the position's movement before this one, or NONE. */
  #previous = new Float64Array(0);
  /** Per position: the ordinal of its newest movement. */
  #newest = new Float64Array(0);
  #forgottenMs = new Float64Array(0);
  /** What is being saved, if anything is. */
  #frozen: Frozen<MovementHistoryData> | undefined;

  constructor(capacity: number = REMEMBERED_MOVEMENTS_MAX) {
    this.#capacity = capacity;
  }

  static from(data: MovementHistoryData, capacity: number = REMEMBERED_MOVEMENTS_MAX): MovementHistory {
    const history = new MovementHistory(capacity);
    history.#written = data.written;
    history.#rows = data.rows.slice();
    history.#steps = data.steps.slice();
    history.#occurredAtMs = data.occurredAtMs.slice();
    history.#previous = data.previous.slice();
    history.#newest = data.newest.slice();
    history.#forgottenMs = data.forgottenMs.slice();
    return history;
  }

  add(row: number, steps: number, occurredAtMs: number): void {
    const ordinal = this.#written++;
    const slot = ordinal % this.#capacity;
    this.#grow(slot, row);
    this.#beforeWrite(slot, row);
    if (ordinal >= this.#capacity) this.#forget(slot);
    this.#rows[slot] = row;
    this.#steps[slot] = steps;
    this.#occurredAtMs[slot] = occurredAtMs;
    this.#previous[slot] = this.#newest[row] as number;
    this.#newest[row] = ordinal;
  }

  /** What moved SELLABLE of a position later than `asOfMs`; undefined when that is not remembered any more. */
  stepsAfter(row: number, asOfMs: number): number | undefined {
    if (asOfMs < (this.#forgottenMs[row] ?? 0)) return undefined;
    let steps = 0;
    let ordinal = this.#newest[row] ?? NONE;
    while (ordinal !== NONE && ordinal >= this.#written - this.#capacity) {
      const slot = ordinal % this.#capacity;
      if ((this.#occurredAtMs[slot] as number) > asOfMs) steps += this.#steps[slot] as number;
      ordinal = this.#previous[slot] as number;
    }
    return steps;
  }

  /** The history as it is now, to be taken while it goes on changing. */
  freeze(): Frozen<MovementHistoryData> {
    for (const values of arraysOf(this.#frozen)) values.finish();
    const used = Math.min(this.#written, this.#capacity);
    this.#frozen = {
      written: this.#written,
      rows: new FrozenArray(this.#rows, used),
      steps: new FrozenArray(this.#steps, used),
      occurredAtMs: new FrozenArray(this.#occurredAtMs, used),
      previous: new FrozenArray(this.#previous, used),
      newest: new FrozenArray(this.#newest),
      forgottenMs: new FrozenArray(this.#forgottenMs),
    };
    return this.#frozen;
  }

  #beforeWrite(slot: number, row: number): void {
    const frozen = this.#frozen;
    if (!frozen) return;
    for (const values of [frozen.rows, frozen.steps, frozen.occurredAtMs, frozen.previous]) values.beforeWrite(slot);
    frozen.newest.beforeWrite(row);
    // What is overwritten is remembered for the position that it was of.
    frozen.forgottenMs.beforeWrite(this.#rows[slot] as number);
  }

  #forget(slot: number): void {
    const row = this.#rows[slot] as number;
    this.#forgottenMs[row] = Math.max(this.#forgottenMs[row] as number, this.#occurredAtMs[slot] as number);
  }

  #grow(slot: number, row: number): void {
    this.#rows = grown(this.#rows, slot + 1);
    this.#steps = grown(this.#steps, slot + 1);
    this.#occurredAtMs = grown(this.#occurredAtMs, slot + 1);
    this.#previous = grown(this.#previous, slot + 1, NONE);
    this.#newest = grown(this.#newest, row + 1, NONE);
    this.#forgottenMs = grown(this.#forgottenMs, row + 1);
  }
}

function arraysOf(frozen: Frozen<MovementHistoryData> | undefined): readonly FrozenArray[] {
  return Object.values(frozen ?? {}).filter((value) => value instanceof FrozenArray);
}
