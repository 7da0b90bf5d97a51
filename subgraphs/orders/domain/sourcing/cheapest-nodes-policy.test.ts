import { describe, expect, test } from '@jest/globals';
import { cheapestNodesPolicy } from './cheapest-nodes-policy.ts';
import { Rulebook } from './rulebook.ts';
import type { Demand, SourcingPlan } from './sourcing-policy.ts';
import { DEFAULT_RULES, type SourcingRules } from './sourcing-rules.ts';

const demand = (line: string, stock: Readonly<Record<string, number>>, quantity = 2): Demand => ({
  line,
  sku: line,
  decimals: 0,
  reservation: `r-${line}`,
  quantity,
  declinedBy: [],
  nodes: Object.entries(stock).map(([location, available], rank) => ({ location, available, rank })),
});

const choose = (demands: readonly Demand[], rules: Partial<SourcingRules> = {}): SourcingPlan =>
  cheapestNodesPolicy.choose({
    nowMs: Date.UTC(2026, 0, 5, 9),
    channel: 'WEB',
    destination: null,
    demands,
    places: new Map(),
    loads: new Map(),
    ownDays: new Set(),
    rulebook: new Rulebook({ ...DEFAULT_RULES, ...rules }),
  });

const placesOf = ({ choices }: SourcingPlan) =>
  Object.fromEntries(choices.map(({ line, location, quantity }) => [`${line}@${location}`, quantity]));
const fateOf = ({ decided }: SourcingPlan, line: string) =>
  Object.fromEntries(
    (decided.find((each) => each.line === line)?.candidates ?? []).map(({ location, outcome, because }) => [
      location,
      because ?? outcome,
    ]),
  );

describe('the cheapest locations', () => {
  test('serve lines from one place rather than each from its own when a split costs more than it saves', () => {
    const demands = [demand('mug', { A: 5, B: 5 }), demand('jug', { B: 5, C: 5 })];
    expect(placesOf(choose(demands))).toEqual({ 'mug@A': 2, 'jug@B': 2 });
    const together = choose(demands, { splitPenaltyMinor: 500 });
    expect(placesOf(together)).toEqual({ 'mug@B': 2, 'jug@B': 2 });
    expect(fateOf(together, 'mug')).toEqual({ A: 'AVOIDS_SPLIT', B: 'CHOSEN' });
    expect(fateOf(together, 'jug')).toEqual({ B: 'CHOSEN', C: 'COSTS_MORE' });
  });

  test('are two where no place has everything, and no third', () => {
    const demands = [demand('mug', { A: 5, B: 5 }), demand('jug', { B: 5, C: 5 }), demand('cup', { C: 5, D: 5 })];
    const plan = choose(demands, { splitPenaltyMinor: 500 });
    expect(new Set(plan.choices.map(({ location }) => location))).toEqual(new Set(['B', 'C']));
  });

  test('do not split a line unless the rules allow it, and then over as few places as possible', () => {
    const demands = [demand('mug', { A: 1, B: 3, C: 2 }, 5)];
    expect(placesOf(choose(demands))).toEqual({});
    expect(fateOf(choose(demands), 'mug')).toEqual({ A: 'TOO_FEW', B: 'TOO_FEW', C: 'TOO_FEW' });
    expect(placesOf(choose(demands, { lineNodesMax: 2 }))).toEqual({ 'mug@B': 3, 'mug@C': 2 });
    expect(placesOf(choose([demand('mug', { A: 1, B: 3, C: 2 }, 7)], { lineNodesMax: 3 }))).toEqual({});
  });

  test('leave to the next line what the first has not used up', () => {
    const first = demand('o.1', { A: 3 });
    const second = { ...demand('o.2', { A: 3 }), sku: first.sku };
    const plan = choose([first, second]);
    expect(placesOf(plan)).toEqual({ 'o.1@A': 2 });
    expect(fateOf(plan, 'o.2')).toEqual({ A: 'USED_UP' });
  });

  test('of a network of thousands are found without looking at every pair', () => {
    const stock = Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`S${at}`, at % 7]));
    const demands = Array.from({ length: 20 }, (_, at) => demand(`o.${at + 1}`, stock));
    const plan = choose(demands, { splitPenaltyMinor: 300 });
    expect(new Set(plan.choices.map(({ location }) => location))).toEqual(new Set(['S2']));
    // 20,000 pairs, shared by the lines; the first location in the network's order is not among those left out.
    expect(plan.decided[0]?.candidates).toHaveLength(1_000);
    expect(plan.decided[0]?.candidates[0]).toMatchObject({ location: 'S2', outcome: 'CHOSEN' });
  });
});
