import { NETWORKS_MAX } from './sales-territory.ts';
import { SkuGrid, type SkuGridData } from './sku-grid.ts';

/** NETWORK reservations by SKU and network: accepted demand that has no location yet. */
export class UnsourcedDemand {
  readonly #steps: SkuGrid;

  constructor(data?: SkuGridData) {
    this.#steps = data ? SkuGrid.from(data, 0) : new SkuGrid(0);
  }

  add(sku: number, network: number, steps: number): void {
    this.#steps.add(sku, network, steps);
  }

  of(sku: number, network: number): number {
    return this.#steps.get(sku, network);
  }

  /** The demand of every network of a set, which is given as bits. */
  sumOver(sku: number, networks: number): number {
    let sum = 0;
    for (let network = 0, rest = networks; rest !== 0; network++, rest >>>= 1) {
      if (rest & 1) sum += this.of(sku, network);
    }
    return sum;
  }

  /** The networks of a set that have demand, as bits. */
  networksWithDemand(sku: number): number {
    let set = 0;
    for (let network = 0; network < NETWORKS_MAX; network++) if (this.of(sku, network) > 0) set |= 1 << network;
    return set;
  }

  /** Those with demand of any network. */
  skus(): ReadonlySet<number> {
    return new Set(Array.from(this.#steps.entries(), ([sku]) => sku));
  }

  /** Every demand, by SKU and network. */
  toEntries(): readonly (readonly [sku: number, network: number, steps: number])[] {
    return [...this.#steps.entries()];
  }

  toData(): SkuGridData {
    return this.#steps.toData();
  }
}
