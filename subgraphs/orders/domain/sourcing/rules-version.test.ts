import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { checkSourcingRules } from './check-sourcing-rules.ts';
import { activate, statusAt, versionAt, withdraw, type RulesVersion } from './rules-version.ts';
import { DEFAULT_RULES, type NodeSetting, type SourcingRules } from './sourcing-rules.ts';

const act = (atMs: number) => ({ by: 'ops', atMs, reason: 'peak' });
const draft = (number: number): RulesVersion => ({
  id: `v${number}`,
  number,
  rules: DEFAULT_RULES,
  drafted: act(0),
  activated: null,
  withdrawn: null,
});
const from = (number: number, effectiveAtMs: number): RulesVersion => ({
  ...draft(number),
  activated: { ...act(0), effectiveAtMs },
});

describe('the version that holds', () => {
  test('is the one that began last, whenever it was written', () => {
    const versions = [from(3, 100), from(2, 200), from(1, 50), draft(4)];
    expect([49, 50, 100, 199, 200].map((atMs) => versionAt(versions, atMs)?.number)).toEqual([undefined, 1, 3, 3, 2]);
    expect(versions.map((version) => statusAt(version, versions, 150))).toEqual([
      'EFFECTIVE',
      'PLANNED',
      'PAST',
      'DRAFT',
    ]);
  });

  test('is the later of two that begin at once', () => {
    expect(versionAt([from(1, 50), from(2, 50)], 50)?.number).toBe(2);
  });

  test('begins no earlier than it is said to, so that decisions of the past stay right', () => {
    const begun = activate(draft(1), { ...act(1_000), effectiveAtMs: 10 });
    expect(isRefusal(begun) || begun.activated?.effectiveAtMs).toBe(1_000);
  });

  test('is neither made to hold twice nor withdrawn once it holds', () => {
    expect(activate(from(1, 50), { ...act(60), effectiveAtMs: 70 })).toMatchObject({
      code: 'RULE_VERSION_NOT_PLANNED',
    });
    expect(withdraw(from(1, 50), act(60))).toMatchObject({ code: 'RULE_VERSION_NOT_PLANNED' });
    const withdrawn = withdraw(from(1, 50), act(40));
    expect(isRefusal(withdrawn) || versionAt([withdrawn], 60)).toBeUndefined();
  });
});

describe('rules', () => {
  test('that keep their bounds are good', () => {
    expect(checkSourcingRules(DEFAULT_RULES)).toBeUndefined();
    const nodes: NodeSetting[] = [
      { location: 'DC', latitude: 51, longitude: 0, cutOff: '14:30', closedOn: ['2026-12-25'] },
    ];
    expect(checkSourcingRules({ ...DEFAULT_RULES, nodes })).toBeUndefined();
  });

  test.each<[string, Partial<SourcingRules>]>([
    ['splitPenaltyMinor', { splitPenaltyMinor: -1 }],
    ['lineNodesMax', { lineNodesMax: 0 }],
    ['perKmMinor', { perKmMinor: Number.NaN }],
    ['deliveryDays', { deliveryDays: [] }],
    ['nodes.location', { nodes: [{ location: 'A' }, { location: 'A' }] }],
    ['nodes.A.latitude', { nodes: [{ location: 'A', latitude: 51 }] }],
    ['nodes.A.cutOff', { nodes: [{ location: 'A', cutOff: '24:00' }] }],
    ['nodes.A.workingDays', { nodes: [{ location: 'A', workingDays: [0] }] }],
    ['nodes.A.closedOn', { nodes: [{ location: 'A', closedOn: ['2026-13-01'] }] }],
    [
      'transit.earliestDays',
      { transit: [{ country: null, postalPrefix: null, distanceKmMax: null, earliestDays: 3, latestDays: 2 }] },
    ],
  ])('are refused by the field %s', (field, changes) => {
    expect(checkSourcingRules({ ...DEFAULT_RULES, ...changes })).toMatchObject({ details: { field } });
  });
});
