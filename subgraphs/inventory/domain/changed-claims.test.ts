import { describe, expect, test } from '@jest/globals';
import { LedgerBench } from '../testing/ledger-bench.ts';

/* Claims of orders that become smaller, or take the place of others. */

const ORDER = { kind: 'ORDER', owner: 'o1' } as const;

function shop(stock: string, limit?: string): LedgerBench {
  const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
  bench.receive('L0', stock);
  if (limit === undefined) return bench;
  const rule = { kind: 'SELL_POLICY', sku: 'A', sellPolicy: { mode: 'BACKORDER', limit }, isRemoved: false } as const;
  bench.do({ type: 'change-availability-rules', request: { changedBy: 'op', effectiveAtMs: null, rules: [rule] } });
  return bench;
}

function reserved(bench: LedgerBench, quantity: string, options = {}): string {
  const made = bench.reserve([['A', quantity]], { ...ORDER, ...options });
  return made.code === undefined ? (made.answer.reservations[0]?.id ?? '') : '';
}

const give = (bench: LedgerBench, reservation: string, quantity: string) =>
  bench.do({
    type: 'cancel-reservations',
    request: { commandId: `give-${reservation}`, reservations: [], parts: [{ reservation, quantity }] },
  });

describe('a claim that is given up in part', () => {
  test('leaves the rest claimed under another name, and frees exactly the part', () => {
    const bench = shop('5');
    const id = reserved(bench, '4');
    const given = give(bench, id, '1');
    expect(given).toMatchObject({ answer: { cancelled: [id], reservations: [{ lineRef: 'line-0', quantity: '3' }] } });
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 3, available: 2 });
    expect(give(bench, id, '1')).toMatchObject({ events: [], answer: { cancelled: [] } });
  });

  test('gives up what is owed first, and keeps its place among those that wait', () => {
    const bench = shop('1', '9');
    const early = reserved(bench, '3');
    bench.clock.advance(1);
    const late = reserved(bench, '1', { owner: 'o2' });
    bench.clock.advance(1);
    const given = give(bench, early, '1');
    expect(given).toMatchObject({ answer: { reservations: [{ quantity: '2', backordered: '1' }] } });
    bench.receive('L0', '1');
    const covered = bench.do({ type: 'cover-backorders', skus: ['A'] });
    expect(covered.events).toMatchObject([{ type: 'backorder-covered', steps: 1 }]);
    expect(bench.state.reservations.get(late)).toMatchObject({ backordered: 1 });
  });

  test('ends when all of it is given up', () => {
    const bench = shop('5');
    const id = reserved(bench, '2');
    const given = give(bench, id, '2');
    expect(given).toMatchObject({ answer: { cancelled: [id] } });
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 0, available: 5 });
  });
});

describe('a claim in the place of another', () => {
  const replace = (bench: LedgerBench, id: string, quantity: string) =>
    bench.reserve([['A', quantity]], { ...ORDER, replaces: [id] });

  test('is owed what is not there, where the policy lets that be sold', () => {
    const bench = shop('3', '9');
    const id = reserved(bench, '3');
    bench.sell('L0', '2');
    expect(replace(bench, id, '3')).toMatchObject({ answer: { reservations: [{ quantity: '3', backordered: '2' }] } });
    expect(bench.state.reservations.get(id)).toMatchObject({ status: 'CANCELLED' });
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 1 });
  });

  test('is refused where nothing is sold beyond stock, and leaves the old claim as it is', () => {
    const bench = shop('3');
    const id = reserved(bench, '3');
    bench.sell('L0', '2');
    const refused = replace(bench, id, '3');
    expect(refused).toMatchObject({ code: 'INSUFFICIENT_STOCK', details: { lines: [{ available: '1' }] } });
    expect(bench.state.reservations.get(id)).toMatchObject({ status: 'ACTIVE', steps: 3 });
  });

  test('needs no stock beside what it gives up', () => {
    const bench = shop('3');
    const id = reserved(bench, '3');
    expect(replace(bench, id, '3')).toMatchObject({ answer: { reservations: [{ quantity: '3' }] } });
    expect(bench.terms('WEB')).toMatchObject({ unsourced: 3, available: 0 });
  });

  test('never takes the place of what is not its own', () => {
    const bench = shop('3');
    const id = reserved(bench, '1', { owner: 'o2' });
    expect(replace(bench, id, '1')).toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
