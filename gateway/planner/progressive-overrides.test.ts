import { expect, test } from '@jest/globals';
import { UuidV7Ids } from '../../kernel/adapters/embedded/uuid-v7-ids.ts';
import { ProgressiveOverrides } from './progressive-overrides.ts';

const OPERATIONS = 20_000;

test('an override holds for its percentage of operations, and for the same ones each time', () => {
  const overrides = new ProgressiveOverrides([75, 10, 100, 0, 10]);
  const ids = new UuidV7Ids();
  const held = new Map([0, 10, 75, 100].map((percentage) => [percentage, 0]));
  for (let n = 0; n < OPERATIONS; n++) {
    const id = ids.next();
    const level = overrides.levelOf(id);
    expect(overrides.levelOf(id)).toBe(level);
    for (const [percentage, count] of held) if (level < percentage) held.set(percentage, count + 1);
  }
  const shares = Object.fromEntries([...held].map(([percentage, count]) => [percentage, count / OPERATIONS]));
  expect(shares['0']).toBe(0);
  expect(shares['100']).toBe(1);
  expect(shares['10']).toBeCloseTo(0.1, 1);
  expect(shares['75']).toBeCloseTo(0.75, 1);
});

test('operations for which the same overrides hold share a level', () => {
  const overrides = new ProgressiveOverrides([25]);
  const levels = new Set(Array.from({ length: 1_000 }, (_none, n) => overrides.levelOf(`c-${n}`)));
  expect(levels).toEqual(new Set([0, 25]));
  expect(new ProgressiveOverrides([]).levelOf('c-1')).toBe(0);
});
