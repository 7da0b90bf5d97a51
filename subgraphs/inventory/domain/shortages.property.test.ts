import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { LedgerBench } from '../testing/ledger-bench.ts';
import { freeOf } from './availability.ts';
import { NONE } from './bucket.ts';
import type { LedgerEvent } from './ledger-event.ts';

/* What is physical always wins: it is never clipped, and what it leaves uncovered is said in the very same batch. */

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const LOCATIONS = ['L0', 'L1'] as const;
const line = fc.record({ sku: fc.constantFrom('A', 'B'), units: fc.integer({ min: 1, max: 6 }) });
/** Several lines of one SKU are common. */
const lines = fc.array(line, { minLength: 1, maxLength: 4 });
const location = fc.constantFrom(...LOCATIONS);

const step = fc.oneof(
  fc.record({ type: fc.constant('goods-received' as const), location, lines }),
  fc.record({ type: fc.constant('store-sale-recorded' as const), location, lines }),
  fc.record({ type: fc.constant('stock-adjusted' as const), location, lines }),
  fc.record({ type: fc.constant('short-pick-recorded' as const), location, lines }),
  fc.record({ type: fc.constant('reserve' as const), location: fc.option(location, { nil: undefined }), line }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const SIGNS = { 'goods-received': 1, 'store-sale-recorded': -1, 'stock-adjusted': -1, 'short-pick-recorded': -1 };

function openBench(): LedgerBench {
  const bench = LedgerBench.withLocations(LOCATIONS.length).channel('WEB', LOCATIONS);
  bench.sku('B');
  return bench;
}

/** @returns what the batch says, unless it was no fact */
function run(bench: LedgerBench, made: Step): readonly LedgerEvent[] | undefined {
  if (made.type === 'reserve') {
    const at = made.location === undefined ? {} : { location: made.location };
    bench.reserve([[made.line.sku, String(made.line.units)]], at);
    return undefined;
  }
  const sign = made.type === 'stock-adjusted' ? '-' : '';
  const told = made.lines.map(({ sku, units }, index) => {
    return { lineId: String(index), sku, quantity: `${sign}${units}`, orderLine: 'x', reason: 'DAMAGE' };
  });
  const about = { location: made.location, order: 'o', externalId: 'x', reference: 'x', lines: told };
  return bench.fact(made.type, about).events;
}

const free = ({ state }: LedgerBench, sku: string, at: string): number => {
  const row = state.positions.find(state.skuIds.find(sku) ?? NONE, state.locationIds.find(at) ?? NONE);
  return row === NONE ? 0 : freeOf(state, row);
};

describe('whatever happens to stock', () => {
  test('is booked as it was told, and what it leaves uncovered is recorded with it, once and in full', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const bench = openBench();
        const told = new Map<string, number>();
        for (const made of steps) {
          const before = new Map(['A', 'B'].map((sku) => [sku, free(bench, sku, made.location ?? 'L0')]));
          const events = run(bench, made);
          if (!events || made.type === 'reserve') continue;
          for (const { sku, units } of made.lines) {
            const shelf = `${sku} at ${made.location}`;
            told.set(shelf, (told.get(shelf) ?? 0) + SIGNS[made.type] * units);
          }
          const recorded = events.flatMap((event) => (event.type === 'shortage-recorded' ? [event] : []));
          const uncovered = ['A', 'B'].flatMap((sku) => {
            const now = free(bench, sku, made.location);
            return now < 0 && now < (before.get(sku) ?? 0) ? [`${sku} at ${made.location}: ${-now}`] : [];
          });
          expect(recorded.map(({ sku, location: at, short }) => `${sku} at ${at}: ${short}`).toSorted()).toEqual(
            uncovered.toSorted(),
          );
        }
        for (const sku of ['A', 'B']) {
          for (const at of LOCATIONS) expect(bench.figure(at, 'SELLABLE', sku)).toBe(told.get(`${sku} at ${at}`) ?? 0);
        }
      }),
      parameters,
    );
  });

  test('names as promises at risk only what is promised there, the lowest priority first, and no more than is short', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => {
        const bench = openBench();
        for (const made of steps) {
          for (const event of run(bench, made) ?? []) {
            if (event.type !== 'shortage-recorded') continue;
            const atRisk = event.atRisk ?? [];
            const named = atRisk.reduce((sum, { steps: count }) => sum + count, 0);
            expect(named).toBeLessThanOrEqual(event.short);
            for (const { reservation } of atRisk) {
              const held = bench.state.reservations.get(reservation);
              expect(held?.status).toBe('ACTIVE');
              expect(held?.location).toBe(bench.state.locationIds.find(event.location));
            }
            const priorities = atRisk.map(({ priority }) => priority);
            expect(priorities).toEqual(priorities.toSorted((a, b) => a - b));
          }
        }
      }),
      parameters,
    );
  });
});
