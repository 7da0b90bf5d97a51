import { COLUMN, COLUMNS, NONE } from './bucket.ts';
import { FrozenArray, type Frozen } from './frozen-array.ts';
import { grown } from './grow.ts';
import {
  enterRow,
  findRow,
  LOCATION,
  MOMENTS,
  positionArrays,
  ROW,
  roomOf,
  SKU,
  type PositionArrays,
} from './position-arrays.ts';
import { PositionGrowth } from './position-growth.ts';

/** What a table is saved as; arrays are cut to `size` rows. */
export interface PositionTableData {
  readonly size: number;
  readonly rows: Int32Array;
  readonly moments: Float64Array;
}

/** Cells of a row beside its key. */
const FIGURES = 2;
/** Epoch seconds, unsigned, of the last change of some figures; 0 when it never did. */
const CHANGED_SECONDS = FIGURES + COLUMNS;
const NEXT_OF_SKU = 14;
const NEXT_OF_LOCATION = 15;

/** What of a row needs 64 bits: the sequence of the last change, and the instant of the newest count, 0 for none. */
const CHANGED_SEQ = 0;
const COUNTED_AT_MS = 1;

const DATED: Readonly<Record<number, number>> = {
  [COLUMN.SELLABLE]: 0,
  [COLUMN.softReserved]: 1,
  [COLUMN.allocated]: 2,
};

/**
 * Positions as rows of one typed array, found by (SKU, location) through open addressing, and linked per SKU and per
 * location in the order of their making. A slot holds the number of a row and, in the bits above it, a tag of the key, so
 * that a look-up touches one slot, or some side by side, and one row. 88 bytes a position before arrays grow ahead, and
 * nothing for the garbage collector to walk.
 */
export class PositionTable {
  #size = 0;
  #arrays: PositionArrays = positionArrays(0);
  /** Made when the room is nearly full. */
  #growth: PositionGrowth | undefined;
  #firstOfSku = new Int32Array(0);
  #firstOfLocation = new Int32Array(0);
  #sizeOfLocation = new Int32Array(0);
  /** What is being saved, if anything is. */
  #frozen: Frozen<PositionTableData> | undefined;

