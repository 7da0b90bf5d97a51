import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  openEmbeddedPlatform,
  type EmbeddedPlatform,
} from '../../../../kernel/adapters/embedded/open-embedded-platform.ts';
import { temporaryDirectory, type TemporaryDirectory } from '../../../../kernel/testing/temporary-directory.ts';
import { waitFor } from '../../../../kernel/testing/wait-for.ts';
import { createOrders } from '../../main.ts';
import { sampleOrder, told } from '../../testing/sample-order.ts';
import { OrderStore } from '../order-store.ts';
import { ORDERS_LIMITS, type OrdersLimits } from '../orders-limits.ts';
import { OrderIndex } from './order-index.ts';

const CAUSE = { correlationId: 'test' };

/* The search stands in a file of its own. A process ends between the commit of an order and that of its search. */

describe('the search after a crash', () => {
  let temporary: TemporaryDirectory;
  let ends: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    temporary = await temporaryDirectory();
  });
  afterEach(async () => {
    for (const end of ends.splice(0).toReversed()) await end();
    await temporary.remove();
  });

  async function openPlatform(folder: string): Promise<EmbeddedPlatform> {
    const platform = await openEmbeddedPlatform({ directory: join(temporary.path, folder) });
    ends.push(() => platform.close());
    return platform;
  }

  async function startOrders(platform: EmbeddedPlatform, limits: Partial<OrdersLimits> = {}): Promise<void> {
    const outbound = { submit: () => Promise.reject(new Error('There is no outside system.')) };
    const orders = createOrders(platform, { wms: [], pos: [], outbound, limits: { startWaitMsMax: 1, ...limits } });
    await orders.start();
    ends.push(() => orders.stop());
  }

  async function openIndex(platform: EmbeddedPlatform) {
    const store = await OrderStore.open(platform, ORDERS_LIMITS);
    const index = await OrderIndex.open(platform.documents, store.collection);
    const isFound = async (id: string): Promise<boolean> => (await index.entriesOf([id])).has(id);
    const place = (id: string): Promise<boolean> =>
      store.insert(sampleOrder({ id, externalId: `W-${id}`, told: told('placed') }), [], CAUSE);
    return { isFound, place };
  }

  /** Places an order that is found and one that is not, and leaves the folder as a killed process would. */
  async function crashBetween(): Promise<void> {
    const before = await openPlatform('data');
    await startOrders(before, { searchLingerMs: 1 });
    const early = await openIndex(before);
    await early.place('o1');
    await waitFor(() => early.isFound('o1'));
    for (const end of ends.splice(0).toReversed()) await end();
    // Nobody takes it into the search any more.
    const { place, isFound } = await openIndex(await openPlatform('data'));
    await place('o2');
    await cp(join(temporary.path, 'data'), join(temporary.path, 'crashed'), { recursive: true });
    expect([await isFound('o1'), await isFound('o2')]).toEqual([true, false]);
  }

  test('lacks at most what was placed last, and takes it in by itself', async () => {
    await crashBetween();
    const platform = await openPlatform('crashed');
    const { isFound } = await openIndex(platform);
    expect([await isFound('o1'), await isFound('o2')]).toEqual([true, false]);
    await startOrders(platform, { searchLingerMs: 1 });
    await waitFor(() => isFound('o2'));
  });

  test('is built again when its file is gone', async () => {
    await crashBetween();
    for (const ending of ['db', 'db-wal', 'db-shm', 'mark']) {
      await rm(join(temporary.path, 'crashed', `derived.${ending}`));
    }
    const platform = await openPlatform('crashed');
    const { isFound } = await openIndex(platform);
    expect([await isFound('o1'), await isFound('o2')]).toEqual([false, false]);
    await startOrders(platform, { searchBuildPollMs: 1 });
    await waitFor(async () => (await isFound('o1')) && (await isFound('o2')));
  });
});
