import { describe, expect, test } from '@jest/globals';
import { rulesAt } from '../app/rule-query.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { RuleRequest } from './read-rule.ts';
import { RuleBook } from './rule-book.ts';
import { ruleImpactOf } from './rule-impact.ts';

type Rule = Omit<RuleRequest, 'isRemoved'> & { readonly isRemoved?: boolean };

function change(bench: LedgerBench, rules: readonly Rule[], effectiveAtMs: number | null = null) {
  const request = {
    changedBy: 'console/op',
    effectiveAtMs,
    rules: rules.map((rule) => ({ isRemoved: false, ...rule })),
  };
  return bench.do({ type: 'change-availability-rules', request });
}

const applyDue = (bench: LedgerBench) => bench.do({ type: 'apply-due-rules' });

function shop(): LedgerBench {
  const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']).channel('APP', ['L0']);
  bench.receive('L0', '10');
  bench.receive('L1', '5');
  return bench;
}

// Golden vectors, source: https://docs.hotwax.co (ATP 100 over five nodes, one of them with 50).
describe('the golden vectors, set by rules', () => {
  function fiveNodes(safety: string, threshold: string): LedgerBench {
    const bench = LedgerBench.withLocations(5).channel('WEB', ['L0', 'L1', 'L2', 'L3', 'L4']);
    const stock = { L0: '50', L1: '20', L2: '10', L3: '10', L4: '10' };
    for (const [location, quantity] of Object.entries(stock)) bench.receive(location, quantity);
    const safeties = ['L1', 'L2', 'L3', 'L4'].map((location): Rule => {
      return { kind: 'SAFETY_QUANTITY', location, quantity: safety };
    });
    change(bench, [...safeties, { kind: 'THRESHOLD', channel: 'WEB', quantity: threshold }]);
    return bench;
  }

  test('safety 5 at four nodes, threshold 10 and an excluded node of 50 leave 20 of 100', () => {
    const bench = fiveNodes('5', '10');
    change(bench, [{ kind: 'PARTICIPATION', location: 'L0', channel: 'WEB', isOn: false }]);
    expect(bench.terms('WEB').available).toBe(20);
  });

  test('safety 2, threshold 5 and the node taken in again leave 87', () => {
    const bench = fiveNodes('2', '5');
    change(bench, [{ kind: 'PARTICIPATION', location: 'L0', channel: 'WEB', isOn: false }]);
    change(bench, [{ kind: 'PARTICIPATION', location: 'L0', channel: 'WEB', isRemoved: true }]);
    expect(bench.terms('WEB').available).toBe(87);
  });
});

