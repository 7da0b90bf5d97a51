import { enterRow, MOMENTS, positionArrays, ROW, roomOf, type PositionArrays } from './position-arrays.ts';

/** Rows that are copied at a time, and new rows between: all are copied long before the room is full. */
const ROWS_PER_STEP = 512;
const STEP_EVERY = 64;

/**
 * Arrays of twice the size for a position table, made little by little while the old ones are still in use. So no new row
 * has to wait until millions of others have moved; look-ups notice nothing, and a write to what has moved already is made
 * twice.
 */
export class PositionGrowth {
  readonly arrays: PositionArrays;
  readonly #from: PositionArrays;
  #moved = 0;

  constructor(from: PositionArrays) {
    this.#from = from;
    this.arrays = positionArrays(roomOf(from) * 2);
  }

  /** Whether it is time to begin. */
  static isDue(arrays: PositionArrays, size: number): boolean {
    return size * 4 >= roomOf(arrays) * 3;
  }

  /** Rows before this one have moved. */
  get moved(): number {
    return this.#moved;
  }

  /** To be called when the table has come to a size. */
  proceed(size: number): void {
    if (size % STEP_EVERY === 0) this.#move(Math.min(size, this.#moved + ROWS_PER_STEP));
  }

  /** @returns the arrays, which hold all rows now */
  finish(size: number): PositionArrays {
    this.#move(size);
    return this.arrays;
  }

  #move(end: number): void {
    const from = this.#moved;
    if (from === end) return;
    const { rows, moments } = this.#from;
    this.arrays.rows.set(rows.subarray(from * ROW, end * ROW), from * ROW);
    this.arrays.moments.set(moments.subarray(from * MOMENTS, end * MOMENTS), from * MOMENTS);
    for (let row = from; row < end; row++) enterRow(this.arrays, row);
    this.#moved = end;
  }
}
