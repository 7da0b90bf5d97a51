import { COLUMN, COLUMNS, NONE } from './bucket.ts';
import { FrozenArray, type Frozen } from './frozen-array.ts';
import { grown } from './grow.ts';

/** What a table is saved as; arrays are cut to `size` rows. */
export interface PositionTableData {
  readonly size: number;
  readonly rows: Int32Array;
  readonly moments: Float64Array;
}

/** Cells of a row: key, figures, dates, links. Sixteen of 32 bits are one line of the processor's cache. */
const SKU = 0;
const LOCATION = 1;
const FIGURES = 2;
/** Epoch seconds, unsigned, of the last change of some figures; 0 when it never did. */
const CHANGED_SECONDS = FIGURES + COLUMNS;
const NEXT_OF_SKU = 14;
const NEXT_OF_LOCATION = 15;
const ROW = 16;

/** What of a row needs 64 bits: the sequence of the last change, and the instant of the newest count, 0 for none. */
const CHANGED_SEQ = 0;
const COUNTED_AT_MS = 1;
const MOMENTS = 2;

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
  #slots = new Int32Array(128).fill(NONE);
  /** Slots are two to the power of this. Half full at most, a row has a number with one bit less. */
  #slotBits = 7;
  #rows = new Int32Array(0);
  #moments = new Float64Array(0);
  #firstOfSku = new Int32Array(0);
  #firstOfLocation = new Int32Array(0);
  #sizeOfLocation = new Int32Array(0);
  /** What is being saved, if anything is. */
  #frozen: Frozen<PositionTableData> | undefined;

  static from(data: PositionTableData): PositionTable {
    const table = new PositionTable();
    table.#size = data.size;
    table.#rows = data.rows.slice();
    table.#moments = data.moments.slice();
    for (let row = 0; row < data.size; row++) table.#lead(table.skuOf(row), table.locationOf(row), row);
    table.#rehash();
    return table;
  }

  get size(): number {
    return this.#size;
  }

  /** The row of a position, or NONE. */
  find(sku: number, location: number): number {
    const slots = this.#slots;
    const rows = this.#rows;
    const mask = slots.length - 1;
    const rowBits = this.#slotBits - 1;
    const key = hash(sku, location);
    const tag = key >>> this.#slotBits;
    for (let slot = key & mask; ; slot = (slot + 1) & mask) {
      const entry = slots[slot] as number;
      if (entry === NONE) return NONE;
      if (entry >>> rowBits !== tag) continue;
      const row = entry & ((1 << rowBits) - 1);
      if (rows[row * ROW + SKU] === sku && rows[row * ROW + LOCATION] === location) return row;
    }
  }

  /** The row of a position, which is made when there is none. */
  open(sku: number, location: number): number {
    const found = this.find(sku, location);
    return found === NONE ? this.#add(sku, location) : found;
  }

  skuOf(row: number): number {
    return this.#rows[row * ROW + SKU] as number;
  }

  locationOf(row: number): number {
    return this.#rows[row * ROW + LOCATION] as number;
  }

  get(row: number, column: number): number {
    return this.#rows[row * ROW + FIGURES + column] as number;
  }

  /** The caller has held the sum against STEPS_MAX. */
  add(row: number, column: number, steps: number): void {
    const cell = row * ROW + FIGURES + column;
    this.#frozen?.rows.beforeWrite(cell);
    this.#rows[cell] = (this.#rows[cell] as number) + steps;
  }

  /** Notes when a figure changed. */
  date(row: number, column: number, at: { readonly seq: number; readonly recordedAtMs: number }): void {
    this.#frozen?.moments.beforeWrite(row * MOMENTS);
    this.#moments[row * MOMENTS + CHANGED_SEQ] = at.seq;
    const dated = DATED[column];
    if (dated === undefined) return;
    this.#frozen?.rows.beforeWrite(row * ROW);
    this.#rows[row * ROW + CHANGED_SECONDS + dated] = Math.floor(at.recordedAtMs / 1000);
  }

  changedSeqOf(row: number): number {
    return this.#moments[row * MOMENTS + CHANGED_SEQ] as number;
  }

  /** To the second; undefined when the figure never changed. */
  changedAtMs(row: number, column: number): number | undefined {
    const seconds = (this.#rows[row * ROW + CHANGED_SECONDS + (DATED[column] ?? 0)] as number) >>> 0;
    return seconds === 0 ? undefined : seconds * 1000;
  }

  /** The instant of the newest count, epoch milliseconds; 0 when there was none. */
  countedAtMs(row: number): number {
    return this.#moments[row * MOMENTS + COUNTED_AT_MS] as number;
  }

  setCountedAtMs(row: number, asOfMs: number): void {
    this.#frozen?.moments.beforeWrite(row * MOMENTS);
    this.#moments[row * MOMENTS + COUNTED_AT_MS] = asOfMs;
  }

  /** The row that was made last for a SKU, or NONE; `nextOfSku` leads on to the older ones. */
  firstOfSku(sku: number): number {
    return this.#firstOfSku[sku] ?? NONE;
  }

  nextOfSku(row: number): number {
    return this.#rows[row * ROW + NEXT_OF_SKU] as number;
  }

  firstOfLocation(location: number): number {
    return this.#firstOfLocation[location] ?? NONE;
  }

  nextOfLocation(row: number): number {
    return this.#rows[row * ROW + NEXT_OF_LOCATION] as number;
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
      rows: new FrozenArray(this.#rows, size * ROW),
      moments: new FrozenArray(this.#moments, size * MOMENTS),
    };
    return this.#frozen;
  }

  #add(sku: number, location: number): number {
    const row = this.#size++;
    this.#rows = grown(this.#rows, this.#size * ROW);
    this.#moments = grown(this.#moments, this.#size * MOMENTS);
    const cell = row * ROW;
    this.#rows[cell + SKU] = sku;
    this.#rows[cell + LOCATION] = location;
    this.#rows[cell + NEXT_OF_SKU] = this.firstOfSku(sku);
    this.#rows[cell + NEXT_OF_LOCATION] = this.firstOfLocation(location);
    this.#lead(sku, location, row);
    // Half full at most, so that look-ups stay short.
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    else this.#enter(row);
    return row;
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

  #rehash(): void {
    while (2 ** this.#slotBits < this.#size * 2) this.#slotBits++;
    this.#slots = new Int32Array(2 ** this.#slotBits).fill(NONE);
    for (let row = 0; row < this.#size; row++) this.#enter(row);
  }

  /** Puts a row into the first slot from its place on that is empty. */
  #enter(row: number): void {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const key = hash(this.skuOf(row), this.locationOf(row));
    let slot = key & mask;
    while (slots[slot] !== NONE) slot = (slot + 1) & mask;
    slots[slot] = ((key >>> this.#slotBits) << (this.#slotBits - 1)) | row;
  }
}

/** Mixes both indexes, which are small and dense, over 32 bits. */
function hash(sku: number, location: number): number {
  let mixed = Math.imul(sku, 0x9e3779b1) ^ Math.imul(location, 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) >>> 0;
}
