import { NONE } from './bucket.ts';
import type { LedgerState } from './ledger-state.ts';
import type { RuleScope } from './rule-table.ts';

/**
 * The registered SKUs, by index and each once, whose availability may depend on rules of these scopes; of a component
 * also the kits that contain it.
 */
export function* skusConcerned(state: LedgerState, scopes: readonly RuleScope[]): Iterable<number> {
  if (scopes.some(({ sku, location }) => sku === undefined && location === undefined)) {
    for (let sku = 0; sku < state.skus.length; sku++) if (state.skus[sku]) yield sku;
    return;
  }
  const seen = new Set<number>();
  for (const scope of scopes) {
    for (const sku of withKits(state, skusOf(state, scope))) {
      if (seen.has(sku) || !state.skus[sku]) continue;
      seen.add(sku);
      yield sku;
    }
  }
}

function* withKits({ kits }: LedgerState, skus: Iterable<number>): Iterable<number> {
  for (const sku of skus) {
    yield sku;
    yield* kits.of(sku);
  }
}

function* skusOf({ skuIds, locationIds, positions }: LedgerState, { sku, location }: RuleScope): Iterable<number> {
  if (sku !== undefined) {
    yield skuIds.find(sku) ?? NONE;
    return;
  }
  const place = locationIds.find(location ?? '') ?? NONE;
  for (let row = positions.firstOfLocation(place); row !== NONE; row = positions.nextOfLocation(row)) {
    yield positions.skuOf(row);
  }
}
