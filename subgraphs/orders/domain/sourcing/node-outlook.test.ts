import { describe, expect, test } from '@jest/globals';
import { distanceKm } from './destination.ts';
import { NodeOutlooks } from './node-outlook.ts';
import { Rulebook } from './rulebook.ts';
import type { SourcingRequest } from './sourcing-policy.ts';
import { DEFAULT_RULES, type NodeSetting, type SourcingRules } from './sourcing-rules.ts';

const LONDON = { latitude: 51.5, longitude: -0.12 };
const LEEDS = { latitude: 53.8, longitude: -1.55 };
/** A Monday, in winter. */
const NOW_MS = Date.UTC(2026, 0, 5, 13);

const TRANSIT = [
  { country: 'GB', postalPrefix: 'LS', distanceKmMax: 100, earliestDays: 0, latestDays: 1 },
  { country: 'GB', postalPrefix: null, distanceKmMax: null, earliestDays: 1, latestDays: 3 },
];

function lookAt(
  dc: Omit<NodeSetting, 'location'>,
  { rules = {}, ...changes }: Partial<Omit<SourcingRequest, 'rulebook'>> & { rules?: Partial<SourcingRules> } = {},
) {
  const rulebook = new Rulebook({
    ...DEFAULT_RULES,
    transit: TRANSIT,
    postalAreas: [
      { country: 'GB', postalPrefix: '', ...LONDON },
      { country: 'GB', postalPrefix: 'LS', ...LEEDS },
    ],
    nodes: [{ location: 'DC', ...LONDON, ...dc }],
    ...rules,
  });
  const outlooks = new NodeOutlooks({
    nowMs: NOW_MS,
    channel: 'WEB',
    destination: { country: 'GB', postalCode: 'LS14AP', latitude: null, longitude: null },
    places: new Map([['DC', { timeZone: 'Europe/London', capabilities: ['SHIP'] }]]),
    loads: new Map(),
    ownDays: new Set(),
    rulebook,
    ...changes,
  });
  return outlooks.of('DC');
}

describe('what a location means for an order', () => {
  test('follows from how far it is to the middle of the smallest postal area that is known', () => {
    expect(distanceKm(LONDON, LEEDS)).toBe(273);
    const { distanceKm: found, parcelCostMinor } = lookAt({ parcelCostMinor: 400 }, { rules: { perKmMinor: 1.5 } });
    expect([found, parcelCostMinor]).toEqual([273, 400 + 410]);
    expect(lookAt({ ...LEEDS }).distanceKm).toBe(0);
  });

  test('is a day of departure and days of delivery, by cut-off, handling and carriers', () => {
    expect(lookAt({}).days).toMatchObject([
      { day: '2026-01-05', leavesOn: '2026-01-05', delivery: { earliestOn: '2026-01-06', latestOn: '2026-01-08' } },
    ]);
    expect(lookAt({ cutOff: '12:00', handlingDays: 1 }).days).toMatchObject([
      { day: '2026-01-06', leavesOn: '2026-01-07', delivery: { earliestOn: '2026-01-08', latestOn: '2026-01-10' } },
    ]);
    // Near enough for the row of its own postal area.
    expect(lookAt({ ...LEEDS }).days).toMatchObject([
      { delivery: { earliestOn: '2026-01-05', latestOn: '2026-01-06' } },
    ]);
  });

  test.each<[string, Parameters<typeof lookAt>]>([
    ['EXCLUDED_BY_RULE', [{ isExcluded: true }]],
    ['NOT_FOR_CHANNEL', [{ channels: ['MARKET'] }]],
    ['CANNOT_SHIP', [{}, { places: new Map([['DC', { timeZone: 'UTC', capabilities: ['PICKUP'] }]]) }]],
    ['CLOSED', [{ workingDays: [1], closedOn: mondays() }]],
    ['TOO_FAR', [{ distanceKmMax: 272 }]],
    ['NO_CARRIER', [{}, { destination: { country: 'FR', postalCode: null, latitude: null, longitude: null } }]],
    ['NO_CAPACITY', [{ ordersPerDay: 2 }, { loads: new Map([['DC|2026-01-05', { orders: 2, units: 2 }]]) }]],
    ['NO_CAPACITY', [{ unitsPerDay: 0 }]],
    ['NO_CAPACITY', [{}, { loads: new Map([['DC|2026-01-05', { orders: 0, units: 0, ordersMax: 0 }]]) }]],
  ])('is %s where that speaks against it', (objection, [dc, changes]) => {
    expect(lookAt(dc, changes).objection).toBe(objection);
  });

  test('is nothing against it while nobody says where the order goes or what the location is', () => {
    expect(lookAt({ distanceKmMax: 10 }, { destination: null, rules: { transit: [] } }).objection).toBeUndefined();
    expect(lookAt({}, { places: new Map() }).objection).toBeUndefined();
  });

  test('has a place in a full day for an order that holds one already', () => {
    const full = { loads: new Map([['DC|2026-01-05', { orders: 2, units: 2 }]]) };
    expect(lookAt({ ordersPerDay: 2 }, { ...full, ownDays: new Set(['DC|2026-01-05']) }).objection).toBeUndefined();
  });

  test('has room on a later day where the rules let it look further', () => {
    const full = { loads: new Map([['DC|2026-01-05', { orders: 2, units: 2 }]]) };
    const { objection, days } = lookAt({ ordersPerDay: 2 }, { ...full, rules: { capacityDaysMax: 2 } });
    expect(objection).toBeUndefined();
    expect(days.map(({ day, hasPlace }) => [day, hasPlace])).toEqual([
      ['2026-01-05', false],
      ['2026-01-06', true],
    ]);
  });
});

function mondays(): string[] {
  return Array.from({ length: 12 }, (_, week) => new Date(NOW_MS + week * 7 * 86_400_000).toISOString().slice(0, 10));
}
