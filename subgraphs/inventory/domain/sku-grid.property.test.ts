import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../kernel/testing/config.ts';
import { SkuGrid } from './sku-grid.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

const SKUS = 90;
const COLUMNS = 20;
const change = fc.oneof(
  fc.tuple(
    fc.nat({ max: SKUS - 1 }),
    fc.nat({ max: COLUMNS - 1 }),
    fc.integer({ min: -3, max: 3 }),
    fc.constant('add' as const),
  ),
  fc.tuple(fc.nat({ max: SKUS - 1 }), fc.constant(0), fc.constant(0), fc.constantFrom('clearSku', 'clear', 'save')),
);

describe('a grid of SKUs and columns', () => {
  test('holds what a map would hold, however it grew and whenever it was saved', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        let grid = new SkuGrid(0);
        let model = new Map<number, number>();
        for (const [sku, column, value, what] of changes) {
          const key = sku * COLUMNS + column;
          if (what === 'add') {
            grid.add(sku, column, value);
            model.set(key, (model.get(key) ?? 0) + value);
          } else if (what === 'clearSku') {
            grid.clearSku(sku);
            model = new Map([...model].filter(([each]) => Math.floor(each / COLUMNS) !== sku));
          } else if (what === 'clear') {
            grid.clear();
            model = new Map();
          } else {
            const restored = SkuGrid.from(grid.toData(), 0);
            expect(restored.toData()).toEqual(grid.toData());
            grid = restored;
          }
        }
        for (let key = 0; key < SKUS * COLUMNS; key++) {
          const sku = Math.floor(key / COLUMNS);
          expect(grid.get(sku, key - sku * COLUMNS)).toBe(model.get(key) ?? 0);
        }
        const held = [...model].filter(([, value]) => value !== 0).sort(([a], [b]) => a - b);
        const told = [...grid.entries()].map(([sku, column, value]) => [sku * COLUMNS + column, value]);
        expect(told).toEqual(held);
      }),
      parameters,
    );
  });

  test('tells what was never set from what was set to zero, when that is what it is made for', () => {
    const grid = new SkuGrid(Number.NaN);
    grid.set(70, 3, 0);
    expect([grid.get(70, 3), grid.get(70, 2), grid.get(700, 3), grid.get(70, 30)]).toEqual([0, NaN, NaN, NaN]);
    expect([...grid.entries()]).toEqual([[70, 3, 0]]);
  });
});
