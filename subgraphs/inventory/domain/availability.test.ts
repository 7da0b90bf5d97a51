import { describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';

describe('the availability formula', () => {
  // Golden vectors, source: https://docs.hotwax.co (ATP 100 over five nodes, one of them with 50).
  function fiveNodes(): LedgerBench {
    const bench = LedgerBench.withLocations(5).channel('WEB', ['L0', 'L1', 'L2', 'L3', 'L4']);
    bench.receive('L0', '50');
    for (const [location, quantity] of [
      ['L1', '20'],
      ['L2', '10'],
      ['L3', '10'],
      ['L4', '10'],
    ] as const) {
      bench.receive(location, quantity);
    }
    return bench;
  }

  test('safety 5 at four nodes, threshold 10 and an excluded node of 50 leave 20 of 100', () => {
    const bench = fiveNodes();
    for (const location of ['L1', 'L2', 'L3', 'L4']) {
      bench.given({ type: 'availability-rule-set', kind: 'SAFETY_ABSOLUTE', scope: { location }, value: 50_000 });
    }
    bench.given(
      { type: 'availability-rule-set', kind: 'THRESHOLD', scope: { channel: 'WEB' }, value: 100_000 },
      { type: 'availability-rule-set', kind: 'PARTICIPATION', scope: { location: 'L0', channel: 'WEB' }, value: 0 },
    );
    expect(bench.terms('WEB').available).toBe(20);
  });

  test('safety 2, threshold 5 and the node taken in again leave 87', () => {
    const bench = fiveNodes();
    for (const location of ['L1', 'L2', 'L3', 'L4']) {
      bench.given({ type: 'availability-rule-set', kind: 'SAFETY_ABSOLUTE', scope: { location }, value: 20_000 });
    }
    bench.given({ type: 'availability-rule-set', kind: 'THRESHOLD', scope: { channel: 'WEB' }, value: 50_000 });
    expect(bench.terms('WEB').available).toBe(87);
  });

  test('a percentage of safety is of free stock and rounds up to the step', () => {
    const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
    bench.receive('L0', '11');
    bench.reserve([['A', '2']], { channel: 'STORE:L0', location: 'L0' });
    bench.given({ type: 'availability-rule-set', kind: 'SAFETY_PERCENT', scope: {}, value: 2_500 });
    expect(bench.terms('WEB').nodes[0]).toMatchObject({ sellable: 11, softReserved: 2, safety: 3, available: 6 });
  });

  test('cap, quota, extra and the buffer of a stale feed each take their part', () => {
    const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']).channel('APP', ['L0']);
    bench.receive('L0', '20');
    const set = (kind: 'CAP' | 'QUOTA' | 'EXTRA' | 'STALE_BUFFER', scope: object, units: number) =>
      bench.given({ type: 'availability-rule-set', kind, scope, value: units * 10_000 });
    set('QUOTA', { channel: 'APP' }, 4);
    expect(bench.terms('WEB').available).toBe(16);
    expect(bench.terms('APP').available).toBe(20);
    set('STALE_BUFFER', { location: 'L0' }, 5);
    expect(bench.terms('WEB').available).toBe(16);
    bench.given({ type: 'feed-became-stale', location: 'L0' });
    expect(bench.terms('WEB').available).toBe(11);
    bench.given({ type: 'feed-became-fresh', location: 'L0' });
    set('EXTRA', { channel: 'WEB' }, 3);
    expect(bench.terms('WEB').available).toBe(19);
    set('CAP', { sku: 'A', channel: 'WEB' }, 7);
    expect(bench.terms('WEB')).toMatchObject({ balance: 19, available: 7 });
  });

  test('the most specific rule wins, and taking it away brings the next one back', () => {
    const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
    bench.receive('L0', '10');
    const rule = { type: 'availability-rule-set', kind: 'SAFETY_ABSOLUTE' } as const;
    bench.given({ ...rule, scope: {}, value: 10_000 }, { ...rule, scope: { sku: 'A' }, value: 30_000 });
    expect(bench.terms('WEB').available).toBe(7);
    bench.given({ ...rule, scope: { sku: 'A' }, value: null });
    expect(bench.terms('WEB').available).toBe(9);
  });

  test('promises beyond stock are demand, a negative count without promises is none', () => {
    const bench = LedgerBench.withLocations(2).channel('WEB', ['L0', 'L1']);
    bench.receive('L0', '2');
    bench.receive('L1', '5');
    bench.sell('L1', '6');
    expect(bench.terms('WEB')).toMatchObject({ oversold: 0, available: 2 });
    bench.reserve([['A', '2']], { location: 'L0' });
    bench.sell('L0', '1');
    expect(bench.terms('WEB')).toMatchObject({ oversold: 1, balance: -1, available: 0 });
  });

  test('demand without a location counts in every network that shares one', () => {
    const bench = LedgerBench.withLocations(3)
      .channel('WEB', ['L0', 'L1'])
      .channel('APP', ['L1', 'L2'])
      .channel('FAR', ['L2']);
    for (const location of ['L0', 'L1', 'L2']) bench.receive(location, '10');
    bench.reserve([['A', '4']]);
    expect([bench.terms('WEB'), bench.terms('APP'), bench.terms('FAR')].map(({ available }) => available)).toEqual([
      16, 16, 10,
    ]);
  });
});
