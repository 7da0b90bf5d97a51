import { freeOf } from '../domain/availability.ts';
import { NONE } from '../domain/bucket.ts';
import type { LedgerState } from '../domain/ledger-state.ts';

/**
 * How much of the unsourced demand of a SKU could be served from free stock: a maximum flow from networks to locations
 * by augmenting paths. Written for its plainness, as the yardstick of what the ledger accepts.
 */
export function servableDemand(state: LedgerState, sku: number): { readonly demand: number; readonly served: number } {
  const networks = [...state.territory.networks.values()];
  const left = new Map(networks.map(({ index }) => [index, state.unsourced.of(sku, index)]));
  const free = new Map<number, number>();
  for (let row = state.positions.firstOfSku(sku); row !== NONE; row = state.positions.nextOfSku(row)) {
    free.set(state.positions.locationOf(row), Math.max(0, freeOf(state, row)));
  }
  const flow = new Map<string, number>();
  const demand = [...left.values()].reduce((sum, steps) => sum + steps, 0);
  let served = 0;
  for (const { index } of networks) {
    while ((left.get(index) ?? 0) > 0 && augment(index, new Set())) {
      left.set(index, (left.get(index) ?? 0) - 1);
      served++;
    }
  }
  return { demand, served };

  /** One more unit for a network, if need be by moving another network's unit elsewhere. */
  function augment(network: number, visited: Set<number>): boolean {
    if (visited.has(network)) return false;
    visited.add(network);
    const locations = networks.find(({ index }) => index === network)?.locations ?? [];
    for (const location of locations) {
      if ((free.get(location) ?? 0) > 0) {
        free.set(location, (free.get(location) ?? 0) - 1);
        add(network, location, 1);
        return true;
      }
    }
    for (const location of locations) {
      for (const { index: other } of networks) {
        if ((flow.get(`${other}|${location}`) ?? 0) === 0 || !augment(other, visited)) continue;
        add(other, location, -1);
        add(network, location, 1);
        return true;
      }
    }
    return false;
  }

  function add(network: number, location: number, units: number): void {
    const key = `${network}|${location}`;
    flow.set(key, (flow.get(key) ?? 0) + units);
  }
}
