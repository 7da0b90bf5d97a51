import { NETWORKS_MAX } from './sales-territory.ts';

/** NETWORK reservations by SKU and network: accepted demand that has no location yet. */
export class UnsourcedDemand {
  readonly #steps = new Map<number, number>();

  constructor(entries: Iterable<readonly [number, number]> = []) {
    for (const [key, steps] of entries) this.#steps.set(key, steps);
  }

  add(sku: number, network: number, steps: number): void {
    const key = sku * NETWORKS_MAX + network;
    const sum = (this.#steps.get(key) ?? 0) + steps;
    if (sum === 0) this.#steps.delete(key);
    else this.#steps.set(key, sum);
  }

  of(sku: number, network: number): number {
    return this.#steps.get(sku * NETWORKS_MAX + network) ?? 0;
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
    return new Set([...this.#steps.keys()].map((key) => Math.floor(key / NETWORKS_MAX)));
  }

  toEntries(): readonly (readonly [number, number])[] {
    return [...this.#steps];
  }
}
