import { describe, expect, test } from '@jest/globals';
import { openLoop } from './open-loop.ts';

describe('openLoop', () => {
  test('makes every call that is due, whether or not earlier ones have been answered', async () => {
    let calls = 0;
    let inFlightMax = 0;
    let inFlight = 0;
    const held = Promise.withResolvers<void>();
    const call = async () => {
      inFlightMax = Math.max(inFlightMax, ++inFlight);
      if (++calls === 100) held.resolve();
      await held.promise;
      inFlight--;
    };
    const result = await openLoop({ perSecond: 10_000, durationMs: 10, call });
    expect(calls).toBe(100);
    expect(inFlightMax).toBe(100);
    expect(result.completed).toBe(100);
  });

  test('counts the time since a call was due', async () => {
    const call = async () => undefined;
    const { latenciesMs } = await openLoop({ perSecond: 1_000, durationMs: 5, call });
    expect(latenciesMs).toHaveLength(5);
    expect(latenciesMs.every((latencyMs) => latencyMs >= 0)).toBe(true);
  });

  test('counts a call that is turned away for overload as never answered', async () => {
    let calls = 0;
    const call = async () => {
      if (++calls === 3) throw Object.assign(new Error('Too many wait.'), { code: 'OVERLOADED' });
    };
    const { completed, latenciesMs } = await openLoop({ perSecond: 1_000, durationMs: 5, call });
    expect(completed).toBe(4);
    expect(latenciesMs.at(-1)).toBe(Number.POSITIVE_INFINITY);
  });

  test('fails with the first call that fails', async () => {
    const call = async () => {
      throw new Error('wrong answer');
    };
    await expect(openLoop({ perSecond: 1_000, durationMs: 5, call })).rejects.toThrow('wrong answer');
  });
});
