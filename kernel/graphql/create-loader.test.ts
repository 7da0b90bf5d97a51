import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../model/errors.ts';
import { createLoader } from './create-loader.ts';

describe('loader', () => {
  test('asks once per distinct key and no more keys at a time than its bound', async () => {
    const calls: (readonly string[])[] = [];
    const loader = createLoader<string, string>({
      name: 'items',
      batchKeysMax: 2,
      load: async (keys) => {
        calls.push(keys);
        return new Map(keys.map((key) => [key, key.toUpperCase()]));
      },
    });
    const values = await Promise.all(['a', 'b', 'a', 'c'].map((key) => loader.load(key)));
    expect(values).toEqual(['A', 'B', 'A', 'C']);
    expect(calls).toEqual([['a', 'b'], ['c']]);
  });

  test('an unknown key is undefined and an error fails its own key alone', async () => {
    const loader = createLoader<{ sku: string }, number>({
      name: 'prices',
      batchKeysMax: 10,
      keyOf: ({ sku }) => sku,
      load: async () =>
        new Map<string, number | Refusal>([
          ['a', 1],
          ['b', new Refusal('UNKNOWN_SKU', 'no b')],
        ]),
    });
    const [a, b, c] = await Promise.allSettled(['a', 'b', 'c'].map((sku) => loader.load({ sku })));
    expect(a).toEqual({ status: 'fulfilled', value: 1 });
    expect(b).toMatchObject({ status: 'rejected', reason: { code: 'UNKNOWN_SKU' } });
    expect(c).toEqual({ status: 'fulfilled', value: undefined });
  });
});
