import { describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { SellPolicyRequest } from './read-rule.ts';

function shop(sellPolicy: SellPolicyRequest, stock = '2'): LedgerBench {
  const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']).channel('APP', ['L0']);
  bench.receive('L0', stock);
  setPolicy(bench, sellPolicy);
  return bench;
}

function setPolicy(bench: LedgerBench, sellPolicy: SellPolicyRequest, channel?: string): void {
  const rule = { kind: 'SELL_POLICY', sku: 'A', sellPolicy, isRemoved: false, ...(channel && { channel }) } as const;
  bench.do({ type: 'change-availability-rules', request: { changedBy: 'op', effectiveAtMs: null, rules: [rule] } });
}

const cover = (bench: LedgerBench) => bench.do({ type: 'cover-backorders', skus: ['A'] });
const idOf = (made: ReturnType<LedgerBench['reserve']>): string =>
  made.code === undefined ? (made.answer.reservations[0]?.id ?? '') : '';

describe('BACKORDER', () => {
  test('sells stock first, then up to the limit, and says what is owed', () => {
    const bench = shop({ mode: 'BACKORDER', limit: '3' });
    expect(bench.terms('WEB')).toMatchObject({ extra: 3, available: 5 });
    const made = bench.reserve([
      ['A', '1'],
      ['A', '3'],
    ]);
    expect(made).toMatchObject({ answer: { reservations: [{ quantity: '1' }, { quantity: '3', backordered: '2' }] } });
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 2, extra: 1, balance: 1, available: 1 });
    expect(bench.reserve([['A', '2']]).code).toBe('INSUFFICIENT_STOCK');
  });

  test('a limit for all channels is shared, one for a channel is its own', () => {
    const bench = shop({ mode: 'BACKORDER', limit: '3' }, '1');
    bench.reserve([['A', '3']]);
    expect(bench.terms('APP').available).toBe(1);
    setPolicy(bench, { mode: 'BACKORDER', limit: '3' }, 'APP');
    expect(bench.terms('APP').available).toBe(3);
  });

  test('what comes in covers who is owed before who asks now, by priority and then by age', () => {
    const bench = shop({ mode: 'BACKORDER', limit: '9' }, '1');
    bench.reserve([['A', '1']]);
    const early = idOf(bench.reserve([['A', '2']]));
    bench.clock.advance(1);
    const firm = idOf(bench.reserve([['A', '2']], { kind: 'ORDER', owner: 'o1' }));
    bench.receive('L0', '3');
    // Asked before the writer has covered anything: those who wait still come first.
    const late = bench.reserve([['A', '1']]);
    expect(late).toMatchObject({ answer: { reservations: [{ backordered: '1' }] } });
    expect(cover(bench).events).toMatchObject([
      { type: 'backorder-covered', reservation: firm, steps: 2 },
      { type: 'backorder-covered', reservation: early, steps: 1 },
    ]);
    expect(cover(bench).events).toEqual([]);
    expect(bench.state.reservations.get(firm)).toMatchObject({ backordered: 0, steps: 2 });
  });

  test('an end gives back what is owed, too', () => {
    const bench = shop({ mode: 'BACKORDER', limit: '3' });
    const id = idOf(bench.reserve([['A', '5']]));
    expect(bench.terms('WEB').available).toBe(0);
    bench.do({ type: 'cancel-reservations', request: { commandId: 'c', reservations: [id] } });
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 0, extra: 3, available: 5 });
  });

  test('a pick-up is never promised what is not there', () => {
    const bench = shop({ mode: 'BACKORDER', limit: '3' });
    const pickUp = bench.reserve([['A', '3']], { kind: 'PICKUP', location: 'L0' });
    expect(pickUp).toMatchObject({ code: 'INSUFFICIENT_STOCK', details: { lines: [{ available: '2' }] } });
  });

  test('a change back to DENY sells nothing until those who are owed have been served', () => {
    const bench = shop({ mode: 'BACKORDER', limit: '3' }, '1');
    bench.reserve([['A', '3']]);
    setPolicy(bench, { mode: 'DENY' });
    bench.receive('L0', '2');
    expect(bench.terms('WEB')).toMatchObject({ extra: -2, available: 0 });
    cover(bench);
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 3, extra: 0, available: 0 });
  });

  test('what is owed is bound to a location once it is there', () => {
    const bench = shop({ mode: 'BACKORDER', limit: '3' }, '1');
    const id = idOf(bench.reserve([['A', '3']], { kind: 'ORDER', owner: 'o1' }));
    const line = { orderLine: 'l', reservation: id, location: 'L0', sku: 'A', quantity: '3' };
    const allocate = () =>
      bench.do({ type: 'allocate-stock', request: { commandId: 'a', order: 'o1', lines: [line] } });
    expect(allocate().code).toBe('INSUFFICIENT_STOCK');
    bench.receive('L0', '2');
    cover(bench);
    expect(allocate().code).toBeUndefined();
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 0, extra: 3, available: 3 });
  });
});

describe('PREORDER', () => {
  const policy = { mode: 'PREORDER', limit: '10', horizonMs: 7_200_000, confidenceBasisPoints: 5_000 } as const;

  test('sells nothing while nothing is expected', () => {
    expect(shop(policy).terms('WEB')).toMatchObject({ extra: 0, available: 2 });
  });

  test('sells the confident part of what is expected inside the horizon, to the limit, less what is promised', () => {
    const bench = shop(policy);
    const stated = (line: string, steps: number, inMs: number) =>
      bench.given({
        type: 'supply-stated',
        atMs: bench.clock.nowMs(),
        document: 'po-2',
        location: 'L0',
        statedAtMs: bench.clock.nowMs(),
        lines: [{ line, sku: 'A', steps, expectedAtMs: bench.clock.nowMs() + inMs }],
      });
    stated('near', 9, 7_200_000);
    stated('far', 30, 7_200_001);
    expect(bench.terms('WEB')).toMatchObject({ extra: 4, available: 6 });
    expect(bench.reserve([['A', '5']])).toMatchObject({ answer: { reservations: [{ backordered: '3' }] } });
    expect(bench.terms('WEB')).toMatchObject({ extra: 1, available: 1 });
    bench.clock.advance(3_600_000);
    bench.do({ type: 'advance-supply-horizon' });
    expect(bench.terms('WEB')).toMatchObject({ extra: 7, available: 7 });
  });

  test('the writer notes by the hour what has come inside the horizon, while a rule asks for it', () => {
    const bench = shop(policy);
    const advance = () => bench.do({ type: 'advance-supply-horizon' }).events;
    expect(advance()).toEqual([]);
    bench.clock.advance(3_600_000);
    expect(advance()).toMatchObject([{ type: 'supply-horizon-advanced' }]);
    setPolicy(bench, { mode: 'DENY' });
    bench.clock.advance(3_600_000);
    expect(advance()).toEqual([]);
  });
});
