import { grown } from './grow.ts';

/** What a grid is saved as; cells are cut behind the last SKU of which something is set. */
export interface SkuGridData {
  readonly width: number;
  readonly cells: Float64Array;
}

/**
 * One number per SKU and column, such as a channel or a network, the columns of a SKU side by side. 8 bytes a number; it
 * grows by doubling, to the SKUs and columns that were set.
 */
export class SkuGrid {
  readonly #absent: number;
  /** Columns of a SKU, a power of two. */
  #width = 1;
  #cells = new Float64Array(0);

  /** @param absent what was never set */
  constructor(absent: number) {
    this.#absent = absent;
  }

  static from({ width, cells }: SkuGridData, absent: number): SkuGrid {
    const grid = new SkuGrid(absent);
    grid.#width = width;
    grid.#cells = cells.slice();
    return grid;
  }

  /** Columns beyond were never set. */
  get width(): number {
    return this.#width;
  }

  get(sku: number, column: number): number {
    const cell = sku * this.#width + column;
    return column < this.#width && cell < this.#cells.length ? (this.#cells[cell] as number) : this.#absent;
  }

  set(sku: number, column: number, value: number): void {
    if (column >= this.#width) this.#widen(column + 1);
    this.#cells = grown(this.#cells, (sku + 1) * this.#width, this.#absent);
    this.#cells[sku * this.#width + column] = value;
  }

  /** Adds to what counts from zero. */
  add(sku: number, column: number, difference: number): void {
    this.set(sku, column, this.get(sku, column) + difference);
  }

  /** SKUs of which anything is set, in their order, with their columns. */
  *entries(): Iterable<readonly [sku: number, column: number, value: number]> {
    for (let cell = 0; cell < this.#cells.length; cell++) {
      const value = this.#cells[cell] as number;
      const sku = Math.floor(cell / this.#width);
      if (!Object.is(value, this.#absent)) yield [sku, cell - sku * this.#width, value];
    }
  }

  toData(): SkuGridData {
    let last = this.#cells.length - 1;
    while (last >= 0 && Object.is(this.#cells[last], this.#absent)) last--;
    const skus = Math.floor(last / this.#width) + 1;
    return { width: this.#width, cells: this.#cells.slice(0, skus * this.#width) };
  }

  clearSku(sku: number): void {
    this.#cells.fill(this.#absent, sku * this.#width, (sku + 1) * this.#width);
  }

  clear(): void {
    this.#cells.fill(this.#absent);
  }

  #widen(columns: number): void {
    const former = this.#cells;
    const formerWidth = this.#width;
    while (this.#width < columns) this.#width *= 2;
    const skus = Math.floor(former.length / formerWidth);
    this.#cells = new Float64Array(skus * this.#width).fill(this.#absent);
    for (let sku = 0; sku < skus; sku++) {
      this.#cells.set(former.subarray(sku * formerWidth, (sku + 1) * formerWidth), sku * this.#width);
    }
  }
}
