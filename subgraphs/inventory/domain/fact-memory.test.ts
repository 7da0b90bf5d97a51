import { describe, expect, test } from '@jest/globals';
import { FactMemory } from './fact-memory.ts';
import { formatFactRecord, parseFactRecord, type FactRecord } from './fact-record.ts';

const source = (eventId: string) => ({ system: 'pos', eventId });

describe('the memory of facts', () => {
  test('knows the lines that were applied, and all of them once the fact is whole', () => {
    const memory = new FactMemory();
    memory.add(source('e'), { lines: ['1'] }, 1);
    expect([memory.has(source('e'), '1'), memory.has(source('e'), '2')]).toEqual([true, false]);
    memory.add(source('e'), { lines: 'all' }, 2);
    expect([memory.has(source('e'), '2'), memory.has(source('other'), '2')]).toEqual([true, false]);
  });

  test('lets the oldest facts go beyond its bound, but none of the batch that is being decided', () => {
    const memory = new FactMemory().limitTo(2);
    const known = () => ['a', 'b', 'c', 'd'].filter((id) => memory.has(source(id), '1'));
    for (const id of ['a', 'b', 'c']) memory.add(source(id), { lines: 'all' }, 1);
    expect(known()).toEqual(['a', 'b', 'c']);
    memory.add(source('d'), { lines: 'all' }, 2);
    expect(known()).toEqual(['c', 'd']);
  });

  test('adds what was recalled to what it knows, until something else is recalled', () => {
    const memory = new FactMemory();
    memory.add(source('e'), { lines: ['2'], payloadHash: 'h' }, 1);
    memory.recall(new Map([['pos|e', [{ lines: ['1'], payloadHash: 'h' }]]]));
    expect(['1', '2', '3'].map((line) => memory.has(source('e'), line))).toEqual([true, true, false]);
    memory.recall(new Map());
    expect(memory.has(source('e'), '1')).toBe(false);
  });

  test('tells another content from the same one, and from one of which it has no hash', () => {
    const memory = new FactMemory();
    memory.add(source('e'), { lines: 'all', payloadHash: 'h' }, 1);
    memory.add(source('old'), { lines: 'all' }, 1);
    expect(memory.contradicts(source('e'), 'h')).toBe(false);
    expect(memory.contradicts(source('e'), 'other')).toBe(true);
    expect(memory.contradicts(source('old'), 'other')).toBe(false);
    memory.add(source('e'), { conflict: 'other' }, 2);
    expect([memory.hasConflict(source('e'), 'other'), memory.hasConflict(source('e'), 'third')]).toEqual([true, false]);
  });
});

test('a record of a fact comes back from its text', () => {
  const records: FactRecord[] = [
    { lines: 'all' },
    { lines: ['1', '2"'], payloadHash: 'h' },
    { lines: 'all', payloadHash: 'h' },
    { conflict: 'h' },
  ];
  expect(records.map((record) => parseFactRecord(formatFactRecord(record)))).toEqual(records);
});
