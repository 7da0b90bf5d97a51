import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { thaw } from '../testing/thaw.ts';
import { COLUMN, NONE } from './bucket.ts';
import { PositionTable } from './position-table.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const entries = fc.array(fc.tuple(fc.nat({ max: 40 }), fc.nat({ max: 12 }), fc.integer({ min: -9, max: 9 })), {
  maxLength: 400,
});

describe('the position table', () => {
  test('holds what a map would hold, by key, by SKU and by location, also after it was saved', () => {
    fc.assert(
      fc.property(entries, (changes) => {
        const model = new Map<string, number>();
        const table = new PositionTable();
        for (const [sku, location, steps] of changes) {
          const key = `${sku}|${location}`;
          model.set(key, (model.get(key) ?? 0) + steps);
          table.add(table.open(sku, location), COLUMN.DAMAGED, steps);
        }
        const restored = PositionTable.from(thaw(table.freeze()));
        expect(thaw(restored.freeze())).toEqual(thaw(table.freeze()));
        for (const each of [table, restored]) {
          expectToHold(each, model);
          each.open(7, 55);
          expectToHold(each, new Map([...model, ['7|55', 0]]));
        }
      }),
      parameters,
    );
  });
});

test.each<[string, (table: PositionTable, row: number) => void]>([
  ['a figure', (table, row) => table.add(row, COLUMN.DAMAGED, 1)],
  ['a date', (table, row) => table.date(row, COLUMN.allocated, { seq: 0, recordedAtMs: 5_000 })],
  ['a sequence', (table, row) => table.date(row, NONE, { seq: 3, recordedAtMs: 5_000 })],
  ['an instant of a count', (table, row) => table.setCountedAtMs(row, 9)],
  ['another row', (table) => table.open(2, 1)],
])('holds %s no sooner in what was frozen before', (_what, change) => {
  const table = new PositionTable();
  const row = table.open(1, 1);
  const before = thaw(table.freeze());
  const frozen = table.freeze();
  change(table, row);
  expect(thaw(frozen)).toEqual(before);
  expect(thaw(table.freeze())).not.toEqual(before);
});

test('keeps the date of a change beyond the year 2038', () => {
  const table = new PositionTable();
  const row = table.open(1, 1);
  const recordedAtMs = Date.UTC(2100, 0, 1);
  table.date(row, COLUMN.allocated, { seq: 3, recordedAtMs });
  expect(table.changedAtMs(row, COLUMN.allocated)).toBe(recordedAtMs);
  expect(table.changedAtMs(row, COLUMN.SELLABLE)).toBeUndefined();
});

function expectToHold(table: PositionTable, model: ReadonlyMap<string, number>): void {
  expect(table.size).toBe(model.size);
  for (const [key, steps] of model) {
    const [sku = 0, location = 0] = key.split('|').map(Number);
    expect(table.get(table.find(sku, location), COLUMN.DAMAGED)).toBe(steps);
  }
  const bySku = Array.from({ length: 41 }, (_, sku) => chain(table.firstOfSku(sku), (row) => table.nextOfSku(row)));
  const byLocation = Array.from({ length: 56 }, (_, location) => {
    const rows = chain(table.firstOfLocation(location), (row) => table.nextOfLocation(row));
    expect(rows).toHaveLength(table.sizeOfLocation(location));
    return rows;
  });
  for (const rows of [bySku.flat(), byLocation.flat()]) {
    expect(rows.map((row) => `${table.skuOf(row)}|${table.locationOf(row)}`).sort()).toEqual([...model.keys()].sort());
  }
  expect(table.find(99, 99)).toBe(NONE);
}

function chain(first: number, next: (row: number) => number): readonly number[] {
  const rows: number[] = [];
  for (let row = first; row !== NONE; row = next(row)) rows.push(row);
  return rows;
}
