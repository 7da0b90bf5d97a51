import fc from 'fast-check';
import { Rulebook } from '../domain/sourcing/rulebook.ts';
import type { Demand, Load, Place, SourcingRequest } from '../domain/sourcing/sourcing-policy.ts';
import { DEFAULT_RULES, type NodeSetting, type SourcingRules } from '../domain/sourcing/sourcing-rules.ts';

/* Orders of a few lines over a few locations, close enough together that they get into each other's way. */

const LOCATIONS = ['A', 'B', 'C', 'D', 'E'] as const;
const SKUS = ['MUG', 'JUG'] as const;
/** A Monday, nine in the morning in UTC. */
export const NOW_MS = Date.UTC(2026, 0, 5, 9);

const minor = fc.integer({ min: 0, max: 900 });

const nodeSetting = (location: string): fc.Arbitrary<NodeSetting> =>
  fc.record(
    {
      location: fc.constant(location),
      latitude: fc.integer({ min: 50, max: 58 }),
      longitude: fc.integer({ min: -5, max: 1 }),
      parcelCostMinor: minor,
      unitCostMinor: fc.integer({ min: 0, max: 50 }),
      cutOff: fc.constantFrom(null, '08:00', '17:30'),
      workingDays: fc.constantFrom([1, 2, 3, 4, 5], [2, 4], [1, 2, 3, 4, 5, 6, 7]),
      handlingDays: fc.integer({ min: 0, max: 3 }),
      distanceKmMax: fc.constantFrom(null, 100, 400),
      ordersPerDay: fc.constantFrom(null, 0, 1, 5),
      unitsPerDay: fc.constantFrom(null, 2, 6),
      isExcluded: fc.constantFrom(false, false, false, true),
    },
    { requiredKeys: ['location', 'latitude', 'longitude'] },
  );

const rules: fc.Arbitrary<SourcingRules> = fc.record({
  rankCostMinor: fc.constantFrom(0, 1, 100),
  perKmMinor: fc.constantFrom(0, 0.5, 3),
  perDayMinor: fc.constantFrom(0, 100),
  splitPenaltyMinor: fc.constantFrom(0, 300, 5_000),
  lineNodesMax: fc.integer({ min: 1, max: 3 }),
  capacityDaysMax: fc.integer({ min: 1, max: 3 }),
  cascadesRejections: fc.constant(false),
  defaults: fc.constant(DEFAULT_RULES.defaults),
  nodes: fc.tuple(...LOCATIONS.map(nodeSetting)),
  postalAreas: fc.constant([{ country: 'GB', postalPrefix: 'L', latitude: 53, longitude: -2 }]),
  transit: fc.constantFrom(
    [],
    [{ country: 'GB', postalPrefix: null, distanceKmMax: 300, earliestDays: 1, latestDays: 2 }],
    [{ country: null, postalPrefix: null, distanceKmMax: null, earliestDays: 2, latestDays: 5 }],
  ),
  deliveryDays: fc.constant([1, 2, 3, 4, 5, 6]),
  supply: fc.constant(DEFAULT_RULES.supply),
});

/** What lies where, by SKU and location: the same for every line of the SKU. */
const stock = fc.array(fc.integer({ min: 0, max: 6 }), {
  minLength: LOCATIONS.length * SKUS.length,
  maxLength: LOCATIONS.length * SKUS.length,
});

const line = fc.record({
  sku: fc.constantFrom(...SKUS),
  quantity: fc.integer({ min: 1, max: 5 }),
  declinedBy: fc.subarray([...LOCATIONS], { maxLength: 2 }),
});

const load: fc.Arbitrary<Load> = fc.record({
  orders: fc.integer({ min: 0, max: 5 }),
  units: fc.integer({ min: 0, max: 6 }),
});

export const sourcingRequest: fc.Arbitrary<SourcingRequest> = fc
  .record({
    rules,
    stock,
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    load,
    loaded: fc.subarray(['A|2026-01-05', 'B|2026-01-05', 'B|2026-01-06', 'C|2026-01-06']),
    cannotShip: fc.subarray([...LOCATIONS], { maxLength: 1 }),
  })
  .map(({ rules: drawn, stock: there, lines, load: full, loaded, cannotShip }) => ({
    nowMs: NOW_MS,
    channel: 'WEB',
    destination: { country: 'GB', postalCode: 'LS1', latitude: null, longitude: null },
    demands: lines.map((each, index): Demand => demandOf(each, index, there)),
    places: new Map(LOCATIONS.map((at): [string, Place] => [at, placeOf(cannotShip.includes(at))])),
    loads: new Map(loaded.map((key) => [key, full])),
    ownDays: new Set<string>(),
    rulebook: new Rulebook(drawn),
  }));

const placeOf = (cannotShip: boolean): Place => ({
  timeZone: 'Europe/London',
  capabilities: cannotShip ? ['PICKUP'] : ['SHIP'],
});

function demandOf(
  { sku, quantity, declinedBy }: { sku: string; quantity: number; declinedBy: string[] },
  index: number,
  there: readonly number[],
): Demand {
  const from = SKUS.indexOf(sku as (typeof SKUS)[number]) * LOCATIONS.length;
  const nodes = LOCATIONS.map((location, rank) => ({ location, rank, available: there[from + rank] ?? 0 }));
  const id = `o.${index + 1}`;
  return { line: id, sku, decimals: 0, reservation: `r${index + 1}`, quantity, declinedBy, nodes };
}

/** The same request with default rules, which know of nothing but the network's order. */
export const withDefaultRules = (request: SourcingRequest): SourcingRequest => ({
  ...request,
  loads: new Map(),
  places: new Map(),
  rulebook: new Rulebook(DEFAULT_RULES),
});