describe('a change of rules', () => {
  test('takes effect at once, counts its versions, and says what it does', () => {
    const bench = shop();
    const first = change(bench, [{ kind: 'SAFETY_QUANTITY', location: 'L0', quantity: '4' }]);
    expect(first.events.map(({ type }) => type)).toEqual(['availability-rules-changed', 'availability-rule-effective']);
    expect(first).toMatchObject({
      answer: {
        version: 1,
        impact: {
          changes: [
            { sku: 'A', channel: 'WEB', before: '15', after: '11' },
            { sku: 'A', channel: 'APP', before: '10', after: '6' },
          ],
          changed: 2,
          fallen: 2,
          soldOut: 0,
          examinedSkus: 1,
          isComplete: true,
        },
      },
    });
    expect(change(bench, [{ kind: 'CAP', channel: 'APP', quantity: '0' }])).toMatchObject({
      answer: { version: 2, impact: { changed: 1, soldOut: 1 } },
    });
    expect([bench.terms('WEB').available, bench.terms('APP').available]).toEqual([11, 0]);
  });

  test('of a later time changes nothing until the writer notes that it is due', () => {
    const bench = shop();
    const atMs = bench.clock.nowMs() + 60_000;
    const planned = change(bench, [{ kind: 'THRESHOLD', channel: 'WEB', quantity: '5' }], atMs);
    expect(planned.events.map(({ type }) => type)).toEqual(['availability-rules-changed']);
    expect(bench.state.ruleBook.nextEffectiveMs()).toBe(atMs);
    bench.clock.advance(59_999);
    expect(applyDue(bench).events).toEqual([]);
    expect(bench.terms('WEB').available).toBe(15);
    bench.clock.advance(1);
    expect(applyDue(bench).events).toMatchObject([{ type: 'availability-rule-effective', version: 1 }]);
    expect(bench.terms('WEB').available).toBe(10);
    expect(applyDue(bench).events).toEqual([]);
    expect(bench.state.ruleBook.nextEffectiveMs()).toBeUndefined();
  });

  test('those that are due together take effect in the order of their times, whatever order they were asked in', () => {
    const bench = shop();
    const nowMs = bench.clock.nowMs();
    change(bench, [{ kind: 'THRESHOLD', channel: 'WEB', quantity: '3' }], nowMs + 2_000);
    change(bench, [{ kind: 'THRESHOLD', channel: 'WEB', quantity: '1' }], nowMs + 1_000);
    bench.clock.advance(5_000);
    applyDue(bench);
    expect(bench.terms('WEB').threshold).toBe(3);
    expect(rulesAt(bench.state, { channel: 'WEB' }, bench.clock.nowMs())).toMatchObject([{ version: 1 }]);
  });

  test.each([
    ['no rules', [], 'BAD_USER_INPUT'],
    ['an unknown SKU', [{ kind: 'CAP', sku: 'X', quantity: '1' }], 'UNKNOWN_SKU'],
    ['an unknown location', [{ kind: 'SAFETY_QUANTITY', location: 'X', quantity: '1' }], 'UNKNOWN_LOCATION'],
    ['an unknown channel', [{ kind: 'CAP', channel: 'X', quantity: '1' }], 'UNKNOWN_CHANNEL'],
    ['a fraction of the step of its SKU', [{ kind: 'CAP', sku: 'A', quantity: '1.5' }], 'INVALID_QUANTITY'],
    ['a negative quantity', [{ kind: 'CAP', quantity: '-1' }], 'INVALID_QUANTITY'],
    ['another value than its kind takes', [{ kind: 'CAP', isOn: true }], 'BAD_USER_INPUT'],
    ['two values', [{ kind: 'CAP', quantity: '1', basisPoints: 1 }], 'BAD_USER_INPUT'],
    ['no value', [{ kind: 'CAP' }], 'BAD_USER_INPUT'],
    ['a value and its removal', [{ kind: 'CAP', quantity: '1', isRemoved: true }], 'BAD_USER_INPUT'],
    ['more than the whole', [{ kind: 'SAFETY_PERCENT', basisPoints: 10_001 }], 'BAD_USER_INPUT'],
    ['a threshold of a location', [{ kind: 'THRESHOLD', location: 'L0', quantity: '1' }], 'BAD_USER_INPUT'],
    ['a quota of nobody', [{ kind: 'QUOTA', quantity: '1' }], 'BAD_USER_INPUT'],
    ['a cap of a store', [{ kind: 'CAP', channel: 'STORE:L0', quantity: '1' }], 'BAD_USER_INPUT'],
    ['a policy without its limit', [{ kind: 'SELL_POLICY', sellPolicy: { mode: 'BACKORDER' } }], 'BAD_USER_INPUT'],
    [
      'a policy with what is not its own',
      [{ kind: 'SELL_POLICY', sellPolicy: { mode: 'BACKORDER', limit: '1', horizonMs: 1 } }],
      'BAD_USER_INPUT',
    ],
    [
      'a rule twice',
      [
        { kind: 'CAP', quantity: '1' },
        { kind: 'CAP', quantity: '2' },
      ],
      'BAD_USER_INPUT',
    ],
  ] as const)('with %s is refused as a whole', (_title, rules, code) => {
    const bench = shop();
    const good: Rule = { kind: 'THRESHOLD', quantity: '1' };
    expect(change(bench, rules.length === 0 ? [] : [good, ...rules])).toMatchObject({ code, events: [] });
  });

  test('too far ahead is refused', () => {
    const bench = shop();
    const atMs = bench.clock.nowMs() + 367 * 86_400_000;
    expect(change(bench, [{ kind: 'CAP', quantity: '1' }], atMs).code).toBe('LIMIT_EXCEEDED');
  });

  test('of every kind has its effect on the formula, and its removal takes it back', () => {
    const bench = shop();
    bench.given({ type: 'feed-became-stale', location: 'L0' });
    const rules: readonly [Rule, number, number][] = [
      [{ kind: 'SAFETY_QUANTITY', sku: 'A', location: 'L0', channel: 'WEB', quantity: '4' }, 11, 10],
      [{ kind: 'SAFETY_PERCENT', basisPoints: 2_500 }, 10, 7],
      [{ kind: 'THRESHOLD', channel: 'APP', quantity: '2' }, 15, 8],
      [{ kind: 'QUOTA', channel: 'APP', quantity: '6' }, 9, 10],
      [{ kind: 'CAP', sku: 'A', quantity: '9' }, 9, 9],
      [{ kind: 'PARTICIPATION', location: 'L0', isOn: false }, 5, 0],
      [{ kind: 'SELLABLE', channel: 'WEB', isOn: false }, 0, 10],
      [{ kind: 'STALE_BUFFER', location: 'L0', quantity: '3' }, 12, 7],
    ];
    for (const [rule, web, app] of rules) {
      change(bench, [rule]);
      expect([rule.kind, bench.terms('WEB').available, bench.terms('APP').available]).toEqual([rule.kind, web, app]);
      const { kind, sku, location, channel } = rule;
      const scope = { ...(sku && { sku }), ...(location && { location }), ...(channel && { channel }) };
      change(bench, [{ kind, ...scope, isRemoved: true }]);
      expect([bench.terms('WEB').available, bench.terms('APP').available]).toEqual([15, 10]);
    }
    expect(bench.state.rules.isEmpty).toBe(true);
  });
});

