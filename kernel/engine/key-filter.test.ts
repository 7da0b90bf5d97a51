import { describe, expect, test } from '@jest/globals';
import { KeyFilter } from './key-filter.ts';

describe('the filter of keys', () => {
  test('holds every key that was added, however many beyond its bound', () => {
    const filter = new KeyFilter(1_024);
    const keys = Array.from({ length: 5_000 }, (_, n) => `till|${n}`);
    for (const key of keys) filter.add(key);
    expect(keys.filter((key) => !filter.mayHold(key))).toEqual([]);
    expect(filter.bytes).toBeLessThanOrEqual(1_024);
  });

  test('knows most new keys as new while it is within its bound', () => {
    const filter = new KeyFilter(1_048_576);
    for (let n = 0; n < 20_000; n++) filter.add(`till|${n}`);
    const mistaken = Array.from({ length: 10_000 }, (_, n) => `new|${n}`).filter((key) => filter.mayHold(key));
    expect(mistaken.length).toBeLessThan(300);
  });

  test('grows as keys are added and never beyond its bound', () => {
    const filter = new KeyFilter(4_000_000);
    const before = filter.bytes;
    for (let n = 0; n < 1_000_000; n++) filter.add(`till|${n}`);
    expect(filter.bytes).toBeGreaterThan(before);
    expect(filter.bytes).toBeLessThanOrEqual(4_000_000);
  });
});
