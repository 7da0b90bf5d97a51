import { expect, test } from '@jest/globals';
import { FrozenList } from './frozen-list.ts';

const listOf = (...values: number[]) => values.map((value) => ({ value }));
const freeze = (elements: { value: number }[]) => new FrozenList(elements, ({ value }) => value);

test('a frozen list gives what its elements said when it was frozen, if it is told of their changes', () => {
  const elements = listOf(1, 2, 3, 4);
  const frozen = freeze(elements);
  const change = (index: number): void => {
    const element = elements[index] as { value: number };
    frozen.beforeChange(element);
    element.value += 10;
  };
  change(1);
  expect(frozen.slice(0, 2)).toEqual([1, 2]);
  for (const index of [0, 1, 2]) change(index);
  expect(frozen.slice(2, 4)).toEqual([3, 4]);
  expect(frozen.length).toBe(4);
});

test('a frozen list that is finished holds everything, told of changes or not', () => {
  const elements = listOf(1, 2);
  const frozen = freeze(elements);
  frozen.finish();
  for (const element of elements) element.value = 9;
  expect(frozen.slice(0, 2)).toEqual([1, 2]);
  expect(freeze(elements).slice(0, 5)).toEqual([9, 9]);
});
