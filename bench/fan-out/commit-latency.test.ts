import { describe, expect, test } from '@jest/globals';
import { groupBySku, latenciesOf } from './commit-latency.ts';

const committed = groupBySku([
  { sku: 'A', version: 3, atMs: 100 },
  { sku: 'B', version: 4, atMs: 110 },
  { sku: 'A', version: 7, atMs: 120 },
  { sku: 'A', version: 9, atMs: 130 },
]);

describe('the time from a commit to a client', () => {
  test('is that of each change of its SKU', () => {
    expect(latenciesOf({ sku: 'A', versions: [3, 7, 9], atMs: [101, 123, 139] }, committed)).toEqual([1, 3, 9]);
  });

  test('of a change that was overtaken lasts until the newer one came', () => {
    expect(latenciesOf({ sku: 'A', versions: [7, 9], atMs: [125, 131] }, committed)).toEqual([25, 5, 1]);
  });

  test.each([
    ['what was never committed', [3, 5, 9]],
    ['a change twice', [3, 7, 7, 9]],
    ['an older change after a newer one', [7, 3, 9]],
    ['nothing of the last change', [3, 7]],
  ])('is refused to a client that was told %s', (_what, versions) => {
    expect(() => latenciesOf({ sku: 'A', versions, atMs: versions.map(() => 200) }, committed)).toThrow(
      'A client of A',
    );
  });
});
