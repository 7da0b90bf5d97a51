import type { PositionTable } from './position-table.ts';
import type { RuleTable } from './rule-table.ts';
import type { SalesTerritory } from './sales-territory.ts';
import { SkuGrid } from './sku-grid.ts';
import type { SkuRecord } from './sku-record.ts';

/** All that the contribution of a location follows from. */
interface Sources {
  readonly positions: PositionTable;
  readonly rules: RuleTable;
  readonly territory: SalesTerritory;
  readonly staleLocations: ReadonlySet<number>;
  readonly skus: readonly (SkuRecord | undefined)[];
}

/**
 * What all locations of a channel contribute to it, per SKU: a question needs no walk over fifty positions. It is summed
 * when somebody asks first, follows each change of a position by the difference, and is forgotten with whatever else it
 * follows from. A cache: it is no part of a snapshot, and an audit holds it against the plain sum.
 */
export class NodeSums {
  readonly #sources: Sources;
  readonly #sums = new SkuGrid(Number.NaN);

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** False for a trial with other rules or positions than those that are summed here. */
  isOf({ positions, rules, territory, staleLocations, skus }: Sources): boolean {
    const sources = this.#sources;
    return (
      positions === sources.positions &&
      rules === sources.rules &&
      territory === sources.territory &&
      staleLocations === sources.staleLocations &&
      skus === sources.skus
    );
  }

  /** NaN when it is not known. */
  get(sku: number, channel: number): number {
    return this.#sums.get(sku, channel);
  }

  set(sku: number, channel: number, sum: number): void {
    this.#sums.set(sku, channel, sum);
  }

  /** Adds to a sum that is known. */
  add(sku: number, channel: number, difference: number): void {
    if (difference !== 0) this.#sums.set(sku, channel, this.#sums.get(sku, channel) + difference);
  }

  /** Whether the sum of any channel is known. */
  knows(sku: number): boolean {
    for (let channel = 0; channel < this.#sums.width; channel++) {
      if (!Number.isNaN(this.#sums.get(sku, channel))) return true;
    }
    return false;
  }

  /** After a change of what concerns one SKU beside its positions. */
  forget(sku: number): void {
    this.#sums.clearSku(sku);
  }

  /** After a change of what concerns many. */
  forgetAll(): void {
    this.#sums.clear();
  }
}
