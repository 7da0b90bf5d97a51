import { expect, test } from '@jest/globals';
import { TokenBucket } from './token-bucket.ts';

test('allows the capacity at once, names the wait, and refills with time', () => {
  let nowMs = 0;
  const bucket = new TokenBucket({ capacity: 2, refillPerSecond: 0.5 }, () => nowMs);
  expect([bucket.take(), bucket.take(), bucket.take()]).toEqual([0, 0, 2]);
  nowMs = 1_999;
  expect(bucket.take()).toBe(1);
  nowMs = 2_000;
  expect([bucket.take(), bucket.take()]).toEqual([0, 2]);
});
