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
export function bindableWithoutHarm(state: LedgerState, { location, ...demand }: Binding): Steps {
  return new HarmlessBindings(state, demand).at(location);
}

/**
 * `bindableWithoutHarm` at many locations for one demand: the stock of all locations is summed once, and locations of the
 * same networks have the same answer. Good for as long as the state does not change.
 */
export class HarmlessBindings {
  readonly #state: LedgerState;
  readonly #sku: number;
  readonly #demanding: number;
  readonly #harmed: number;
  /** By the networks that a location serves. */
  readonly #known = new Map<number, Steps>();
  #supplies: ReadonlyMap<number, Steps> | undefined;

  constructor(state: LedgerState, { sku, fromNetwork }: Omit<Binding, 'location'>) {
    this.#state = state;
    this.#sku = sku;
    this.#demanding = state.unsourced.networksWithDemand(sku);
    this.#harmed = this.#demanding & ~(fromNetwork === NONE ? 0 : 1 << fromNetwork);
  }

  at(location: number): Steps {
    const servedHere = this.#state.territory.networksOf(location);
    if ((this.#harmed & servedHere) === 0) return Number.MAX_SAFE_INTEGER;
    const known = this.#known.get(servedHere);
    if (known !== undefined) return known;
    const steps = this.#stepsFor(servedHere);
    this.#known.set(servedHere, steps);
    return steps;
  }

  #stepsFor(servedHere: number): Steps {
    this.#supplies ??= suppliesByNetworks(this.#state, this.#sku);
    let deficiency = 0;
    let tightest = Number.MAX_SAFE_INTEGER;
    // All non-empty subsets of the networks with demand: at most 2^16, and few have demand at the same time.
    for (let set = this.#demanding; set !== 0; set = (set - 1) & this.#demanding) {
      const surplus = supplyOf(this.#supplies, set) - this.#state.unsourced.sumOver(this.#sku, set);
      deficiency = Math.max(deficiency, -surplus);
      const isHarmed = (set & ~this.#harmed) === 0 && (set & servedHere) !== 0;
      if (isHarmed) tightest = Math.min(tightest, surplus);
    }
    return Math.max(0, tightest + deficiency);
  }
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
