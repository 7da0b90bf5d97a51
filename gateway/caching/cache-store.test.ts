import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../kernel/testing/config.ts';
import { silentTelemetry } from '../../kernel/ports/silent-telemetry.ts';
import { FakeClock } from '../../kernel/testing/fake-clock.ts';
import { CacheStore } from './cache-store.ts';

const { propertyRuns: numRuns } = testConfig();
const A = { context: 'shop', value: 'a' };

function open(bytesMax = 1_000_000) {
  const clock = new FakeClock();
  const store = new CacheStore({ bytesMax, clock, telemetry: silentTelemetry });
  const put = (key: string, tags = [A], since = store.position) =>
    store.put({ key, text: `text of ${key}`, expiresAtMs: store.expiryAfter(1_000), tags, since });
  return { clock, store, put };
}

describe('what is kept', () => {
  test('is there until its time is over', () => {
    const { clock, store, put } = open();
    put('one');
    clock.advance(999);
    expect(store.get('one')?.text).toBe('text of one');
    clock.advance(1);
    expect(store.get('one')).toBeUndefined();
    expect(store.bytes).toBe(0);
  });

  test('goes with a change of what it depends on, and with no other', () => {
    const { store, put } = open();
    put('by a');
    put('by b', [{ context: 'shop', value: 'b' }]);
    put('by a elsewhere', [{ context: 'stock', value: 'a' }]);
    store.evict('shop', ['a']);
    expect(['by a', 'by b', 'by a elsewhere'].map((key) => store.get(key) !== undefined)).toEqual([false, true, true]);
  });

  test('goes with every change of its context when it depends on all of them', () => {
    const { store, put } = open();
    put('a list', [{ context: 'shop' } as typeof A]);
    store.evict('stock', ['x']);
    expect(store.get('a list')).toBeDefined();
    store.evict('shop', ['x']);
    expect(store.get('a list')).toBeUndefined();
  });

  test('is not what a change has overtaken on its way', () => {
    const { store, put } = open();
    const since = store.position;
    store.evict('shop', ['a']);
    put('late', [A], since);
    put('other', [{ context: 'shop', value: 'b' }], since);
    expect([store.get('late'), store.get('other')?.text]).toEqual([undefined, 'text of other']);
    const before = store.position;
    store.evictAll('shop');
    put('later', [{ context: 'shop', value: 'c' }], before);
    expect([store.get('later'), store.get('other')]).toEqual([undefined, undefined]);
  });

  test('is counted with the words that it depends on', () => {
    const { store, put } = open();
    put('short');
    const bytes = store.bytes;
    put('long!', [{ context: 'shop', value: 'a'.repeat(10_000) }]);
    expect(store.bytes - bytes).toBeGreaterThan(20_000);
  });

  test('never takes more than it may, and what was used last stays', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat({ max: 20 }), fc.constantFrom('put', 'get', 'evict')), { maxLength: 200 }),
        fc.integer({ min: 400, max: 5_000 }),
        (steps, bytesMax) => {
          const { store, put } = open(bytesMax);
          for (const [number, step] of steps) {
            const key = `key ${number}`;
            if (step === 'put') put(key, [{ context: 'shop', value: String(number % 5) }]);
            else if (step === 'get') store.get(key);
            else store.evict('shop', [String(number % 5)]);
            expect(store.bytes).toBeLessThanOrEqual(bytesMax);
            if (step === 'put' && bytesMax >= 500 + 2 * (key.length + `text of ${key}`.length))
              expect(store.get(key)).toBeDefined();
            if (step === 'evict')
              for (let other = number % 5; other <= 20; other += 5) expect(store.get(`key ${other}`)).toBeUndefined();
          }
        },
      ),
      { numRuns },
    );
  });
});
