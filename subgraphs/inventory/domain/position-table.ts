import { COLUMN, COLUMNS, NONE } from './bucket.ts';
import { grown } from './grow.ts';

/** What a table is saved as; arrays are cut to `size` rows. */
export interface PositionTableData {
  readonly size: number;
  readonly rows: Int32Array;
  readonly changedSeqs: Float64Array;
  readonly countedAtMs: Float64Array;
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

const DATED: Readonly<Record<number, number>> = {
  [COLUMN.SELLABLE]: 0,
  [COLUMN.softReserved]: 1,
  [COLUMN.allocated]: 2,
};

/**
 * Positions as rows of one typed array, found by (SKU, location) through open addressing, and linked per SKU and per
 * location in the order of their making. A look-up touches the slot and the row and nothing else. 88 bytes a position
 * before arrays grow ahead, and nothing for the garbage collector to walk.
 */
export class PositionTable {
  #size = 0;
  #slots = new Int32Array(128).fill(NONE);
  #rows = new Int32Array(0);
  #changedSeqs = new Float64Array(0);
  /** The instant of the newest count, epoch milliseconds; 0 when there was none. */
  #countedAtMs = new Float64Array(0);
  #firstOfSku = new Int32Array(0);
  #firstOfLocation = new Int32Array(0);
  #sizeOfLocation = new Int32Array(0);

  static from(data: PositionTableData): PositionTable {
    const table = new PositionTable();
    table.#size = data.size;
    table.#rows = data.rows.slice();
    table.#changedSeqs = data.changedSeqs.slice();
    table.#countedAtMs = data.countedAtMs.slice();
    for (let row = 0; row < data.size; row++) table.#lead(table.skuOf(row), table.locationOf(row), row);
    table.#rehash();
    return table;
  }

  get size(): number {
    return this.#size;
  }

  /** The row of a position, or NONE. */
  find(sku: number, location: number): number {
    const slot = this.#slotOf(sku, location);
    return this.#slots[slot] as number;
  }

  /** The row of a position, which is made when there is none. */
  open(sku: number, location: number): number {
    const slot = this.#slotOf(sku, location);
    const found = this.#slots[slot] as number;
    return found === NONE ? this.#add(slot, sku, location) : found;
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
    this.#rows[cell] = (this.#rows[cell] as number) + steps;
  }

  /** Notes when a figure changed. */
  date(row: number, column: number, at: { readonly seq: number; readonly recordedAtMs: number }): void {
    this.#changedSeqs[row] = at.seq;
    const dated = DATED[column];
    if (dated !== undefined) this.#rows[row * ROW + CHANGED_SECONDS + dated] = Math.floor(at.recordedAtMs / 1000);
  }

  changedSeqOf(row: number): number {
    return this.#changedSeqs[row] as number;
  }

  /** To the second; undefined when the figure never changed. */
  changedAtMs(row: number, column: number): number | undefined {
    const seconds = (this.#rows[row * ROW + CHANGED_SECONDS + (DATED[column] ?? 0)] as number) >>> 0;
    return seconds === 0 ? undefined : seconds * 1000;
  }

  countedAtMs(row: number): number {
    return this.#countedAtMs[row] as number;
  }

  setCountedAtMs(row: number, asOfMs: number): void {
    this.#countedAtMs[row] = asOfMs;
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

  toData(): PositionTableData {
    const size = this.#size;
    return {
      size,
      rows: this.#rows.slice(0, size * ROW),
      changedSeqs: this.#changedSeqs.slice(0, size),
      countedAtMs: this.#countedAtMs.slice(0, size),
    };
  }

  #slotOf(sku: number, location: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(sku, location) & mask;
    for (;;) {
      const row = this.#slots[slot] as number;
      if (row === NONE || (this.skuOf(row) === sku && this.locationOf(row) === location)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #add(slot: number, sku: number, location: number): number {
    const row = this.#size++;
    this.#rows = grown(this.#rows, this.#size * ROW);
    this.#changedSeqs = grown(this.#changedSeqs, this.#size);
    this.#countedAtMs = grown(this.#countedAtMs, this.#size);
    this.#slots[slot] = row;
    const cell = row * ROW;
    this.#rows[cell + SKU] = sku;
    this.#rows[cell + LOCATION] = location;
    this.#rows[cell + NEXT_OF_SKU] = this.firstOfSku(sku);
    this.#rows[cell + NEXT_OF_LOCATION] = this.firstOfLocation(location);
    this.#lead(sku, location, row);
    // Half full at most, so that look-ups stay short.
    if (this.#size * 2 > this.#slots.length) this.#rehash();
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
    let { length } = this.#slots;
    while (length < this.#size * 2) length *= 2;
    this.#slots = new Int32Array(length).fill(NONE);
    for (let row = 0; row < this.#size; row++) {
      this.#slots[this.#slotOf(this.skuOf(row), this.locationOf(row))] = row;
    }
  }
}

/** Mixes both indexes, which are small and dense, over 32 bits. */
function hash(sku: number, location: number): number {
  let mixed = Math.imul(sku, 0x9e3779b1) ^ Math.imul(location, 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) >>> 0;
}
