import { describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { createTokenCache } from './token-cache.ts';

function openCache(expiresInMs = 300_000) {
  const clock = new FakeClock();
  let fetches = 0;
  let failure: Error | undefined;
  const cache = createTokenCache({
    clock,
    refreshBeforeMs: 60_000,
    fetch: async () => {
      fetches += 1;
      if (failure) throw failure;
      return { token: `token-${fetches}`, expiresInMs };
    },
  });
  const fail = (error: Error | undefined): void => {
    failure = error;
  };
  return { cache, clock, fail, count: () => fetches };
}

describe('the token cache', () => {
  test('fetches once for all who ask at the same time', async () => {
    const { cache, count } = openCache();
    expect(await Promise.all([cache.get(), cache.get(), cache.get()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(count()).toBe(1);
  });

  test('fetches anew before the token ends', async () => {
    const { cache, clock } = openCache();
    await cache.get();
    clock.advance(239_999);
    expect(await cache.get()).toBe('token-1');
    clock.advance(1);
    expect(await cache.get()).toBe('token-2');
  });

  test('keeps a token that lives shorter than the margin for half of its life', async () => {
    const { cache, clock } = openCache(10_000);
    await cache.get();
    clock.advance(4_999);
    expect(await cache.get()).toBe('token-1');
    clock.advance(1);
    expect(await cache.get()).toBe('token-2');
  });

  test('does not remember a failure', async () => {
    const { cache, fail } = openCache();
    fail(new Error('down'));
    await expect(cache.get()).rejects.toThrow('down');
    fail(undefined);
    expect(await cache.get()).toBe('token-2');
  });

  test('forgets a token that the system refused', async () => {
    const { cache } = openCache();
    await cache.get();
    cache.forget();
    expect(await cache.get()).toBe('token-2');
  });
});
