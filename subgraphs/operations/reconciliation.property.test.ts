/* I45: a run whose two sides are equal has no exceptions, and each difference above tolerance is exactly one. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../kernel/testing/config.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { NO_TOLERANCE } from './domain/compare-balances.ts';
import type { ExceptionState } from './domain/exception-state.ts';
import type { ReconciliationRun } from './domain/reconciliation-run.ts';
import { OPERATIONS_LIMITS } from './app/operations-limits.ts';
import { openOperationsStore } from './app/operations-store.ts';
import { carryOutRun } from './app/reconciliation/carry-out-run.ts';
import { newRun } from './app/reconciliation/reconciliation-desk.ts';
import { RECONCILIATION_LIMITS } from './app/reconciliation/reconciliation-limits.ts';
import type { ReconciliationParts } from './app/reconciliation/reconciliation-parts.ts';
import { openReconciliationStore } from './app/reconciliation/reconciliation-store.ts';
import { TwoBooks } from './testing/two-books.ts';

const { propertyRuns, propertySeed } = testConfig();
/** Every run saves documents; fewer say as much. */
const runs = {
  numRuns: Math.max(10, Math.floor(propertyRuns / 5)),
  ...(propertySeed !== undefined && { seed: propertySeed }),
};
const PLACES = ['NORTH', 'SOUTH'] as const;
const LIMITS = { ...RECONCILIATION_LIMITS, settleMs: 0 };

interface Position {
  readonly held: number;
  /** What the system tells beyond it. */
  readonly over: number;
  /** What the ledger hears of only after the first look; both sides have it then. */
  readonly late: number;
}

const TOLERANCE_MAX = 2;
const position = fc
  .record<Position>({
    held: fc.integer({ min: -2, max: 9 }),
    over: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.integer({ min: -3, max: 3 }) }),
    late: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -2, max: 2 }) }),
  })
  // A difference that a fact under way happens to hide is found by the next run.
  .map(({ late, over, ...rest }) => {
    const isHidden = over !== 0 && Math.abs(over + late) <= TOLERANCE_MAX;
    return { ...rest, over, late: isHidden ? 0 : late };
  });
const shelf = fc.array(position, { maxLength: 8 });
const books = fc.tuple(shelf, shelf);
const tolerance = fc.nat({ max: TOLERANCE_MAX });

let platform: TestPlatform;
let parts: ReconciliationParts;
let ordinal = 0;

beforeAll(async () => {
  platform = await openTestPlatform();
  const operations = { platform, store: await openOperationsStore(platform.documents), limits: OPERATIONS_LIMITS };
  parts = { platform, store: await openReconciliationStore(platform.documents), limits: LIMITS, operations };
});
afterAll(() => platform.close());

const skuOf = (index: number): string => `SKU-${index}`;

/** Exceptions of a system that are not closed: where, which SKU, how much. */
async function open(system: string): Promise<readonly (readonly [string, string])[]> {
  const rows = await parts.operations.store.exceptions.find({ where: { source: { eq: system } }, limit: 1_000 });
  return rows
    .map(({ document }) => document)
    .filter(({ status }) => status === 'OPEN')
    .map(({ location, sku, quantity }: ExceptionState) => [`${location}|${sku}`, String(quantity)] as const);
}

function write(two: TwoBooks, shelves: readonly (readonly Position[])[]): void {
  shelves.forEach((positions, place) => {
    const location = PLACES[place] as string;
    positions.forEach(({ held, over, late }, index) => {
      two.put(two.held, location, skuOf(index), String(held));
      two.put(two.told, location, skuOf(index), String(held + late + over));
      if (late !== 0) two.put(two.underWay, location, skuOf(index), String(held + late));
    });
  });
}

async function compare(two: TwoBooks, quantity = '0'): Promise<ReconciliationRun> {
  const { system } = two.source;
  const id = `run-${++ordinal}`;
  const asked = { id, system, locations: [], asked: null, requestedAtMs: platform.clock.nowMs() };
  return carryOutRun(
    parts,
    newRun({ ...asked, tolerance: { ...NO_TOLERANCE, quantity } }),
    new AbortController().signal,
  );
}

async function withBooks(check: (two: TwoBooks) => Promise<void>): Promise<void> {
  const source = { system: `system-${++ordinal}`, figure: 'SELLABLE' as const, locations: [...PLACES] };
  const two = new TwoBooks(platform, source);
  try {
    await check(two);
  } finally {
    two.close();
  }
}

describe('a reconciliation', () => {
  test('opens one exception for each difference above tolerance, none for what is equal or under way', async () => {
    await fc.assert(
      fc.asyncProperty(books, tolerance, fc.integer({ min: 1, max: 2 }), (shelves, allowed, times) =>
        withBooks(async (two) => {
          write(two, shelves);
          const injected = shelves.flatMap((positions, place) =>
            positions.flatMap(({ over }, index) =>
              Math.abs(over) > allowed ? [[`${PLACES[place]}|${skuOf(index)}`, String(over)] as const] : [],
            ),
          );
          for (let time = 1; time <= times; time++) {
            const run = await compare(two, String(allowed));
            expect(run).toMatchObject({ status: 'DONE', raised: injected.length, isCutOff: false });
            const { mismatched, missingInLedger, missingInSystem } = run.counts;
            expect(mismatched + missingInLedger + missingInSystem).toBe(injected.length);
          }
          const found = await open(two.source.system);
          expect(found).toHaveLength(injected.length);
          expect(new Map(found)).toEqual(new Map(injected));
        }),
      ),
      runs,
    );
  });

  test('counts every position that either side holds once, and what the differences come to', async () => {
    await fc.assert(
      fc.asyncProperty(books, (shelves) =>
        withBooks(async (two) => {
          write(two, shelves);
          const { counts, variance } = await compare(two);
          const all = shelves.flat();
          const positions = all.filter(({ held, late, over }) => held !== 0 || held + late !== 0 || over !== 0);
          // What was nothing on both sides when it was looked at is none.
          const sum = Object.values(counts).reduce((total, count) => total + count, 0);
          expect(sum).toBeLessThanOrEqual(positions.length);
          expect(sum).toBeGreaterThanOrEqual(
            all.filter(({ held, late, over }) => held + late !== 0 || held + late + over !== 0).length,
          );
          const of = (sign: number): number =>
            all.filter(({ over }) => over * sign > 0).reduce((total, { over }) => total + over * sign, 0);
          expect(variance).toMatchObject({ more: String(of(1)), less: String(of(-1)) });
        }),
      ),
      runs,
    );
  });

  test('closes what both agree on again, and opens the same exception when they differ anew', async () => {
    await fc.assert(
      fc.asyncProperty(books, books, (before, after) =>
        withBooks(async (two) => {
          write(two, before);
          await compare(two);
          two.told.clear();
          two.held.clear();
          two.underWay.clear();
          write(two, after);
          await compare(two);
          const injected = after.flatMap((positions, place) =>
            positions.flatMap(({ over }, index) => (over === 0 ? [] : [`${PLACES[place]}|${skuOf(index)}`])),
          );
          const found = (await open(two.source.system)).map(([where]) => where);
          expect(found.sort()).toEqual(injected.sort());
        }),
      ),
      runs,
    );
  });
});
