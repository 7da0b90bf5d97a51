import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import type { StockDisposed } from '../../../schema/events/inbox-supply.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { BUCKETS, VIRTUAL_LOCATIONS } from './bucket.ts';
import { virtualBalance } from './ledger-state.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const units = fc.integer({ min: 1, max: 6 });
const held = fc.constantFrom('RETURN_PENDING' as const, 'QC_HOLD' as const, 'SUSPECT' as const);
const place = fc.constantFrom<StockDisposed['lines'][number]['to'][]>(
  ...(['SELLABLE', 'DAMAGED', 'QUARANTINE', 'SUPPLIER', 'SHRINK'] as const),
);
const step = fc.oneof(
  fc.record({ type: fc.constant('receive' as const), units }),
  fc.record({
    type: fc.constant('condition-changed' as const),
    units,
    from: fc.constantFrom(...BUCKETS),
    to: fc.constantFrom(...BUCKETS),
  }),
  fc.record({ type: fc.constantFrom('stock-disposed' as const, 'command' as const), units, from: held, to: place }),
);

describe('goods that are held', () => {
  test('are conserved wherever they go, and no command makes a bucket negative', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const bench = LedgerBench.withLocations(1);
        const figures = () => BUCKETS.map((bucket) => bench.figure('L0', bucket));
        let commands = 0;
        for (const made of steps) {
          const before = figures();
          const quantity = String(made.units);
          if (made.type === 'receive') bench.receive('L0', quantity);
          if (made.type === 'condition-changed') {
            const lines = [
              { lineId: '1', sku: 'A', quantity, from: made.from, to: made.to, reason: 'QC_FAIL' as const },
            ];
            bench.fact('condition-changed', { location: 'L0', lines });
          }
          if (made.type === 'stock-disposed' || made.type === 'command') {
            const line = { sku: 'A', quantity, from: made.from, to: made.to, reason: 'QC_PASS' as const };
            if (made.type === 'stock-disposed') {
              bench.fact('stock-disposed', { location: 'L0', lines: [{ lineId: '1', ...line }] });
            } else {
              const at = { location: 'L0', occurredAt: new Date(bench.clock.nowMs()).toISOString() };
              const request = { commandId: `c${commands++}`, ...at, lines: [line] };
              bench.do({ type: 'dispose-stock', request });
              figures().forEach((count, index) =>
                expect(count).toBeGreaterThanOrEqual(Math.min(0, before[index] as number)),
              );
            }
          }
          const elsewhere = VIRTUAL_LOCATIONS.map((virtual) => virtualBalance(bench.state, 0, virtual));
          expect([...figures(), ...elsewhere].reduce((sum, count) => sum + count, 0)).toBe(0);
        }
      }),
      parameters,
    );
  });
});

describe('a revised disposition', () => {
  const returned = (): LedgerBench => {
    const bench = LedgerBench.withLocations(1).channel('WEB', ['L0']);
    const lines = [{ lineId: '1', sku: 'A', quantity: '3' }];
    bench.fact('announced-return-received', { return: 'r', location: 'L0', lines });
    return bench;
  };
  const dispose = (bench: LedgerBench, commandId: string, line: object) => {
    const lines = [{ returnLine: '1', sku: 'A', quantity: '3', disposition: 'RESTOCK' as const, ...line }];
    return bench.do({ type: 'dispose-return', request: { commandId, return: 'r', location: 'L0', lines } });
  };

  test('moves the goods back by a compensation and then on', () => {
    const bench = returned();
    dispose(bench, 'd1', {});
    const { events } = dispose(bench, 'd2', { revises: 'RESTOCK', disposition: 'DAMAGED' });
    expect(events).toMatchObject([
      { kind: 'DISPOSE', lines: [{ reason: 'RESTOCK', isCompensation: true }, { reason: 'DAMAGED' }] },
      { type: 'fact-recorded' },
    ]);
    const buckets = ['SELLABLE', 'RETURN_PENDING', 'DAMAGED'] as const;
    expect(buckets.map((bucket) => bench.figure('L0', bucket))).toEqual([0, 0, 3]);
  });

  test('records a shortage, and clips nothing, when the goods were sold meanwhile', () => {
    const bench = returned();
    dispose(bench, 'd1', {});
    bench.sell('L0', '2');
    const { code, events } = dispose(bench, 'd2', { revises: 'RESTOCK', disposition: 'DESTROY' });
    expect(code).toBeUndefined();
    expect(events).toContainEqual(expect.objectContaining({ type: 'shortage-recorded', short: 2 }));
    expect([bench.figure('L0', 'SELLABLE'), virtualBalance(bench.state, 0, 'SHRINK')]).toEqual([-2, 3]);
  });
});
