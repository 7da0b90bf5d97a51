import type { Steps } from '../../../kernel/model/quantity.ts';

export type SupplyKind = 'IN_TRANSIT' | 'ON_ORDER';

/** Stock that is to come: how much, where, by when, and which document says so. */
export interface DatedSupply {
  readonly kind: SupplyKind;
  /** The transfer, or the purchase order or notice of a supplier. */
  readonly document: string;
  readonly sku: number;
  readonly location: number;
  /** More than zero. */
  readonly steps: Steps;
  /** Epoch milliseconds; null when nobody has said. */
  readonly expectedAtMs: number | null;
  /** Of `steps`, what comes for orders and may be promised to nobody else; absent: nothing. */
  readonly promised?: Steps;
}

const NO_SUPPLY: readonly DatedSupply[] = [];

/**
 * What is to come to each position, which follows from transfers and supply documents. Few positions have any, so it
 * costs the others nothing.
 */
export class SupplyIndex {
  readonly #ofPosition = new Map<string, readonly DatedSupply[]>();

  /** The earliest first, those without a date last. */
  at(sku: number, location: number): readonly DatedSupply[] {
    return this.#ofPosition.get(keyOf(sku, location)) ?? NO_SUPPLY;
  }

  total(sku: number, location: number, kind: SupplyKind): Steps {
    let sum = 0;
    for (const supply of this.at(sku, location)) if (supply.kind === kind) sum += supply.steps;
    return sum;
  }

  /** Puts what a document brings to a position in the place of what it brought before. */
  replace(
    { kind, document, sku, location }: Pick<DatedSupply, 'kind' | 'document' | 'sku' | 'location'>,
    brought: readonly Pick<DatedSupply, 'steps' | 'expectedAtMs' | 'promised'>[],
  ): void {
    const others = this.at(sku, location).filter((one) => one.kind !== kind || one.document !== document);
    const own = brought.map((each) => ({ kind, document, sku, location, ...each }));
    const all = [...others, ...own].sort(byDate);
    if (all.length > 0) this.#ofPosition.set(keyOf(sku, location), all);
    else this.#ofPosition.delete(keyOf(sku, location));
  }
}

/** Documents break ties, so that every replay comes to the same order. */
export function byDate(a: DatedSupply, b: DatedSupply): number {
  const difference = (a.expectedAtMs ?? Number.MAX_SAFE_INTEGER) - (b.expectedAtMs ?? Number.MAX_SAFE_INTEGER);
  if (difference !== 0) return difference;
  return a.document < b.document ? -1 : Number(a.document > b.document);
}

const keyOf = (sku: number, location: number): string => `${sku}|${location}`;
