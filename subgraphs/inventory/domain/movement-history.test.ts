import { describe, expect, test } from '@jest/globals';
import { thaw } from '../testing/thaw.ts';
import { MovementHistory } from './movement-history.ts';

describe('the history of movements', () => {
  test('sums what happened later than an instant, per position', () => {
    const history = new MovementHistory(10);
    history.add(0, 5, 100);
    history.add(1, 9, 100);
    history.add(0, -2, 300);
    history.add(0, -1, 200);
    expect([99, 100, 250, 300].map((asOfMs) => history.stepsAfter(0, asOfMs))).toEqual([2, -3, -2, 0]);
    expect(history.stepsAfter(7, 0)).toBe(0);
  });

  test('stays as it was frozen, also when it overwrites its oldest', () => {
    const history = new MovementHistory(3);
    for (const row of [0, 1, 2]) history.add(row, 5, 100 + row);
    for (const row of [1, 0, 2]) {
      const before = thaw(history.freeze());
      const frozen = history.freeze();
      history.add(row, 7, 200 + row);
      expect(thaw(frozen)).toEqual(before);
    }
  });

  test('knows when it has forgotten too much to tell, for that position alone', () => {
    const history = new MovementHistory(3);
    history.add(0, 5, 500);
    history.add(1, 1, 100);
    history.add(1, 1, 200);
    history.add(1, 1, 300);
    expect(history.stepsAfter(0, 499)).toBeUndefined();
    expect(history.stepsAfter(0, 500)).toBe(0);
    expect(history.stepsAfter(1, 100)).toBe(2);
    const restored = MovementHistory.from(thaw(history.freeze()), 3);
    restored.add(2, 1, 400);
    expect([restored.stepsAfter(1, 99), restored.stepsAfter(1, 100), restored.stepsAfter(0, 499)]).toEqual([
      undefined,
      2,
      undefined,
    ]);
  });
});
