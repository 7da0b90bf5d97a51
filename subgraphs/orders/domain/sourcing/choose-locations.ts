import { collectDemands } from './collect-demands.ts';
import type { Choice, Demand, SourcingPlan, SourcingPolicy, SourcingRequest } from './sourcing-policy.ts';
import { loadKey, type Load } from './sourcing-policy.ts';

/**
 * The plan for an order: what is collected comes from the location where it is, or is brought there; the rest is up to the
 * policy, from what that leaves.
 */
export function chooseLocations(policy: SourcingPolicy, request: SourcingRequest): SourcingPlan {
  const collected = request.demands.filter(({ pickupAt }) => pickupAt !== undefined);
  if (collected.length === 0) return policy.choose(request);
  const first = collectDemands(request, collected);
  const sent = request.demands.filter(({ pickupAt }) => pickupAt === undefined);
  if (sent.length === 0) return first;
  const loads = withTaken(request.loads, first.choices);
  const demands = sent.map((demand) => withoutTaken(demand, collected, first.choices));
  const rest = policy.choose({ ...request, demands, loads });
  return {
    choices: [...first.choices, ...rest.choices],
    decided: [...first.decided, ...rest.decided],
    costMinor: first.costMinor + rest.costMinor,
  };
}

function withoutTaken(demand: Demand, collected: readonly Demand[], choices: readonly Choice[]): Demand {
  const sameSku = new Set(collected.filter(({ sku }) => sku === demand.sku).map(({ reservation }) => reservation));
  const nodes = demand.nodes.map((node) => {
    const taken = choices
      .filter(({ location, reservation }) => location === node.location && sameSku.has(reservation))
      .reduce((sum, { quantity }) => sum + quantity, 0);
    return taken === 0 ? node : { ...node, available: Math.max(0, node.available - taken) };
  });
  return { ...demand, nodes };
}

function withTaken(loads: ReadonlyMap<string, Load>, choices: readonly Choice[]): ReadonlyMap<string, Load> {
  const taken = new Map(loads);
  for (const { location, capacityDay, units } of choices) {
    if (capacityDay === null) continue;
    const key = loadKey(location, capacityDay);
    const load = taken.get(key) ?? { orders: 0, units: 0 };
    taken.set(key, { ...load, units: load.units + units });
  }
  return taken;
}