  static from(data: PositionTableData): PositionTable {
    const table = new PositionTable();
    table.#size = data.size;
    table.#arrays = positionArrays(data.size);
    table.#arrays.rows.set(data.rows);
    table.#arrays.moments.set(data.moments);
    for (let row = 0; row < data.size; row++) {
      table.#lead(table.skuOf(row), table.locationOf(row), row);
      enterRow(table.#arrays, row);
    }
    return table;
  }

  get size(): number {
    return this.#size;
  }

  /** The row of a position, or NONE. */
  find(sku: number, location: number): number {
    return findRow(this.#arrays, sku, location);
  }

  /** The row of a position, which is made when there is none. */
  open(sku: number, location: number): number {
    const found = this.find(sku, location);
    return found === NONE ? this.#add(sku, location) : found;
  }

  skuOf(row: number): number {
    return this.#arrays.rows[row * ROW + SKU] as number;
  }

  locationOf(row: number): number {
    return this.#arrays.rows[row * ROW + LOCATION] as number;
  }

  get(row: number, column: number): number {
    return this.#arrays.rows[row * ROW + FIGURES + column] as number;
  }

  /** The caller has held the sum against STEPS_MAX. */
  add(row: number, column: number, steps: number): void {
    const cell = row * ROW + FIGURES + column;
    this.#writeFigure(row, cell, (this.#arrays.rows[cell] as number) + steps);
  }

  /** Notes when a figure changed. */
  date(row: number, column: number, at: { readonly seq: number; readonly recordedAtMs: number }): void {
    this.#writeMoment(row, CHANGED_SEQ, at.seq);
    const dated = DATED[column];
    if (dated === undefined) return;
    this.#writeFigure(row, row * ROW + CHANGED_SECONDS + dated, Math.floor(at.recordedAtMs / 1000));
  }

  changedSeqOf(row: number): number {
    return this.#arrays.moments[row * MOMENTS + CHANGED_SEQ] as number;
  }

  /** To the second; undefined when the figure never changed. */
  changedAtMs(row: number, column: number): number | undefined {
    const seconds = (this.#arrays.rows[row * ROW + CHANGED_SECONDS + (DATED[column] ?? 0)] as number) >>> 0;
    return seconds === 0 ? undefined : seconds * 1000;
  }

  /** The instant of the newest count, epoch milliseconds; 0 when there was none. */
  countedAtMs(row: number): number {
    return this.#arrays.moments[row * MOMENTS + COUNTED_AT_MS] as number;
  }

  setCountedAtMs(row: number, asOfMs: number): void {
    this.#writeMoment(row, COUNTED_AT_MS, asOfMs);
  }

  /** The row that was made last for a SKU, or NONE; `nextOfSku` leads on to the older ones. */
  firstOfSku(sku: number): number {
    return this.#firstOfSku[sku] ?? NONE;
  }

  nextOfSku(row: number): number {
    return this.#arrays.rows[row * ROW + NEXT_OF_SKU] as number;
  }

  firstOfLocation(location: number): number {
    return this.#firstOfLocation[location] ?? NONE;
  }

  nextOfLocation(row: number): number {
    return this.#arrays.rows[row * ROW + NEXT_OF_LOCATION] as number;
  }

  sizeOfLocation(location: number): number {
    return this.#sizeOfLocation[location] ?? 0;
  }

  /** The table as it is now, to be taken while it goes on changing. */
  freeze(): Frozen<PositionTableData> {
    this.#frozen?.rows.finish();
    this.#frozen?.moments.finish();
    const size = this.#size;
    this.#frozen = {
      size,
      rows: new FrozenArray(this.#arrays.rows, size * ROW),
      moments: new FrozenArray(this.#arrays.moments, size * MOMENTS),
    };
    return this.#frozen;
  }

  #writeFigure(row: number, cell: number, value: number): void {
    this.#frozen?.rows.beforeWrite(cell);
    this.#arrays.rows[cell] = value;
    if (this.#growth && row < this.#growth.moved) this.#growth.arrays.rows[cell] = value;
  }

  #writeMoment(row: number, moment: number, value: number): void {
    const cell = row * MOMENTS + moment;
    this.#frozen?.moments.beforeWrite(cell);
    this.#arrays.moments[cell] = value;
    if (this.#growth && row < this.#growth.moved) this.#growth.arrays.moments[cell] = value;
  }

  #add(sku: number, location: number): number {
    this.#makeRoom();
    const row = this.#size++;
    const { rows } = this.#arrays;
    const cell = row * ROW;
    rows[cell + SKU] = sku;
    rows[cell + LOCATION] = location;
    rows[cell + NEXT_OF_SKU] = this.firstOfSku(sku);
    rows[cell + NEXT_OF_LOCATION] = this.firstOfLocation(location);
    this.#lead(sku, location, row);
    enterRow(this.#arrays, row);
    return row;
  }

  #makeRoom(): void {
    if (PositionGrowth.isDue(this.#arrays, this.#size)) this.#growth ??= new PositionGrowth(this.#arrays);
    this.#growth?.proceed(this.#size);
    if (this.#size < roomOf(this.#arrays)) return;
    this.#arrays = (this.#growth as PositionGrowth).finish(this.#size);
    this.#growth = undefined;
  }

  /** Makes a row the first of its SKU and of its location. */
  #lead(sku: number, location: number, row: number): void {
    this.#firstOfSku = grown(this.#firstOfSku, sku + 1, NONE);
    this.#firstOfLocation = grown(this.#firstOfLocation, location + 1, NONE);
    this.#sizeOfLocation = grown(this.#sizeOfLocation, location + 1);
    this.#firstOfSku[sku] = row;
    this.#firstOfLocation[location] = row;
    this.#sizeOfLocation[location] = this.sizeOfLocation(location) + 1;
  }
}
