import { describe, expect, test } from '@jest/globals';
import { FactMemory } from './fact-memory.ts';

const source = (eventId: string) => ({ system: 'pos', eventId });

describe('the memory of facts', () => {
  test('knows the lines that were applied, and all of them once the fact is whole', () => {
    const memory = new FactMemory();
    memory.add(source('e'), ['1'], false);
    expect([memory.has(source('e'), '1'), memory.has(source('e'), '2')]).toEqual([true, false]);
    memory.add(source('e'), ['2'], true);
    expect([memory.has(source('e'), '2'), memory.has(source('other'), '2')]).toEqual([true, false]);
  });

  test('forgets the oldest facts beyond its bound', () => {
    const memory = new FactMemory([], 2);
    for (const id of ['a', 'b', 'c']) memory.add(source(id), ['1'], true);
    expect(['a', 'b', 'c'].map((id) => memory.has(source(id), '1'))).toEqual([false, true, true]);
  });
});
