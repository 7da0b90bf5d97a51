import type { Demand, SourcingPolicy } from './sourcing-policy.ts';

/**
 * The first location, in the network's order of preference, that can serve the whole line and has not declined it. What
 * one line takes is not offered to the next line of the same order: `available` counts per line, so lines of one SKU
 * share it.
 */
export const firstNodePolicy: SourcingPolicy = {
  choose(demands) {
    const chosen = new Map<Demand, string>();
    for (const demand of demands) {
      const node = demand.nodes.find(
        ({ location, available }) => available >= demand.quantity && !demand.declinedBy.includes(location),
      );
      if (node) chosen.set(demand, node.location);
    }
    return chosen;
  },
};
