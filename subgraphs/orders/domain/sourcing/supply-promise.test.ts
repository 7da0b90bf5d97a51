import { describe, expect, test } from '@jest/globals';
import { Rulebook } from './rulebook.ts';
import { DEFAULT_RULES, type SourcingRules } from './sourcing-rules.ts';
import { datesOfAll, promiseFromSupply, type ComingStock } from './supply-promise.ts';

/** A Monday morning in winter. */
const NOW_MS = Date.UTC(2026, 0, 5, 9);
const at = (day: number, hour = 12): number => Date.UTC(2026, 0, day, hour);

const coming = (location: string, steps: number, expectedAtMs: number | null): ComingStock => ({
  kind: 'ON_ORDER',
  location,
  steps,
  expectedAtMs,
});

function promise(supplies: readonly ComingStock[], rules: Partial<SourcingRules> = {}, there: object = {}) {
  const rulebook = new Rulebook({
    ...DEFAULT_RULES,
    transit: [{ country: null, postalPrefix: null, distanceKmMax: null, earliestDays: 1, latestDays: 2 }],
    deliveryDays: [1, 2, 3, 4, 5, 6, 7],
    supply: { receivingDays: 1, inTransitSlackDays: 1, onOrderSlackDays: 3 },
    ...rules,
  });
  const request = {
    nowMs: NOW_MS,
    channel: 'WEB',
    destination: null,
    places: new Map([['DC', { timeZone: 'Europe/London', capabilities: ['SHIP'] }]]),
    loads: new Map(),
    ownDays: new Set<string>(),
    rulebook,
  };
  return promiseFromSupply(request, { quantity: 10, there: new Map(Object.entries(there)), coming: supplies });
}

describe('a promise from what is to come', () => {
  test('begins with the day after the supply with which there is enough, and ends with how late it may be', () => {
    const supplies = [coming('DC', 6, at(12)), coming('DC', 3, at(8)), coming('DC', 5, at(20))];
    // 3 + 6 + 1 on the shelf; sold from the 13th on, sent at the latest on the 16th.
    expect(promise(supplies, {}, { DC: 1 })).toEqual({ earliestOn: '2026-01-14', latestOn: '2026-01-18' });
    expect(promise(supplies)).toEqual({ earliestOn: '2026-01-22', latestOn: '2026-01-26' });
  });

  test('is that of the location from which it arrives first, which has to have all of it', () => {
    const supplies = [coming('DC', 10, at(12)), coming('STORE', 10, at(9)), coming('ANNEX', 9, at(6))];
    expect(promise(supplies)).toEqual({ earliestOn: '2026-01-11', latestOn: '2026-01-15' });
  });

  test('trusts goods that are on their way more than those that were ordered', () => {
    const transfer = { ...coming('DC', 10, at(12)), kind: 'IN_TRANSIT' as const };
    expect(promise([transfer])?.latestOn).toBe('2026-01-16');
  });

  test('keeps to the days on which the location works, and counts what is overdue from today', () => {
    const closed = { ...DEFAULT_RULES.defaults, workingDays: [5] };
    expect(promise([coming('DC', 10, at(6))], { defaults: closed })?.earliestOn).toBe('2026-01-10');
    expect(promise([coming('DC', 10, at(1))])?.earliestOn).toBe('2026-01-07');
  });

  test('is not made where nobody says when, or where there is never enough', () => {
    expect(promise([coming('DC', 10, null)])).toBeNull();
    expect(promise([coming('DC', 9, at(9))])).toBeNull();
    expect(promise([coming('DC', 10, at(9))], { transit: [] })).toBeNull();
  });

  test('of parts is that of the last of them', () => {
    const early = { earliestOn: '2026-01-06', latestOn: '2026-01-09' };
    const late = { earliestOn: '2026-01-07', latestOn: '2026-01-08' };
    expect(datesOfAll([early, late])).toEqual({ earliestOn: '2026-01-07', latestOn: '2026-01-09' });
    expect(datesOfAll([early, null])).toBeNull();
  });
});
