import { describe, expect, test } from '@jest/globals';
import { cheapestNodesPolicy } from './cheapest-nodes-policy.ts';
import { chooseLocations } from './choose-locations.ts';
import { Rulebook } from './rulebook.ts';
import type { Demand, Place, SourcingPlan } from './sourcing-policy.ts';
import { DEFAULT_RULES, type SourcingRules } from './sourcing-rules.ts';

const demand = (line: string, stock: Readonly<Record<string, number>>, more: Partial<Demand> = {}): Demand => ({
  line,
  sku: 'MUG',
  decimals: 0,
  reservation: `r-${line}`,
  quantity: 2,
  declinedBy: [],
  nodes: Object.entries(stock).map(([location, available], rank) => ({ location, available, rank })),
  ...more,
});

const collected = (line: string, stock: Readonly<Record<string, number>>, more: Partial<Demand> = {}): Demand =>
  demand(line, stock, { pickupAt: 'SHOP', ...more });

const place = (...capabilities: string[]): Place => ({ timeZone: 'UTC', capabilities });
const PLACES = new Map([
  ['DC', place('SHIP')],
  ['MALL', place('SHIP', 'PICKUP')],
  ['SHOP', place('PICKUP')],
]);

const choose = (
  demands: readonly Demand[],
  rules: Partial<SourcingRules> = {},
  places: ReadonlyMap<string, Place> = PLACES,
): SourcingPlan =>
  chooseLocations(cheapestNodesPolicy, {
    nowMs: Date.UTC(2026, 0, 5, 9),
    channel: 'WEB',
    destination: null,
    demands,
    places,
    loads: new Map(),
    ownDays: new Set(),
    rulebook: new Rulebook({ ...DEFAULT_RULES, ...rules }),
  });

const routesOf = ({ choices }: SourcingPlan) =>
  choices.map(({ line, location, bringTo }) => `${line}: ${location}${bringTo === undefined ? '' : ` > ${bringTo}`}`);
const fateOf = ({ decided }: SourcingPlan, line: string) =>
  Object.fromEntries(
    (decided.find((each) => each.line === line)?.candidates ?? []).map(({ location, outcome, because }) => [
      location,
      because ?? outcome,
    ]),
  );

describe('what is collected', () => {
  test('comes from where it is collected when that has all of it, whatever it cannot ship', () => {
    const plan = choose([collected('1', { DC: 9, SHOP: 2 })]);
    expect(routesOf(plan)).toEqual(['1: SHOP']);
    expect(fateOf(plan, '1')).toEqual({ SHOP: 'CHOSEN', DC: 'COSTS_MORE' });
    expect(plan.choices[0]?.delivery).toEqual({ earliestOn: '2026-01-05', latestOn: '2026-01-05' });
  });

  test('is brought there from the location that sends it for the least', () => {
    const nodes = [
      { location: 'DC', parcelCostMinor: 500 },
      { location: 'MALL', parcelCostMinor: 100 },
    ];
    const plan = choose([collected('1', { DC: 9, MALL: 9, SHOP: 1 })], { nodes });
    expect(routesOf(plan)).toEqual(['1: MALL > SHOP']);
    expect(fateOf(plan, '1')).toEqual({ MALL: 'CHOSEN', DC: 'COSTS_MORE', SHOP: 'TOO_FEW' });
  });

  test('is brought anew after its own location did not find it, and not by one that failed it', () => {
    const plan = choose([collected('1', { DC: 9, MALL: 9, SHOP: 5 }, { declinedBy: ['SHOP', 'DC'] })]);
    expect(routesOf(plan)).toEqual(['1: MALL > SHOP']);
    expect(fateOf(plan, '1')).toMatchObject({ SHOP: 'DECLINED_BEFORE', DC: 'DECLINED_BEFORE' });
  });

  test('waits when no location has all of it', () => {
    const plan = choose([collected('1', { DC: 1, SHOP: 1 })]);
    expect(routesOf(plan)).toEqual([]);
    expect(fateOf(plan, '1')).toEqual({ DC: 'TOO_FEW', SHOP: 'TOO_FEW' });
  });

  test('is not served by a counter that is none any more, nor on days without room', () => {
    const shut = new Map([...PLACES, ['SHOP', place('SHIP')]]);
    expect(fateOf(choose([collected('1', { SHOP: 5 })], {}, shut), '1')).toEqual({ SHOP: 'NO_PICKUP' });
    const nodes = [{ location: 'SHOP', unitsPerDay: 1 }];
    expect(fateOf(choose([collected('1', { SHOP: 5 })], { nodes }), '1')).toEqual({ SHOP: 'NO_CAPACITY' });
  });

  test('takes room in the day of its own location, and none where it is only sent from', () => {
    const nodes = ['SHOP', 'DC'].map((location) => ({ location, ordersPerDay: 5 }));
    const here = choose([collected('1', { SHOP: 5 })], { nodes });
    expect(here.choices).toMatchObject([{ capacityDay: '2026-01-05', units: 2 }]);
    const brought = choose([collected('1', { DC: 5 })], { nodes });
    expect(brought.choices).toMatchObject([{ bringTo: 'SHOP', capacityDay: null }]);
  });

  test('goes before what is sent, which gets what is left', () => {
    const lines = [demand('1', { MALL: 3, DC: 5 }), collected('2', { MALL: 3, DC: 5 }, { pickupAt: 'MALL' })];
    const plan = choose(lines);
    expect(routesOf(plan)).toEqual(['2: MALL', '1: DC']);
    expect(fateOf(plan, '1')).toEqual({ DC: 'CHOSEN', MALL: 'TOO_FEW' });
    const two = choose([collected('1', { SHOP: 3, DC: 5 }), collected('2', { SHOP: 3, DC: 5 })]);
    expect(routesOf(two)).toEqual(['1: SHOP', '2: DC > SHOP']);
  });
});
