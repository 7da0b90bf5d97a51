import { LotRegister, type LotRegisterData } from './lot-register.ts';
import { SerialRegister, type SerialRegisterData } from './serial-register.ts';
import { TrackedPosition, type TrackedPositionData } from './tracked-position.ts';

export interface TrackedStockData {
  readonly positions: readonly (readonly [number, TrackedPositionData])[];
  readonly lots: LotRegisterData;
  readonly serials: SerialRegisterData;
}

/** Lots and serials of the SKUs that are tracked, beside the positions, which know quantities only. */
export class TrackedStock {
  readonly lots: LotRegister;
  readonly serials: SerialRegister;
  /** By the row of the position. */
  readonly #positions: Map<number, TrackedPosition>;

  constructor(data?: TrackedStockData) {
    this.lots = new LotRegister(data?.lots);
    this.serials = new SerialRegister(data?.serials);
    this.#positions = new Map((data?.positions ?? []).map(([row, position]) => [row, new TrackedPosition(position)]));
    for (const { serial, row, bucket } of this.serials.held()) this.open(row).serials.set(serial, bucket);
  }

  at(row: number): TrackedPosition | undefined {
    return this.#positions.get(row);
  }

  open(row: number): TrackedPosition {
    const known = this.#positions.get(row);
    if (known) return known;
    const made = new TrackedPosition();
    this.#positions.set(row, made);
    return made;
  }

  /** The positions of a SKU are no longer tracked, or in another way. */
  forget(sku: number, rows: Iterable<number>): void {
    for (const row of rows) this.#positions.delete(row);
    this.lots.forget(sku);
    this.serials.forget(sku);
  }

  positions(): Iterable<readonly [number, TrackedPosition]> {
    return this.#positions;
  }

  /** Without the serials, of which there may be very many. */
  toData(): Omit<TrackedStockData, 'serials'> {
    const positions = [...this.#positions].map(([row, position]) => [row, position.toData()] as const);
    return { positions, lots: this.lots.toData() };
  }
}
