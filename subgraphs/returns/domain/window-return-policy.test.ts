import { expect, test } from '@jest/globals';
import { windowReturnPolicy } from './window-return-policy.ts';
import type { Requester } from './return-policy.ts';

const DAY_MS = 86_400_000;
const policy = windowReturnPolicy({ windowDays: 30 });

test.each<[Requester, number, string, string]>([
  ['CUSTOMER', 30 * DAY_MS, 'AUTHORIZED', 'WITHIN_WINDOW'],
  ['CUSTOMER', 30 * DAY_MS + 1, 'REQUESTED', 'BEYOND_WINDOW'],
  ['STORE', 31 * DAY_MS, 'REQUESTED', 'BEYOND_WINDOW'],
  ['AGENT', 31 * DAY_MS, 'AUTHORIZED', 'AGENT_BEYOND_WINDOW'],
])('a %s after %d ms: %s', (requester, requestedAtMs, outcome, reason) => {
  expect(policy.decideRequest({ placedAtMs: 0, requestedAtMs, requester })).toEqual({ outcome, reason });
});

test('only an agent decides what was left open, and only goods that came give money back', () => {
  expect((['CUSTOMER', 'STORE', 'AGENT'] as const).map((who) => policy.mayDecideOpen(who))).toEqual([
    false,
    false,
    true,
  ]);
  expect(policy.isRefunded('RESTOCK')).toBe(true);
  expect(policy.isRefunded('MISSING')).toBe(false);
});
