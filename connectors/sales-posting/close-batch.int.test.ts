/* A process ends in the middle of making a batch, or two make one at the same time. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Collection } from '../../kernel/ports/documents.ts';
import { openTestPlatform, type TestPlatform } from '../../kernel/testing/open-test-platform.ts';
import { closeBatch } from './close-batch.ts';
import type { PostingParts } from './posting-parts.ts';
import type { SalesDayDocument } from './sales-documents.ts';
import { SALES_POSTING_LIMITS } from './sales-posting-limits.ts';
import { SalesStore } from './sales-store.ts';
import type { StoreReceipt } from './store-receipt.ts';

const DAY: SalesDayDocument = {
  id: 'STORE-1|2026-11-20|GBP',
  location: 'STORE-1',
  businessDay: '2026-11-20',
  currency: 'GBP',
  endsAtMs: 0,
  status: 'OPEN',
  changes: 1,
  takenSince: 1,
  isEnded: false,
  closesNow: false,
  compared: null,
  changedAtMs: 0,
};

let platform: TestPlatform;
let store: SalesStore;

beforeEach(async () => {
  platform = await openTestPlatform();
  store = await SalesStore.open(platform.documents);
  await store.days.save(DAY, 0);
});

afterEach(() => platform.close());

async function take(number: number): Promise<void> {
  const receipt: StoreReceipt = {
    id: `pos|${number}`,
    status: 'TAKEN',
    kind: 'SALE',
    number: `R-${number}`,
    location: DAY.location,
    currency: DAY.currency,
    register: 'till-1',
    occurredAtMs: 0,
    takenAtMs: number,
    businessDay: DAY.businessDay,
    group: DAY.id,
    lines: [{ sku: 'MUG', quantity: '1', unitPriceMinor: 100 }],
    charges: [],
    waitsFor: null,
    batch: null,
  };
  await store.receipts.save(receipt, 0);
}

/** The receipts can be saved so often, and then the process ends. */
function partsEndingAfter(saves = Number.POSITIVE_INFINITY): PostingParts {
  let left = saves;
  const receipts = new Proxy(store.receipts, {
    get: (target, name) => {
      if (name !== 'save') return Reflect.get(target, name).bind(target) as unknown;
      return async (...given: Parameters<Collection<StoreReceipt>['save']>) => {
        if (left-- <= 0) throw new Error('The process ends.');
        return target.save(...given);
      };
    },
  });
  const ending = Object.assign(Object.create(store) as SalesStore, { receipts });
  return { platform, store: ending, limits: SALES_POSTING_LIMITS, pos: [] } as unknown as PostingParts;
}

const batches = async () => (await store.batchesOf(DAY.id)).map(({ document }) => document);
const receiptsOf = async () =>
  (await batches()).map(({ sequence, receipts }) => [sequence, receipts.map(({ id }) => id)]);

describe('making a batch', () => {
  test.each([0, 1, 2])('goes on where it ended after %s of three receipts had been told', async (saves) => {
    for (const number of [1, 2, 3]) await take(number);
    await expect(closeBatch(partsEndingAfter(saves), DAY)).rejects.toThrow('The process ends.');
    await take(4);
    await closeBatch(partsEndingAfter(), DAY);
    expect(await receiptsOf()).toEqual([
      [1, ['pos|1', 'pos|2', 'pos|3']],
      [2, ['pos|4']],
    ]);
    expect((await batches()).every(({ isMarked }) => isMarked)).toBe(true);
    const told = (await store.allReceiptsOf(DAY.id, 'BATCHED')).map(({ document: { id, batch } }) => [id, batch]);
    expect(Object.fromEntries(told)).toEqual({ 'pos|1': 1, 'pos|2': 1, 'pos|3': 1, 'pos|4': 2 });
  });

  test('by two at once puts no receipt into two', async () => {
    for (const number of [1, 2, 3]) await take(number);
    await Promise.allSettled([1, 2, 3].map(() => closeBatch(partsEndingAfter(), DAY)));
    await closeBatch(partsEndingAfter(), DAY);
    const all = (await batches()).flatMap(({ receipts }) => receipts.map(({ id }) => id));
    expect(all.toSorted()).toEqual(['pos|1', 'pos|2', 'pos|3']);
  });

  test('of nothing makes none', async () => {
    expect(await closeBatch(partsEndingAfter(), DAY)).toBeUndefined();
    expect(await batches()).toEqual([]);
  });
});
