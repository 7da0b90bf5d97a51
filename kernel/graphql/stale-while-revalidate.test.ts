import { describe, expect, test } from '@jest/globals';
import { Obstacle } from '../model/errors.ts';
import { silentTelemetry } from '../ports/silent-telemetry.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { StaleWhileRevalidate } from './stale-while-revalidate.ts';
import type { StaleWhileRevalidateOptions } from './stale-while-revalidate.ts';

const telemetry: Telemetry = {
  ...silentTelemetry,
};

function open(options: Partial<StaleWhileRevalidateOptions<string>> = {}) {
  const world = { nowMs: 0, isDown: false, calls: [] as (readonly string[])[], revision: 1 };
  const cache = new StaleWhileRevalidate<string>({
    name: 'erp-prices',
    entriesMax: 10,
    freshMs: 100,
    staleMs: 1000,
    batchKeysMax: 2,
    refreshKeysMax: 2,
    retryAfterMs: 50,
    clock: { nowMs: () => world.nowMs, after: () => () => undefined },
    telemetry,
    load: async (keys) => {
      world.calls.push(keys);
      const text = `v${world.revision}`;
      if (world.isDown) throw new Error('connection refused');
      return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, text]));
    },
    ...options,
  });
  return { world, cache };
}

/** Background work takes no timers here, so one turn of the event loop ends it. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('stale while revalidate', () => {
  test('asks for missing keys in bounded batches, each once', async () => {
    const { world, cache } = open();
    await Promise.all([cache.getMany(['a', 'b', 'c', 'a']), cache.getMany(['a', 'c'])]);
    expect(world.calls).toEqual([['a', 'b'], ['c']]);
  });

  test('answers a fresh value without asking', async () => {
    const { world, cache } = open();
    await cache.get('a');
    world.nowMs = 100;
    expect(await cache.get('a')).toEqual({ value: 'v1', asOfMs: 0, isStale: false });
    expect(world.calls).toHaveLength(1);
  });

  test('answers a stale value at once and refreshes it once behind', async () => {
    const { world, cache } = open();
    await cache.get('a');
    Object.assign(world, { nowMs: 101, revision: 2 });
    const stale = { value: 'v1', asOfMs: 0, isStale: true };
    expect(await Promise.all([cache.get('a'), cache.get('a')])).toEqual([stale, stale]);
    await settled();
    expect(world.calls).toHaveLength(2);
    expect(await cache.get('a')).toEqual({ value: 'v2', asOfMs: 101, isStale: false });
  });

  test('refreshes no more keys behind than its bound', async () => {
    const { world, cache } = open({ batchKeysMax: 10 });
    await cache.getMany(['a', 'b', 'c', 'd']);
    world.nowMs = 500;
    await cache.getMany(['a', 'b', 'c', 'd']);
    expect(world.calls[1]).toEqual(['a', 'b']);
    await settled();
  });

  test('waits for a new value when the known one is too old', async () => {
    const { world, cache } = open();
    await cache.get('a');
    Object.assign(world, { nowMs: 1001, revision: 2 });
    expect(await cache.get('a')).toMatchObject({ value: 'v2' });
  });

  test('answers the last known value with its age while the source is down, however old', async () => {
    const { world, cache } = open();
    await cache.get('a');
    Object.assign(world, { nowMs: 50_000, isDown: true });
    expect(await cache.get('a')).toEqual({ value: 'v1', asOfMs: 0, isStale: true });
  });

  test('does not ask a failing source again for known keys before the rest is over', async () => {
    const { world, cache } = open();
    await cache.get('a');
    Object.assign(world, { nowMs: 5000, isDown: true });
    await cache.get('a');
    await cache.get('a');
    expect(world.calls).toHaveLength(2);
    world.nowMs = 5050;
    await cache.get('a');
    expect(world.calls).toHaveLength(3);
  });

  test('answers known keys and an obstacle for the unknown ones while the source is down', async () => {
    const { world, cache } = open();
    await cache.get('a');
    world.isDown = true;
    const answers = await cache.getMany(['a', 'b']);
    expect(answers.get('a')).toMatchObject({ value: 'v1' });
    expect(answers.get('b')).toBeInstanceOf(Obstacle);
    await expect(cache.get('b')).rejects.toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
  });

  test('remembers that a key does not exist', async () => {
    const { world, cache } = open();
    expect(await cache.get('unknown')).toMatchObject({ value: undefined });
    await cache.get('unknown');
    expect(world.calls).toHaveLength(1);
  });

  test('a look-up under way does not undo a value that was reported meanwhile', async () => {
    let answer: (values: Map<string, string>) => void = () => undefined;
    const { cache } = open({ load: () => new Promise((resolve) => (answer = resolve)) });
    const reading = cache.get('a');
    cache.put('a', 'reported');
    answer(new Map([['a', 'asked before']]));
    await reading;
    expect(await cache.get('a')).toMatchObject({ value: 'reported' });
  });

  test('an invalidated value is served only while a newer one is fetched', async () => {
    const { world, cache } = open();
    await cache.get('a');
    world.revision = 2;
    cache.invalidate('a');
    expect(await cache.get('a')).toMatchObject({ value: 'v1', isStale: true });
    await settled();
    expect(await cache.get('a')).toMatchObject({ value: 'v2', isStale: false });
  });

  test('forgets the key whose last use is longest ago', async () => {
    const { world, cache } = open({ entriesMax: 2, batchKeysMax: 10 });
    await cache.getMany(['a', 'b']);
    await cache.get('a');
    await cache.get('c');
    world.calls.length = 0;
    await cache.getMany(['a', 'c']);
    expect(world.calls).toEqual([]);
    await cache.get('b');
    expect(world.calls).toEqual([['b']]);
  });
});
