import { describe, expect, test } from '@jest/globals';
import { parkedFactsOf } from '../app/parked-fact.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { StockFact } from './stock-fact.ts';

/** A SKU that is also told in cases, before the ledger knows how many are in one. */
function shop(): LedgerBench {
  const bench = LedgerBench.withLocations(1);
  bench.sku('B');
  bench.receive('L0', '20');
  bench.receive('L0', '7', 'B');
  bench.clock.advance(1_000);
  return bench;
}

function registerCases(bench: LedgerBench): void {
  const conversions = [{ unit: 'CS', numerator: 12, denominator: 1 }];
  bench.do({ type: 'register-sku', request: { sku: 'A', step: '1', categories: [], baseUnit: 'EA', conversions } });
}

/** Two bins of A, the second of which is told in cases, and one of B: together 20 and 7. */
function told(bench: LedgerBench, type: 'balance-reported' | 'stock-counted', isOwner = true): StockFact {
  const lines = [
    { lineId: 'bin-1', sku: 'A', quantity: '8' },
    { lineId: 'bin-2', sku: 'A', quantity: '1', unit: 'CS' },
    { lineId: 'bin-3', sku: 'B', quantity: '7' },
  ];
  const source = { system: 'wms', eventId: 'told' };
  const occurredAtMs = bench.clock.nowMs();
  return { type, source, occurredAtMs, data: { location: 'L0', lines }, isOwner } as StockFact;
}

function record(bench: LedgerBench, fact: StockFact) {
  const done = bench.do({ type: 'record-fact', fact });
  if (done.code !== undefined) throw new Error(done.code);
  return done;
}

/** What waited is taken in again by itself, as the intake does when the code is registered. */
function replay(bench: LedgerBench, fact: StockFact, first: ReturnType<typeof record>): void {
  for (const { fact: part } of parkedFactsOf(fact, first.answer.parked, 0)) record(bench, part);
}

const variances = (bench: LedgerBench) =>
  bench.log
    .flat()
    .flatMap((event) => (event.type === 'exception-raised' ? [`${event.class} ${event.sku} ${event.steps}`] : []));

describe('a figure of which a line cannot be read', () => {
  test.each(['balance-reported', 'stock-counted'] as const)('waits as a whole in a %s, and no other does', (type) => {
    const bench = shop();
    const first = record(bench, told(bench, type));
    expect(first.answer).toMatchObject({
      appliedLines: 1,
      parked: [
        { lineId: 'bin-1', code: 'INVALID_QUANTITY' },
        { lineId: 'bin-2', code: 'INVALID_QUANTITY' },
      ],
    });
    expect(bench.figure('L0', 'SELLABLE')).toBe(20);
  });

  test('is compared as a whole when it can be read, and invents no variance', () => {
    const bench = shop();
    const fact = told(bench, 'balance-reported');
    const first = record(bench, fact);
    bench.clock.advance(1_000);
    bench.sell('L0', '3');
    registerCases(bench);
    replay(bench, fact, first);
    expect(variances(bench)).toEqual([]);
    const compared = bench.log.flat().filter((event) => event.type === 'balance-compared');
    expect(compared).toMatchObject([
      { equal: 1, differences: [] },
      { equal: 1, differences: [] },
    ]);
    expect(record(bench, fact)).toMatchObject({ answer: { appliedLines: 0, repeatedLines: 3, parked: [] } });
  });

  test('is counted as a whole: no part of it makes stock disappear', () => {
    const bench = shop();
    const fact = told(bench, 'stock-counted');
    const first = record(bench, fact);
    bench.clock.advance(1_000);
    bench.sell('L0', '3');
    registerCases(bench);
    replay(bench, fact, first);
    expect(bench.figure('L0', 'SELLABLE')).toBe(17);
    expect(bench.figure('L0', 'SELLABLE', 'B')).toBe(7);
  });

  test('of a system that does not own it is no variance either', () => {
    const bench = shop();
    const fact = told(bench, 'stock-counted', false);
    const first = record(bench, fact);
    registerCases(bench);
    replay(bench, fact, first);
    expect(variances(bench)).toEqual([]);
  });

  test('is found to differ when it does', () => {
    const bench = shop();
    bench.sell('L0', '2');
    const fact = told(bench, 'balance-reported');
    const first = record(bench, fact);
    registerCases(bench);
    replay(bench, fact, first);
    expect(variances(bench)).toEqual(['BALANCE_VARIANCE A 2']);
  });
});