describe('a planned change', () => {
  const withdraw = (bench: LedgerBench, version: number, reason = 'the sale was called off') =>
    bench.do({ type: 'withdraw-availability-rules', request: { version, withdrawnBy: 'op', reason } });
  const planned = (bench: LedgerBench, inMs: number, quantity = '5') =>
    change(bench, [{ kind: 'THRESHOLD', channel: 'WEB', quantity }], bench.clock.nowMs() + inMs);

  test('that is withdrawn never takes effect, and stays known with who did it and why', () => {
    const bench = shop();
    planned(bench, 1_000, '3');
    planned(bench, 2_000, '5');
    expect(withdraw(bench, 2)).toMatchObject({ answer: { version: 2 } });
    expect(bench.state.ruleBook.nextEffectiveMs()).toBe(bench.clock.nowMs() + 1_000);
    const atMs = bench.clock.nowMs();
    bench.clock.advance(60_000);
    expect(applyDue(bench).events).toMatchObject([{ type: 'availability-rule-effective', version: 1 }]);
    expect(bench.terms('WEB').threshold).toBe(3);
    expect(rulesAt(bench.state, { channel: 'WEB' }, bench.clock.nowMs())).toMatchObject([{ version: 1 }]);
    expect(bench.state.ruleBook.get(2)).toMatchObject({
      becameEffectiveAtMs: null,
      withdrawal: { atMs, withdrawnBy: 'op', reason: 'the sale was called off' },
    });
  });

  test('leaves the dry run of another as it was, withdrawn or not', () => {
    const bench = shop();
    const settings = [{ kind: 'THRESHOLD' as const, scope: { channel: 'WEB' }, value: 20_000 }];
    const before = ruleImpactOf(bench.state, settings);
    planned(bench, 1_000);
    expect(ruleImpactOf(bench.state, settings)).toEqual(before);
    withdraw(bench, 1);
    expect(ruleImpactOf(bench.state, settings)).toEqual(before);
  });

  test('cannot be withdrawn twice, nor when its time has come, noted or not, nor without a reason', () => {
    const bench = shop();
    planned(bench, 1_000);
    planned(bench, 2_000);
    withdraw(bench, 1);
    const refused = (version: number) => withdraw(bench, version);
    expect(refused(1)).toMatchObject({ code: 'RULE_VERSION_NOT_PLANNED', details: { status: 'WITHDRAWN' } });
    expect(refused(3)).toMatchObject({ code: 'RULE_VERSION_NOT_PLANNED', details: { status: 'UNKNOWN' } });
    for (const reason of ['', ' ', 'x'.repeat(501)]) expect(withdraw(bench, 2, reason).code).toBe('BAD_USER_INPUT');
    bench.clock.advance(2_000);
    expect(refused(2)).toMatchObject({ code: 'RULE_VERSION_NOT_PLANNED', details: { status: 'EFFECTIVE' } });
    applyDue(bench);
    expect(refused(2)).toMatchObject({ details: { status: 'EFFECTIVE' }, events: [] });
    expect(bench.terms('WEB').threshold).toBe(5);
  });

  test('makes room for another when it is withdrawn', () => {
    const bench = shop();
    for (let count = 0; count < 1_000; count++) planned(bench, 1_000);
    expect(planned(bench, 1_000).code).toBe('LIMIT_EXCEEDED');
    withdraw(bench, 7);
    expect(planned(bench, 1_000).code).toBeUndefined();
  });

  test('is forgotten with the others when it was withdrawn, and leaves nothing in force', () => {
    const book = new RuleBook(undefined, 2);
    for (let number = 1; number <= 3; number++) {
      const settings = [{ kind: 'CAP' as const, scope: {}, value: number }];
      const moments = { recordedAtMs: 1, effectiveAtMs: 9, becameEffectiveAtMs: null };
      book.add({ id: `v${number}`, number, changedBy: 'op', ...moments, settings });
      if (number < 3) book.withdraw(number, { atMs: number, withdrawnBy: 'op', reason: 'no' });
    }
    book.add({
      id: 'v4',
      number: 4,
      changedBy: 'op',
      recordedAtMs: 1,
      effectiveAtMs: 9,
      becameEffectiveAtMs: null,
      settings: [],
    });
    expect(book.list(9).map(({ number }) => number)).toEqual([4, 3, 2]);
    expect([book.knows(0), book.inForceAt(8, {})]).toEqual([true, []]);
    expect(new RuleBook(JSON.parse(JSON.stringify(book.toData()))).toData()).toEqual(book.toData());
  });
});

