import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import type { LedgerEventOf } from './ledger-event.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const runs = { numRuns, ...(propertySeed !== undefined && { seed: propertySeed }) };
const SKUS = ['A', 'B', 'C', 'D'];

const stock = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: SKUS.length, maxLength: SKUS.length });
const errors = fc.array(fc.integer({ min: -2, max: 2 }), { minLength: SKUS.length, maxLength: SKUS.length });

/** A location with stock, and movements after the instant as of which balances are told. */
function benchOf(held: readonly number[], soldLater: number): LedgerBench {
  const bench = LedgerBench.withLocations(1);
  for (const sku of SKUS.slice(1)) bench.sku(sku);
  SKUS.forEach((sku, index) => {
    if ((held[index] as number) > 0) bench.receive('L0', String(held[index]), sku);
  });
  bench.clock.advance(10_000);
  for (let sold = 0; sold < soldLater; sold++) bench.sell('L0', '1');
  return bench;
}

function report(bench: LedgerBench, told: readonly number[], occurredAtMs: number) {
  const lines = SKUS.map((sku, index) => ({ lineId: sku, sku, quantity: String(told[index]) }));
  return bench.fact('balance-reported', { location: 'L0', lines }, { occurredAtMs });
}

const open = (bench: LedgerBench) =>
  bench.state.exceptions.ofClass('BALANCE_VARIANCE').map(({ sku, steps }) => [sku, steps] as const);

describe('a balance', () => {
  test('opens one exception for each difference, none where both are equal, and moves nothing', () => {
    fc.assert(
      fc.property(stock, errors, fc.nat({ max: 3 }), fc.nat({ max: 2 }), (held, wrong, soldLater, repeats) => {
        const bench = benchOf(held, soldLater);
        const asOfMs = bench.clock.nowMs() - 5_000;
        const told = held.map((quantity, index) => quantity + (wrong[index] as number));
        const before = SKUS.map((sku) => bench.figure('L0', 'SELLABLE', sku));
        for (let time = 0; time <= repeats; time++) report(bench, told, asOfMs);

        const injected = SKUS.flatMap((sku, index) => (wrong[index] === 0 ? [] : [[sku, wrong[index]] as const]));
        expect(new Map(open(bench))).toEqual(new Map(injected));
        expect(SKUS.map((sku) => bench.figure('L0', 'SELLABLE', sku))).toEqual(before);
        const raised = bench.log.flat().filter((event) => event.type === 'exception-raised');
        expect(raised.filter((event) => event.class === 'BALANCE_VARIANCE')).toHaveLength(injected.length);
      }),
      runs,
    );
  });

  test('that agrees again closes what it opened, and a later difference is another exception', () => {
    fc.assert(
      fc.property(stock, errors, (held, wrong) => {
        const bench = benchOf(held, 0);
        const told = held.map((quantity, index) => quantity + (wrong[index] as number));
        const nowMs = bench.clock.nowMs();
        report(bench, told, nowMs);
        report(bench, held, nowMs);
        expect(open(bench)).toEqual([]);
        report(bench, told, nowMs);

        const raised = bench.log
          .flat()
          .filter((event): event is LedgerEventOf<'exception-raised'> => event.type === 'exception-raised');
        const injected = wrong.filter((difference) => difference !== 0).length;
        expect(new Set(raised.map(({ exceptionId }) => exceptionId)).size).toBe(2 * injected);
        expect(open(bench)).toHaveLength(injected);
      }),
      runs,
    );
  });
});

describe('a write of a system that does not own the quantity', () => {
  test('changes no figure, whatever it says and in whatever order, and its differences add up', () => {
    fc.assert(
      fc.property(stock, fc.array(fc.integer({ min: -3, max: 3 }), { maxLength: 6 }), (held, writes) => {
        const bench = benchOf(held, 0);
        const before = SKUS.map((sku) => bench.figure('L0', 'SELLABLE', sku));
        for (const quantity of writes) {
          const lines = [{ lineId: '1', sku: 'A', quantity: String(quantity), reason: 'FOUND' as const }];
          bench.fact('stock-adjusted', { location: 'L0', lines }, { isOwner: false });
        }

        expect(SKUS.map((sku) => bench.figure('L0', 'SELLABLE', sku))).toEqual(before);
        const sum = writes.reduce((total, quantity) => total + quantity, 0);
        const steps = bench.state.exceptions.ofClass('FOREIGN_WRITE').map((exception) => exception.steps);
        expect(steps).toEqual(sum === 0 ? [] : [sum]);
      }),
      runs,
    );
  });
});
