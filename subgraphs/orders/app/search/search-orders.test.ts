import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../../../kernel/model/errors.ts';
import { FoundKeys } from './found-keys.ts';
import { countOrders, searchOrders, type OrderSearch } from './search-orders.ts';
import type { OrderKey } from './sorted-keys.ts';

/** Orders without end, or so many; each is found by everything but a `NEVER`, which is looked for in vain. */
function indexOf(orders: number) {
  const keys =
    (isWanted = true) =>
    (budget: { left: number }) =>
      new FoundKeys({
        budget,
        isWanted: () => isWanted,
        read: async ({ value }, limit) => {
          const newest = Math.min(orders, value) - 1;
          return Array.from({ length: Math.max(0, Math.min(limit, newest + 1)) }, (_, n) => {
            return { id: `${newest - n}|x`, order: `${newest - n}`, placedAtMs: newest - n };
          });
        },
      });
  return {
    with: ({ value }: { readonly value: string }, budget: { left: number }) => keys(value !== 'NEVER')(budget),
    withWord: (_: string, budget: { left: number }) => keys()(budget),
    one: () => keys()({ left: Infinity }),
    all: keys(),
    entriesOf: async () => new Map<string, readonly string[]>(),
  };
}

const ORDERS = 400_000;

/** So many orders, the newest with the highest number; a value such as `50+1` is that of every 50th, and is met by no word. */
function arithmeticIndexOf(values: readonly string[]) {
  const keyOf = (n: number) => ({ id: `${pad(n)}|x`, order: pad(n), placedAtMs: n });
  const listOf = (value: string, budget: { left: number }) => {
    const [every = 1, rest = 0] = value.split('+').map(Number);
    return new FoundKeys({
      budget,
      read: async ({ value: placedAtMs, id }, limit) => {
        const newest = Math.min(ORDERS - 1, id === '' || id === pad(placedAtMs) ? placedAtMs - 1 : placedAtMs);
        const first = newest - ((newest - rest + every * ORDERS) % every);
        const count = Math.max(0, Math.min(limit, Math.floor((first - rest) / every) + 1));
        return Array.from({ length: count }, (_, at) => keyOf(first - at * every));
      },
    });
  };
  const known = values.map((value) => {
    const [every = 1, rest = 0] = value.split('+').map(Number);
    return { every, rest, entries: [`sku:${value}`, `status:${value}`] };
  });
  const entriesOf = (n: number): readonly string[] =>
    known.flatMap(({ every, rest, entries }) => (n % every === rest ? entries : []));
  return {
    ...indexOf(ORDERS),
    with: ({ value }: { readonly value: string }, budget: { left: number }) => listOf(value, budget),
    entriesOf: async (orders: readonly string[]) =>
      new Map(orders.map((order): [string, readonly string[]] => [order, entriesOf(Number(order))])),
  };
}

const pad = (n: number): string => String(n).padStart(7, '0');

describe('of several wide conditions that seldom meet', () => {
  const values = ['2+0', '2+1', '10+0', '50+1'];
  const index = arithmeticIndexOf(values);

  test.each<[string, OrderSearch]>([
    ['8,000, and half of all', { skus: ['2+0'], statuses: ['50+1'] }],
    ['40,000, and half of all', { skus: ['10+0'], statuses: ['2+1'] }],
  ])('the total is exact, and there is no page: %s', async (_, search) => {
    expect(await countOrders(index, search)).toEqual({ orders: 0, isExact: true });
    expect(await searchOrders(index, search, { limit: 20 })).toEqual([]);
  });

  test('the total is exact where some meet, and pages hold each of them once', async () => {
    // Of every 50th, beginning with 1, none is of every 20th, beginning with 3; but every fifth is of every 10th plus 1.
    const search = { skus: ['50+1'], statuses: ['20+3', '100+51'] };
    const meeting = arithmeticIndexOf([...values, '100+51']);
    expect(await countOrders(meeting, search)).toEqual({ orders: 4_000, isExact: true });
    const found: string[] = [];
    for (let after: OrderKey | undefined; found.length < 300;) {
      const page = await searchOrders(meeting, search, { limit: 100, ...(after && { after }) });
      found.push(...page.map(({ order }) => order));
      after = page.at(-1);
    }
    expect(found).toEqual(Array.from({ length: 300 }, (_, n) => pad(399_951 - n * 100)));
  });

  test('beyond 100,000 orders of the narrowest one the total is told as not exact', async () => {
    expect(await countOrders(index, { skus: ['2+0'], statuses: ['2+1'] })).toEqual({ orders: 0, isExact: false });
  });
});

describe('how many orders match', () => {
  test.each([0, 1, 9_999, 10_000])('is exact for %d', async (orders) => {
    expect(await countOrders(indexOf(orders), {})).toEqual({ orders, isExact: true });
  });

  test('is 10,000 or more beyond that', async () => {
    expect(await countOrders(indexOf(10_001), {})).toEqual({ orders: 10_000, isExact: false });
    expect(await countOrders(indexOf(5_000_000), { text: 'mug' })).toEqual({ orders: 10_000, isExact: false });
  });

  test('is not said to be exact when too much would have to be looked at', async () => {
    expect(await countOrders(indexOf(5_000_000), { skus: ['NEVER'] })).toEqual({ orders: 0, isExact: false });
  });
});

describe('a search is refused', () => {
  const refusalOf = async (search: OrderSearch): Promise<unknown> => {
    const error: unknown = await searchOrders(indexOf(5_000_000), search, { limit: 10 }).catch(
      (thrown: unknown) => thrown,
    );
    return error instanceof Refusal ? [error.code, error.details['field'] ?? error.details['limit']] : error;
  };

  test.each<[string, OrderSearch, readonly string[]]>([
    ['that has to look at too much', { skus: ['NEVER'] }, ['LIMIT_EXCEEDED', 'searchReadsMax']],
    ['by a text without a word', { text: '- -' }, ['BAD_USER_INPUT', 'text']],
    ['by a text of many words', { text: 'a b c d e f g h i j k' }, ['BAD_USER_INPUT', 'text']],
    ['by a long text', { text: 'x'.repeat(201) }, ['BAD_USER_INPUT', 'text']],
    ['by many values', { skus: Array.from({ length: 51 }, (_, n) => `S${n}`) }, ['BAD_USER_INPUT', 'sku']],
    ['by many days', { promised: { from: '2026-01-01', until: '2026-03-04' } }, ['BAD_USER_INPUT', 'promised']],
    ['by what is no day', { promised: { from: '2026-13-01', until: '2026-03-04' } }, ['BAD_USER_INPUT', 'promised']],
    ['by what is no day', { promised: { from: '2026-01-01', until: 'tomorrow' } }, ['BAD_USER_INPUT', 'promised']],
  ])('%s', async (_, search, refusal) => {
    expect(await refusalOf(search)).toEqual(refusal);
  });

  test('by no number of stores that a caller looks after', async () => {
    const locations = Array.from({ length: 300 }, (_, n) => `S${n}`);
    expect(await searchOrders(indexOf(10), { locations }, { limit: 1 })).toMatchObject([{ order: '9' }]);
    expect(await refusalOf({ locations: Array.from({ length: 1_001 }, String) })).toEqual([
      'BAD_USER_INPUT',
      'location',
    ]);
  });

  test('by nothing else: a page of 62 days is found', async () => {
    const search = { promised: { from: '2026-01-01', until: '2026-03-03' } };
    expect(await searchOrders(indexOf(100), search, { limit: 2 })).toMatchObject([{ order: '99' }, { order: '98' }]);
  });
});
