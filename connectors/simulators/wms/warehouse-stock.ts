import { formatDecimal } from '../runtime/decimal.ts';
import { StockBook } from '../runtime/stock-book.ts';
import type { StockLevel } from '../runtime/stock-book.ts';

const STOCK_STATUSES = ['available', 'hold', 'damaged', 'quarantine'] as const;
export type StockStatus = (typeof STOCK_STATUSES)[number];

export function isStockStatus(text: string): text is StockStatus {
  return (STOCK_STATUSES as readonly string[]).includes(text);
}

export interface WarehouseItem {
  readonly sku: string;
  readonly name: string;
  readonly gtin?: string;
  /** Smallest quantity moved, as a decimal. */
  readonly step: string;
}

interface Spot {
  readonly warehouse: string;
  readonly sku: string;
}

/** Stock of all warehouses by status, what open orders have claimed of it, and the bins it lies in. */
export class WarehouseStock {
  readonly #book = new StockBook();
  readonly #allocated = new Map<string, number>();
  readonly #bins = new Map<string, string>();

  booked(spot: Spot, status: StockStatus): number {
    return this.#book.booked(placeOf(spot, status));
  }

  actual(spot: Spot, status: StockStatus): number {
    return this.#book.actual(placeOf(spot, status));
  }

  allocated(spot: Spot): number {
    return this.#allocated.get(keyOf(spot)) ?? 0;
  }

  /** What a new order could still claim. */
  unclaimed(spot: Spot): number {
    return this.booked(spot, 'available') - this.allocated(spot);
  }

  claim(spot: Spot, units: number): void {
    this.#allocated.set(keyOf(spot), this.allocated(spot) + units);
  }

  move(spot: Spot, status: StockStatus, units: number): void {
    this.#book.move(placeOf(spot, status), units);
  }

  /** The book alone moves to hold, where somebody will look: whatever is really there stays where it is. */
  suspect(spot: Spot, units: number): void {
    const truthAvailable = this.actual(spot, 'available');
    const truthHold = this.actual(spot, 'hold');
    this.move(spot, 'available', -units);
    this.move(spot, 'hold', units);
    this.changeTruth(spot, 'available', truthAvailable - this.actual(spot, 'available'));
    this.changeTruth(spot, 'hold', truthHold - this.actual(spot, 'hold'));
  }

  count(spot: Spot, status: StockStatus, units: number): number {
    return this.#book.count(placeOf(spot, status), units);
  }

  changeTruth(spot: Spot, status: StockStatus, units: number): void {
    this.#book.change(placeOf(spot, status), units);
  }

  truth(): readonly StockLevel[] {
    return this.#book.truth();
  }

  /** Each SKU and status has one bin, which never changes. */
  bin(spot: Spot, status: StockStatus): string {
    const key = `${keyOf(spot)}\n${status}`;
    const known = this.#bins.get(key);
    if (known !== undefined) return known;
    const index = this.#bins.size;
    const aisle = String.fromCodePoint(65 + (Math.floor(index / 100) % 26));
    const bin = `${aisle}-${String(Math.floor(index / 10) % 10).padStart(2, '0')}-${String(index).padStart(4, '0')}`;
    this.#bins.set(key, bin);
    return bin;
  }
}

interface StockBin {
  readonly bin: string;
  readonly status: StockStatus;
  readonly quantity: string;
}

/** One row of a stock answer. */
export function stockObject(
  stock: WarehouseStock,
  spot: Spot,
): Readonly<Record<string, unknown>> & { readonly sku: string; readonly bins: readonly StockBin[] } {
  const units = STOCK_STATUSES.map((status) => ({ status, units: stock.booked(spot, status) }));
  const onHand = units.reduce((total, level) => total + level.units, 0);
  return {
    sku: spot.sku,
    warehouse: spot.warehouse,
    on_hand: formatDecimal(onHand),
    allocated: formatDecimal(stock.allocated(spot)),
    available_to_allocate: formatDecimal(stock.unclaimed(spot)),
    statuses: Object.fromEntries(units.map((level) => [level.status, formatDecimal(level.units)])),
    bins: units
      .filter((level) => level.units !== 0)
      .map((level) => ({
        bin: stock.bin(spot, level.status),
        status: level.status,
        quantity: formatDecimal(level.units),
      })),
  };
}

function placeOf(spot: Spot, status: StockStatus): { location: string; sku: string; status: string } {
  return { location: spot.warehouse, sku: spot.sku, status };
}

function keyOf(spot: Spot): string {
  return `${spot.warehouse}\n${spot.sku}`;
}
