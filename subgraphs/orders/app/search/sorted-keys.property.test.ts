import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { testConfig } from '../../../../kernel/testing/config.ts';
import { FoundKeys, SearchTooWide, type FoundKey } from './found-keys.ts';
import {
  allOf,
  anyOf,
  liesIn,
  placeAfter,
  placeBefore,
  type KeyPlace,
  type OrderKey,
  type SortedKeys,
} from './sorted-keys.ts';

const { propertyRuns: numRuns, propertySeed } = testConfig();
const parameters = { numRuns, ...(propertySeed === undefined ? {} : { seed: propertySeed }) };

/** Few instants, so that many orders share one; each list of orders may hold one twice, as an index of words does. */
const list = fc.array(fc.integer({ min: 10, max: 99 }).map(keyOf), { maxLength: 150 });

function keyOf(id: number): OrderKey {
  return { placedAtMs: (id * 7) % 6, order: `o-${id}` };
}

function stored(keys: readonly OrderKey[]): SortedKeys {
  const rows = keys
    .map((key, n) => ({ ...key, id: `${key.order}|${n}` }))
    .toSorted((a, b) => b.placedAtMs - a.placedAtMs || (a.id < b.id ? 1 : -1));
  return new FoundKeys({
    budget: { left: Infinity },
    read: async (after, limit) => {
      const place: KeyPlace = { placedAtMs: after.value, below: after.id };
      return rows.filter(({ placedAtMs, id }) => liesIn({ placedAtMs, order: id }, place)).slice(0, limit);
    },
  });
}

async function readAll(keys: SortedKeys): Promise<readonly string[]> {
  const found: string[] = [];
  let place = placeBefore();
  for (;;) {
    const key = await keys.next(place);
    if (!key) return found;
    found.push(key.order);
    place = placeAfter(key);
  }
}

const inOrder = (keys: readonly OrderKey[]): readonly string[] =>
  [...new Map(keys.map((key) => [key.order, key])).values()]
    .toSorted((a, b) => b.placedAtMs - a.placedAtMs || (a.order < b.order ? 1 : -1))
    .map(({ order: id }) => id);

test('all of several lists is what each of them holds, and any of them what one of them holds, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(list, { minLength: 1, maxLength: 4 }), async (lists) => {
      const has = (keys: readonly OrderKey[], id: string): boolean => keys.some((key) => key.order === id);
      const every = lists.flat().filter(({ order: id }) => lists.every((keys) => has(keys, id)));
      expect(await readAll(allOf(lists.map(stored)))).toEqual(inOrder(every));
      expect(await readAll(anyOf(lists.map(stored)))).toEqual(inOrder(lists.flat()));
    }),
    parameters,
  );
});

test('lists within lists are read as one', async () => {
  await fc.assert(
    fc.asyncProperty(list, list, list, async (a, b, c) => {
      const ids = (keys: readonly OrderKey[]): ReadonlySet<string> => new Set(keys.map(({ order: id }) => id));
      const wanted = a.filter(({ order: id }) => ids(b).has(id) || ids(c).has(id));
      expect(await readAll(allOf([stored(a), anyOf([stored(b), stored(c)])]))).toEqual(inOrder(wanted));
    }),
    parameters,
  );
});

test('of a long list no more is read than a short one needs', async () => {
  let reads = 0;
  const rowOf = (n: number) => ({ id: `o-${n}|x`, order: `o-${n}`, placedAtMs: n });
  const long = Array.from({ length: 10_000 }, (_, n) => rowOf(9_999 - n));
  const all = new FoundKeys({
    budget: { left: Infinity },
    read: async ({ id: below, value }, limit) => {
      const isNext = ({ id, placedAtMs }: FoundKey): boolean =>
        liesIn({ placedAtMs, order: id }, { placedAtMs: value, below });
      const rows = long.filter(isNext).slice(0, limit);
      reads += rows.length;
      return rows;
    },
  });
  const few = stored([rowOf(9_000), rowOf(5_000), rowOf(10)]);
  expect(await readAll(allOf([few, all]))).toEqual(['o-9000', 'o-5000', 'o-10']);
  expect(reads).toBeLessThan(200);
});

test('a search that looks at more than it may is refused', async () => {
  const endless = new FoundKeys({
    budget: { left: 100 },
    isWanted: () => false,
    read: async ({ value }, limit) =>
      Array.from({ length: limit }, (_, n) => ({
        id: `${value - n}|x`,
        order: `${value - n}`,
        placedAtMs: value - n - 1,
      })),
  });
  await expect(endless.next(placeBefore(1e9))).rejects.toThrow(SearchTooWide);
});
