import type { Steps } from '../../../kernel/model/quantity.ts';
import { NONE } from './bucket.ts';
import { freeOf } from './availability.ts';
import type { LedgerState } from './ledger-state.ts';

export interface Binding {
  readonly sku: number;
  readonly location: number;
  /** Index of the network whose demand is bound, NONE for a claim that was no demand of a network before. */
  readonly fromNetwork: number;
}

/**
 * How much may be bound to a location without making accepted demand of other networks unservable.
 *
 * By Hall's theorem the demand of a set of networks can be served if and only if it is no more than the free stock of
 * all their locations together. Binding `q` units takes `q` from the supply of every set that the location serves, and
 * from the demand of those sets that the units come from; the others must keep enough. Where demand is beyond supply
 * already, because stock was lost, what cannot be served must not become more.
 */
export function bindableWithoutHarm(state: LedgerState, { sku, location, fromNetwork }: Binding): Steps {
  const demanding = state.unsourced.networksWithDemand(sku);
  const harmed = demanding & ~(fromNetwork === NONE ? 0 : 1 << fromNetwork);
  const servedHere = state.territory.networksOf(location);
  if ((harmed & servedHere) === 0) return Number.MAX_SAFE_INTEGER;
  const supplies = suppliesByNetworks(state, sku);
  let deficiency = 0;
  let tightest = Number.MAX_SAFE_INTEGER;
  // All non-empty subsets of the networks with demand: at most 2^16, and few have demand at the same time.
  for (let set = demanding; set !== 0; set = (set - 1) & demanding) {
    const surplus = supplyOf(supplies, set) - state.unsourced.sumOver(sku, set);
    deficiency = Math.max(deficiency, -surplus);
    const isHarmed = (set & ~harmed) === 0 && (set & servedHere) !== 0;
    if (isHarmed) tightest = Math.min(tightest, surplus);
  }
  return Math.max(0, tightest + deficiency);
}

/** Free stock of a SKU by the set of networks that its location belongs to. */
function suppliesByNetworks(state: LedgerState, sku: number): ReadonlyMap<number, Steps> {
  const { positions, territory } = state;
  const supplies = new Map<number, Steps>();
  for (let row = positions.firstOfSku(sku); row !== NONE; row = positions.nextOfSku(row)) {
    const networks = territory.networksOf(positions.locationOf(row));
    const free = freeOf(state, row);
    if (networks !== 0 && free > 0) supplies.set(networks, (supplies.get(networks) ?? 0) + free);
  }
  return supplies;
}

function supplyOf(supplies: ReadonlyMap<number, Steps>, networks: number): Steps {
  let sum = 0;
  for (const [served, steps] of supplies) if ((served & networks) !== 0) sum += steps;
  return sum;
}
