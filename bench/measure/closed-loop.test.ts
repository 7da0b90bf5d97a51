import { describe, expect, test } from '@jest/globals';
import { closedLoop, percentile } from './closed-loop.ts';

describe('closedLoop', () => {
  test('keeps the asked number of calls in flight and counts each once', async () => {
    let inFlight = 0;
    let inFlightMax = 0;
    let calls = 0;
    const call = async () => {
      calls++;
      inFlightMax = Math.max(inFlightMax, ++inFlight);
      await new Promise((resolve) => setImmediate(resolve));
      inFlight--;
    };
    const result = await closedLoop({ concurrency: 3, durationMs: 5, call });
    expect(inFlightMax).toBe(3);
    expect(result.completed).toBe(calls);
    expect(result.latenciesMs).toHaveLength(calls);
    expect(result.latenciesMs).toEqual(result.latenciesMs.toSorted((a, b) => a - b));
  });

  test('fails with the first call that fails', async () => {
    const call = async () => {
      throw new Error('wrong answer');
    };
    await expect(closedLoop({ concurrency: 2, durationMs: 5, call })).rejects.toThrow('wrong answer');
  });
});

describe('percentile', () => {
  const sorted = Array.from({ length: 100 }, (_, index) => index + 1);

  test.each([
    [0, 1],
    [0.5, 51],
    [0.99, 100],
    [1, 100],
  ])('finds the value at %d', (fraction, expected) => {
    expect(percentile(sorted, fraction)).toBe(expected);
  });

  test('is no number when there are no values', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});
