import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { sourcingRequest, withDefaultRules } from '../../testing/random-sourcing.ts';
import { cheapestNodesPolicy } from './cheapest-nodes-policy.ts';
import { limitsOf } from './node-outlook.ts';
import { loadKey, type Choice, type SourcingPlan, type SourcingRequest } from './sourcing-policy.ts';

const { propertyRuns, propertySeed } = testConfig();

function holds(check: (request: SourcingRequest, plan: SourcingPlan) => void): void {
  fc.assert(
    fc.property(sourcingRequest, (request) => check(request, cheapestNodesPolicy.choose(request))),
    { numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
  );
}

const sumBy = (choices: readonly Choice[], keyOf: (choice: Choice) => string, of: 'quantity' | 'units') => {
  const sums = new Map<string, number>();
  for (const choice of choices) sums.set(keyOf(choice), (sums.get(keyOf(choice)) ?? 0) + choice[of]);
  return sums;
};

describe('a plan of the cheapest locations', () => {
  test('takes no more of a SKU from a location than is free there', () => {
    holds(({ demands }, { choices }) => {
      const skuOf = (line: string) => demands.find((demand) => demand.line === line)?.sku;
      const taken = sumBy(choices, ({ line, location }) => `${skuOf(line)}|${location}`, 'quantity');
      for (const { sku, nodes } of demands) {
        for (const { location, available } of nodes) {
          expect(taken.get(`${sku}|${location}`) ?? 0).toBeLessThanOrEqual(available);
        }
      }
    });
  });

  test('serves a line whole or not at all, from no more locations than the rules allow', () => {
    holds(({ demands, rulebook }, { choices }) => {
      for (const { line, quantity } of demands) {
        const own = choices.filter((choice) => choice.line === line);
        const sum = own.reduce((total, choice) => total + choice.quantity, 0);
        expect([0, quantity]).toContain(sum);
        expect(own.length).toBeLessThanOrEqual(rulebook.rules.lineNodesMax);
        expect(own.every((choice) => choice.quantity > 0)).toBe(true);
      }
    });
  });

  test('stays within the capacity of each day', () => {
    holds(({ loads, rulebook }, { choices }) => {
      const limited = choices.filter(({ capacityDay }) => capacityDay !== null);
      const units = sumBy(limited, ({ location, capacityDay }) => loadKey(location, capacityDay ?? ''), 'units');
      for (const [key, taken] of units) {
        const [location = ''] = key.split('|');
        const { ordersMax, unitsMax } = limitsOf(rulebook.node(location), loads.get(key));
        expect(taken + (loads.get(key)?.units ?? 0)).toBeLessThanOrEqual(unitsMax ?? Infinity);
        expect(1 + (loads.get(key)?.orders ?? 0)).toBeLessThanOrEqual(ordersMax ?? Infinity);
      }
    });
  });

  test('tells of each location why it was chosen, kept or rejected', () => {
    holds(({ demands }, { choices, decided }) => {
      expect(decided.map(({ line }) => line).sort()).toEqual(demands.map(({ line }) => line).sort());
      for (const { line, candidates } of decided) {
        const demand = demands.find((each) => each.line === line);
        expect(candidates.map(({ location }) => location).sort()).toEqual(
          demand?.nodes.map(({ location }) => location).sort(),
        );
        const chosen = candidates.filter(({ outcome }) => outcome === 'CHOSEN').map(({ location }) => location);
        const own = choices.filter((choice) => choice.line === line).map(({ location }) => location);
        expect(chosen.sort()).toEqual(own.sort());
        for (const { outcome, because, costMinor, location } of candidates) {
          expect(because === null).toBe(outcome === 'CHOSEN');
          expect(costMinor === null).toBe(outcome === 'REJECTED');
          if (demand?.declinedBy.includes(location))
            expect([outcome, because]).toEqual(['REJECTED', 'DECLINED_BEFORE']);
        }
      }
    });
  });

  test('is the same in whatever order lines and locations are listed', () => {
    fc.assert(
      fc.property(sourcingRequest, fc.infiniteStream(fc.nat()), (request, numbers) => {
        const shuffled = <Item>(items: readonly Item[]): readonly Item[] =>
          items
            .map((item) => ({ item, at: numbers.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const demands = shuffled(request.demands.map((demand) => ({ ...demand, nodes: shuffled(demand.nodes) })));
        expect(cheapestNodesPolicy.choose({ ...request, demands })).toEqual(cheapestNodesPolicy.choose(request));
      }),
      { numRuns: propertyRuns, ...(propertySeed !== undefined && { seed: propertySeed }) },
    );
  });

  test('is by default what the first location in the order of the network gives that can serve the line', () => {
    holds((request) => {
      const plan = cheapestNodesPolicy.choose(withDefaultRules(request));
      expect(Object.fromEntries(plan.choices.map(({ line, location }) => [line, location]))).toEqual(
        firstNodesOf(request),
      );
    });
  });

  test('never costs more than one location that could serve everything, where parcels cost something', () => {
    holds((request, plan) => {
      if (request.rulebook.rules.splitPenaltyMinor === 0) return;
      for (const location of ['A', 'B', 'C', 'D', 'E']) {
        const demands = request.demands.map((demand) => ({
          ...demand,
          nodes: demand.nodes.filter((node) => node.location === location),
        }));
        const only = cheapestNodesPolicy.choose({ ...request, demands });
        const isWhole = new Set(only.choices.map(({ line }) => line)).size === demands.length;
        if (isWhole) expect(plan.costMinor).toBeLessThanOrEqual(only.costMinor);
      }
    });
  });
});

/** The rule of thumb, line by line; what one line takes is not offered to the next of its SKU. */
function firstNodesOf({ demands }: SourcingRequest): Readonly<Record<string, string>> {
  const taken = new Map<string, number>();
  const chosen: Record<string, string> = {};
  for (const { line, sku, quantity, declinedBy, nodes } of demands) {
    const node = nodes.find(({ location, available }) => {
      const left = available - (taken.get(`${sku}|${location}`) ?? 0);
      return left >= quantity && !declinedBy.includes(location);
    });
    if (!node) continue;
    chosen[line] = node.location;
    taken.set(`${sku}|${node.location}`, (taken.get(`${sku}|${node.location}`) ?? 0) + quantity);
  }
  return chosen;
}