describe('the rules of a place', () => {
  test('are the most specific of each kind, now, before and as planned', () => {
    const bench = shop();
    const startMs = bench.clock.nowMs();
    bench.clock.advance(1_000);
    change(bench, [{ kind: 'SAFETY_QUANTITY', quantity: '1' }]);
    bench.clock.advance(1_000);
    change(bench, [{ kind: 'SAFETY_QUANTITY', sku: 'A', quantity: '2' }]);
    change(bench, [{ kind: 'SAFETY_QUANTITY', sku: 'A', isRemoved: true }], startMs + 9_000);
    const at = (ms: number, place: object = { sku: 'A' }) =>
      rulesAt(bench.state, place, startMs + ms).map(({ setting, version }) => [setting.value, version]);
    expect([at(0), at(1_000), at(2_000), at(9_000)]).toEqual([[], [[10_000, 1]], [[20_000, 2]], [[10_000, 1]]]);
    expect(at(2_000, {})).toEqual([[10_000, 1]]);
  });

  test('stay known when old versions are forgotten', () => {
    const version = (number: number, value: number | null) => ({
      id: `v${number}`,
      number,
      changedBy: 'op',
      recordedAtMs: number,
      effectiveAtMs: number,
      becameEffectiveAtMs: null,
      settings: [{ kind: 'CAP' as const, scope: number === 1 ? {} : { sku: `S${number % 2}` }, value }],
    });
    const book = new RuleBook(undefined, 3);
    for (let number = 1; number <= 9; number++) {
      book.add(version(number, number));
      book.markEffective(number, number);
    }
    expect(book.list(10).map(({ number }) => number)).toEqual([9, 8, 7]);
    expect(book.list(1, 9).map(({ number }) => number)).toEqual([8]);
    expect(book.inForceAt(9, { sku: 'S1' }).map(({ setting }) => setting.value)).toEqual([1, 9]);
    expect([book.knows(5), book.knows(6)]).toEqual([false, true]);
    const copy = new RuleBook(JSON.parse(JSON.stringify(book.toData())), 3);
    expect(copy.toData()).toEqual(book.toData());
  });
});

describe('what a change would do', () => {
  test.each<Rule>([
    { kind: 'SAFETY_QUANTITY', sku: 'A', quantity: '3' },
    { kind: 'SAFETY_QUANTITY', location: 'L0', quantity: '3' },
    { kind: 'SAFETY_QUANTITY', quantity: '3' },
  ])('is told of the kits that contain what it is about, too: %o', (rule) => {
    const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
    bench.receive('L0', '9');
    bench.kit('K', { A: '2' });
    const { answer } = change(bench, [rule]) as { answer: { impact: object } };
    const changes = [
      { sku: 'A', channel: 'WEB', before: '9', after: '6' },
      { sku: 'K', channel: 'WEB', before: '4', after: '3' },
    ];
    expect(answer.impact).toMatchObject({ changes, changed: 2, fallen: 2, examinedSkus: 2 });
  });

  test('is told for the worst first and bounded, with counts of everything', () => {
    const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
    for (let index = 0; index < 150; index++) {
      bench.sku(`S${index}`);
      bench.receive('L0', String(index + 1), `S${index}`);
    }
    const settings = [{ kind: 'THRESHOLD' as const, scope: {}, value: 1_000_000 }];
    const impact = ruleImpactOf(bench.state, settings);
    expect(impact).toMatchObject({ changed: 150, fallen: 150, soldOut: 100, examinedSkus: 151, isComplete: true });
    expect(impact.changes).toHaveLength(100);
    expect(impact.changes[0]).toMatchObject({ sku: 'S99', before: '100', after: '0' });
    expect(bench.terms('WEB', 'S99').available).toBe(100);
  });
});
