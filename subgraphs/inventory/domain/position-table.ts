import { COLUMN, COLUMNS, NONE } from './bucket.ts';
import { grown } from './grow.ts';

/** What a table is saved as; arrays are cut to `size` rows. */
export interface PositionTableData {
  readonly size: number;
  readonly skus: Int32Array;
  readonly locations: Int32Array;
  readonly cells: Int32Array;
  readonly changedSeqs: Float64Array;
  readonly changedSeconds: Uint32Array;
  readonly countedAtMs: Float64Array;
}

const DATED_COLUMNS = 3;
const DATED: Readonly<Record<number, number>> = {
  [COLUMN.SELLABLE]: 0,
  [COLUMN.softReserved]: 1,
  [COLUMN.allocated]: 2,
};

/**
 * Positions as rows of typed arrays, found by (SKU, location) through open addressing, and linked per SKU and per
 * location in the order of their making. About 100 bytes a position, and nothing for the garbage collector to walk.
 */
export class PositionTable {
  #size = 0;
  #slots = new Int32Array(128).fill(NONE);
  #skus = new Int32Array(0);
  #locations = new Int32Array(0);
  #cells = new Int32Array(0);
  #changedSeqs = new Float64Array(0);
  /** Epoch seconds of the last change of SELLABLE, softReserved and allocated; 0 when it never did. */
  #changedSeconds = new Uint32Array(0);
  /** The instant of the newest count, epoch milliseconds; 0 when there was none. */
  #countedAtMs = new Float64Array(0);
  #nextOfSku = new Int32Array(0);
  #firstOfSku = new Int32Array(0);
  #nextOfLocation = new Int32Array(0);
  #firstOfLocation = new Int32Array(0);
  #sizeOfLocation = new Int32Array(0);

  static from(data: PositionTableData): PositionTable {
    const table = new PositionTable();
    for (let row = 0; row < data.size; row++) table.open(data.skus[row] as number, data.locations[row] as number);
    table.#cells.set(data.cells);
    table.#changedSeqs.set(data.changedSeqs);
    table.#changedSeconds.set(data.changedSeconds);
    table.#countedAtMs.set(data.countedAtMs);
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
    return this.#skus[row] as number;
  }

  locationOf(row: number): number {
    return this.#locations[row] as number;
  }

  get(row: number, column: number): number {
    return this.#cells[row * COLUMNS + column] as number;
  }

  /** The caller has held the sum against STEPS_MAX. */
  add(row: number, column: number, steps: number): void {
    const cell = row * COLUMNS + column;
    this.#cells[cell] = (this.#cells[cell] as number) + steps;
  }

  /** Notes when a figure changed. */
  date(row: number, column: number, at: { readonly seq: number; readonly recordedAtMs: number }): void {
    this.#changedSeqs[row] = at.seq;
    const dated = DATED[column];
    if (dated !== undefined) this.#changedSeconds[row * DATED_COLUMNS + dated] = Math.floor(at.recordedAtMs / 1000);
  }

  changedSeqOf(row: number): number {
    return this.#changedSeqs[row] as number;
  }

  /** To the second; undefined when the figure never changed. */
  changedAtMs(row: number, column: number): number | undefined {
    const seconds = this.#changedSeconds[row * DATED_COLUMNS + (DATED[column] ?? 0)] as number;
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
    return this.#nextOfSku[row] as number;
  }

  firstOfLocation(location: number): number {
    return this.#firstOfLocation[location] ?? NONE;
  }

  nextOfLocation(row: number): number {
    return this.#nextOfLocation[row] as number;
  }

  sizeOfLocation(location: number): number {
    return this.#sizeOfLocation[location] ?? 0;
  }

  toData(): PositionTableData {
    const size = this.#size;
    return {
      size,
      skus: this.#skus.slice(0, size),
      locations: this.#locations.slice(0, size),
      cells: this.#cells.slice(0, size * COLUMNS),
      changedSeqs: this.#changedSeqs.slice(0, size),
      changedSeconds: this.#changedSeconds.slice(0, size * DATED_COLUMNS),
      countedAtMs: this.#countedAtMs.slice(0, size),
    };
  }

  #slotOf(sku: number, location: number): number {
    const mask = this.#slots.length - 1;
    let slot = hash(sku, location) & mask;
    for (;;) {
      const row = this.#slots[slot] as number;
      if (row === NONE || (this.#skus[row] === sku && this.#locations[row] === location)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #add(slot: number, sku: number, location: number): number {
    const row = this.#size++;
    this.#grow(sku, location);
    this.#slots[slot] = row;
    this.#skus[row] = sku;
    this.#locations[row] = location;
    this.#nextOfSku[row] = this.#firstOfSku[sku] as number;
    this.#firstOfSku[sku] = row;
    this.#nextOfLocation[row] = this.#firstOfLocation[location] as number;
    this.#firstOfLocation[location] = row;
    this.#sizeOfLocation[location] = (this.#sizeOfLocation[location] as number) + 1;
    // Half full at most, so that look-ups stay short.
    if (this.#size * 2 > this.#slots.length) this.#rehash();
    return row;
  }

  #grow(sku: number, location: number): void {
    const size = this.#size;
    this.#skus = grown(this.#skus, size);
    this.#locations = grown(this.#locations, size);
    this.#cells = grown(this.#cells, size * COLUMNS);
    this.#changedSeqs = grown(this.#changedSeqs, size);
    this.#changedSeconds = grown(this.#changedSeconds, size * DATED_COLUMNS);
    this.#countedAtMs = grown(this.#countedAtMs, size);
    this.#nextOfSku = grown(this.#nextOfSku, size);
    this.#nextOfLocation = grown(this.#nextOfLocation, size);
    this.#firstOfSku = grown(this.#firstOfSku, sku + 1, NONE);
    this.#firstOfLocation = grown(this.#firstOfLocation, location + 1, NONE);
    this.#sizeOfLocation = grown(this.#sizeOfLocation, location + 1);
  }

  #rehash(): void {
    this.#slots = new Int32Array(this.#slots.length * 2).fill(NONE);
    for (let row = 0; row < this.#size; row++) {
      this.#slots[this.#slotOf(this.#skus[row] as number, this.#locations[row] as number)] = row;
    }
  }
}

/** Mixes both indexes, which are small and dense, over 32 bits. */
function hash(sku: number, location: number): number {
  let mixed = Math.imul(sku, 0x9e3779b1) ^ Math.imul(location, 0x85ebca6b);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x2c1b3c6d) >>> 0;
}
