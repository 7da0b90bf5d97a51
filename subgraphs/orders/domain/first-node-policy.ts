import type { Demand, SourcingPolicy } from './sourcing-policy.ts';

/**
 * The first location, in the network's order of preference, that can serve the whole line and has not declined it. What
 * one line takes from a location is not offered to another line of the same SKU.
 */
export const firstNodePolicy: SourcingPolicy = {
  choose(demands) {
    const chosen = new Map<Demand, string>();
    const taken = new Map<string, number>();
    for (const demand of demands) {
      const keyOf = (location: string): string => `${demand.sku}|${location}`;
      const node = demand.nodes.find(({ location, available }) => {
        const left = available - (taken.get(keyOf(location)) ?? 0);
        return left >= demand.quantity && !demand.declinedBy.includes(location);
      });
      if (!node) continue;
      chosen.set(demand, node.location);
      taken.set(keyOf(node.location), (taken.get(keyOf(node.location)) ?? 0) + demand.quantity);
    }
    return chosen;
  },
};
