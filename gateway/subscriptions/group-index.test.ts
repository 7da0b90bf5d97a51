import { describe, expect, test } from '@jest/globals';
import { GroupIndex } from './group-index.ts';

const record = (value: Record<string, unknown>, left?: Record<string, string[]>) => ({
  event: 'e',
  key: 'k',
  version: 1,
  value,
  ...(left && { left }),
});

describe('a group index', () => {
  const index = new GroupIndex<string>();
  index.add('one sku', [{ sku: ['A'], channel: ['WEB', 'POS'] }]);
  index.add('a channel', [{ channel: ['WEB'] }]);
  index.add('either', [{ customer: ['C1'] }, { locations: ['S1'] }]);
  index.add('all', [{}]);

  test('finds by the narrowest field of a filter, and who filters nothing', () => {
    expect([...index.candidates(record({ sku: 'A', channel: 'POS' }))].sort()).toEqual(['all', 'one sku']);
  });

  test('finds by lists and by each of several filters', () => {
    expect([...index.candidates(record({ customer: null, locations: ['S2', 'S1'] }))].sort()).toEqual([
      'all',
      'either',
    ]);
  });

  test('finds by values that were left', () => {
    expect([...index.candidates(record({ channel: 'POS' }, { channel: ['WEB'] }))].sort()).toEqual([
      'a channel',
      'all',
    ]);
  });

  test('of many who name a SKU and the same channel, finds those of the SKU alone', () => {
    const many = new GroupIndex<number>();
    const filtersOf = (each: number) => [{ channel: ['WEB'], sku: [`SKU-${each}`] }];
    for (let each = 0; each < 100; each++) many.add(each, filtersOf(each));
    const found = [...many.candidates(record({ sku: 'SKU-99', channel: 'WEB' }))];
    expect(found).toContain(99);
    // The first one knows of no other value than its own, of either field.
    expect(found.length).toBeLessThanOrEqual(2);
    for (let each = 0; each < 100; each++) many.remove(each, filtersOf(each));
    expect([...many.candidates(record({ sku: 'SKU-99', channel: 'WEB' }))]).toEqual([]);
  });

  test('finds nobody who was removed', () => {
    const other = new GroupIndex<string>();
    other.add('a', [{ sku: ['A'] }, {}]);
    other.remove('a', [{ sku: ['A'] }, {}]);
    expect([...other.candidates(record({ sku: 'A' }))]).toEqual([]);
  });
});
