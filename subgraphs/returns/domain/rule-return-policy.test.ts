import { describe, expect, test } from '@jest/globals';
import type { PolicyQuestion, QuestionedLine, Requester } from './return-policy.ts';
import type { ReturnRule, ReturnRules } from './return-rules.ts';
import { ruleReturnPolicy } from './rule-return-policy.ts';

const DAY_MS = 86_400_000;
const LINE: QuestionedLine = { sku: 'A1', categories: ['SWIMWEAR'], reason: 'UNWANTED', worthMinor: 5_000 };
const QUESTION: PolicyQuestion = {
  requester: 'CUSTOMER',
  start: 'CUSTOMER',
  channel: 'WEB',
  placedAtMs: 0,
  requestedAtMs: DAY_MS,
  lines: [LINE],
  recentReturns: 0,
};

const rulesOf = (rules: readonly ReturnRule[], differing: Partial<ReturnRules> = {}): ReturnRules => ({
  version: 'v1',
  effectiveFromMs: 0,
  rules,
  ...differing,
});

const ask = (versions: readonly ReturnRules[], differing: Partial<PolicyQuestion> = {}) =>
  ruleReturnPolicy(versions).decideRequest({ ...QUESTION, ...differing });

describe('without rules', () => {
  test.each<[Requester, number, string, string[]]>([
    ['CUSTOMER', 30 * DAY_MS, 'AUTHORIZED', ['WITHIN_POLICY']],
    ['CUSTOMER', 30 * DAY_MS + 1, 'REQUESTED', ['BEYOND_WINDOW']],
    ['STORE', 31 * DAY_MS, 'REQUESTED', ['BEYOND_WINDOW']],
    ['AGENT', 31 * DAY_MS, 'AUTHORIZED', ['BEYOND_WINDOW', 'ALLOWED_BY_AGENT']],
  ])('a %s after %d ms: %s', (requester, requestedAtMs, outcome, reasons) => {
    expect(ask([], { requester, requestedAtMs })).toMatchObject({ outcome, reasons, rulesVersion: 'built-in' });
  });

  test('only an agent decides what was left open, and nothing is handed out for goods of no order', () => {
    const policy = ruleReturnPolicy();
    const may = (['CUSTOMER', 'STORE', 'AGENT'] as const).map((who) => policy.mayDecideOpen(who));
    expect(may).toEqual([false, false, true]);
    expect(policy.blindRefundMaxMinor(0)).toBe(0);
    expect(policy.history(0)).toBeUndefined();
  });
});

describe('what was sold for good', () => {
  const rules = [rulesOf([{ category: 'SWIMWEAR', isFinalSale: true }])];

  test.each<[Requester, string]>([
    ['CUSTOMER', 'REJECTED'],
    ['STORE', 'REQUESTED'],
    ['AGENT', 'AUTHORIZED'],
  ])('asked for by a %s is %s', (requester, outcome) => {
    const answer = ask(rules, { requester });
    expect(answer.outcome).toBe(outcome);
    expect(answer.reasons).toContain('FINAL_SALE');
  });

  test('comes back for a fault, or when it was not taken in', () => {
    expect(ask(rules, { lines: [{ ...LINE, reason: 'DEFECTIVE' }] }).outcome).toBe('AUTHORIZED');
    expect(ask(rules, { start: 'REFUSED_DELIVERY' }).outcome).toBe('AUTHORIZED');
  });

  test('is refused with all that is asked for along with it', () => {
    const other = { ...LINE, sku: 'B1', categories: [] };
    expect(ask(rules, { lines: [other, LINE] }).outcome).toBe('REJECTED');
    expect(ask(rules, { lines: [other] }).outcome).toBe('AUTHORIZED');
  });
});

test('the newest version in force holds, and in it the first rule that fits each line', () => {
  const old = rulesOf([{ windowDays: 1 }]);
  const later = rulesOf([{ channel: 'SHOP', windowDays: 5 }, { windowDays: 90 }], {
    version: 'v2',
    effectiveFromMs: 10 * DAY_MS,
  });
  const of = (days: number, channel = 'WEB') => ask([old, later], { requestedAtMs: days * DAY_MS, channel });
  expect([of(1).outcome, of(2).outcome, of(11).outcome, of(11, 'SHOP').outcome]).toEqual([
    'AUTHORIZED',
    'REQUESTED',
    'AUTHORIZED',
    'REQUESTED',
  ]);
  expect([of(2).rulesVersion, of(11).rulesVersion]).toEqual(['v1', 'v2']);
});

test('much worth, and customers who return much, are left to a person', () => {
  expect(ask([rulesOf([{ worthMaxMinor: 4_999 }])]).reasons).toEqual(['WORTH_ABOVE_LIMIT']);
  expect(ask([rulesOf([{ worthMaxMinor: 5_000 }])]).outcome).toBe('AUTHORIZED');
  const watching = [rulesOf([], { history: { days: 90, countMax: 3 } })];
  expect(ask(watching, { recentReturns: 2 }).outcome).toBe('AUTHORIZED');
  expect(ask(watching, { recentReturns: 3 })).toMatchObject({ outcome: 'REQUESTED', reasons: ['MANY_RETURNS'] });
});

test('goods are awaited as long as the most patient rule of their lines says, else for ever', () => {
  const rules = [
    rulesOf([
      { category: 'SWIMWEAR', awaitDays: 14 },
      { category: 'SHOES', awaitDays: 30 },
    ]),
  ];
  const line = (category: string): QuestionedLine => ({ ...LINE, categories: [category] });
  const daysOf = (...lines: readonly QuestionedLine[]) => ask(rules, { lines }).awaitDays;
  expect(daysOf(line('SWIMWEAR'), line('SHOES'))).toBe(30);
  expect(daysOf(line('SWIMWEAR'), line('HATS'))).toBeUndefined();
});

test('fees are kept and carriage is not given back, but where the retailer is to blame', () => {
  const rules = [rulesOf([{ restockingFeePercent: 15, returnFeeMinor: 395, conditionPercent: { D: 0 } }])];
  const [own] = ask(rules).terms;
  expect(own).toMatchObject({ restockingFeePercent: 15, returnFeeMinor: 395, refundsCharges: false });
  const [fault] = ask(rules, { lines: [{ ...LINE, reason: 'WRONG_ITEM' }] }).terms;
  expect(fault).toMatchObject({
    restockingFeePercent: 0,
    returnFeeMinor: 0,
    conditionPercent: {},
    refundsCharges: true,
  });
});
