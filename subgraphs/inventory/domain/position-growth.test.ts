import { describe, expect, test } from '@jest/globals';
import { COLUMN } from './bucket.ts';
import { enterRow, findRow, LOCATION, positionArrays, ROW, roomOf, SKU } from './position-arrays.ts';
import { PositionGrowth } from './position-growth.ts';
import { PositionTable } from './position-table.ts';

const ROWS_MOVED_AT_ONCE_MAX = 512;

describe('the growth of the position table', () => {
  test('moves every row before the room is full, and few at a time', () => {
    const arrays = positionArrays(8_192);
    const room = roomOf(arrays);
    let growth: PositionGrowth | undefined;
    for (let row = 0; row < room; row++) {
      arrays.rows[row * ROW + SKU] = row % 97;
      arrays.rows[row * ROW + LOCATION] = row;
      enterRow(arrays, row);
      if (PositionGrowth.isDue(arrays, row + 1)) growth ??= new PositionGrowth(arrays);
      const before = growth?.moved ?? 0;
      growth?.proceed(row + 1);
      expect((growth?.moved ?? 0) - before).toBeLessThanOrEqual(ROWS_MOVED_AT_ONCE_MAX);
    }
    expect(growth?.moved).toBe(room);
    const larger = (growth as PositionGrowth).finish(room);
    expect(roomOf(larger)).toBe(room * 2);
    for (let row = 0; row < room; row++) expect(findRow(larger, row % 97, row)).toBe(row);
  });

  test('keeps every write, whether it was made before its row moved, or after', () => {
    const table = new PositionTable();
    const COUNT = 5_000;
    for (let number = 0; number < COUNT; number++) {
      table.open(number % 53, number);
      for (const row of [0, number >> 1, number]) {
        table.add(row, COLUMN.DAMAGED, 1);
        table.date(row, COLUMN.SELLABLE, { seq: number, recordedAtMs: number * 1_000 });
        table.setCountedAtMs(row, number);
      }
    }
    expect(table.get(0, COLUMN.DAMAGED)).toBe(COUNT + 3);
    for (let number = 2; number < COUNT; number++) {
      const row = table.find(number % 53, number);
      const last = Math.min(COUNT - 1, number * 2 + 1);
      const written = number * 2 >= COUNT ? number : last;
      expect(row).toBe(number);
      expect([table.changedSeqOf(row), table.countedAtMs(row)]).toEqual([written, written]);
    }
  });
});
