import { expect, test } from '@jest/globals';
import { createIdSource } from './id-source.ts';
import { createSeededRandom } from './seeded-random.ts';

test('the same seed gives the same ids, another seed others', () => {
  const first = createIdSource(createSeededRandom(7)).uuid();
  expect(createIdSource(createSeededRandom(7)).uuid()).toBe(first);
  expect(createIdSource(createSeededRandom(8)).uuid()).not.toBe(first);
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('numbers spread over the whole of [0, 1)', () => {
  const random = createSeededRandom(1);
  const tenths = new Set(Array.from({ length: 500 }, () => Math.floor(random() * 10)));
  expect([...tenths].sort((left, right) => left - right)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});
