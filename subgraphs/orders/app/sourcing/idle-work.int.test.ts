import { afterEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../../../kernel/testing/wait-for.ts';
import type { Order } from '../../domain/order.ts';
import { DEFAULT_RULES } from '../../domain/sourcing/sourcing-rules.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { allocateAt, apply, entriesOf, sampleOrder, settleAll, statesOf } from '../../testing/sample-order.ts';
import { statusRecordOf } from '../order-publications.ts';
import { OrderStore } from '../order-store.ts';
import { ORDERS_LIMITS } from '../orders-limits.ts';
import { toldByHub } from '../told-by.ts';
import { IdleWork } from './idle-work.ts';
import { RulesStore } from './rules-store.ts';

/* Work that lies for an hour too long, on a clock that the test moves. */

const MINUTE_MS = 60_000;
const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openBench({ isRunBySystem = false } = {}) {
  const clock = new FakeClock();
  const platform: TestPlatform = await openTestPlatform({ clock });
  opened.push(() => platform.close());
  const store = await OrderStore.open(platform, ORDERS_LIMITS);
  const nodes = [{ location: 'STORE', idleMinutes: 60 }];
  const rules = await RulesStore.open(platform, { ...DEFAULT_RULES, nodes });
  const open = async (): Promise<IdleWork> => {
    const parts = { platform, store, rules, limits: ORDERS_LIMITS, isRunBySystem: () => isRunBySystem };
    const idle = await IdleWork.open(parts);
    idle.start();
    opened.push(() => idle.stop());
    return idle;
  };
  const order = released(clock.nowMs());
  await store.insert(order, [], { correlationId: 'test' });
  const read = async (): Promise<Order> => (await store.get(order.id)) as Order;
  /** Lets time pass in looks, each of which has ended before the next. */
  const pass = async (minutes: number): Promise<void> => {
    for (let left = minutes; left > 0; left -= 10) {
      clock.advance(Math.min(10, left) * MINUTE_MS);
      await waitFor(() => clock.pending > 0);
    }
  };
  return { clock, platform, store, open, order, read, pass };
}

function released(nowMs: number): Order {
  const inventory = new InventoryModel(['STORE', 'DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'STORE', 9);
  const allocated = allocateAt(settleAll(sampleOrder(), inventory), 'STORE', inventory);
  return apply(allocated, { type: 'PlanRelease', location: 'STORE', byHub: true, told: toldByHub(nowMs, 'release') });
}

describe('work that nobody begins', () => {
  test('goes elsewhere when its time has come, and not before', async () => {
    const { open, order, read, pass } = await openBench();
    const idle = await open();
    await idle.follow(statusRecordOf(order));
    await pass(20);
    expect((await read()).idleSoonAt).toBeUndefined();
    await pass(30);
    await waitFor(async () => (await read()).idleSoonAt?.length === 1);
    expect(statesOf(await read(), 1)).toEqual({ RELEASED: 3 });
    expect(entriesOf(await read()).at(-1)).toBe('WORK_IDLE_DUE');
    await pass(20);
    await waitFor(async () => statesOf(await read(), 1)['RESERVED'] === 3);
    const after = await read();
    expect(after.lines.map(({ declinedBy }) => declinedBy)).toEqual([['STORE'], ['STORE']]);
    expect(after.timeline.at(-1)?.summary).toContain('IDLE_TIMEOUT');
    expect(after.idleSoonAt).toBeUndefined();
  });

  test('goes elsewhere once, also when the process ends in between and the change comes again', async () => {
    const { open, order, read, pass } = await openBench();
    await (await open()).follow(statusRecordOf(order));
    for (const close of opened.splice(1)) await close();
    const restarted = await open();
    await pass(90);
    await waitFor(async () => statesOf(await read(), 1)['RESERVED'] === 3);
    await restarted.follow(statusRecordOf(order));
    await pass(90);
    for (const once of ['WORK_IDLE_DUE', 'WORK_REJECTED']) {
      expect(entriesOf(await read()).filter((type) => type === once)).toHaveLength(1);
    }
  });

  test('stays where it was begun', async () => {
    const { open, order, read, pass, store } = await openBench();
    await (await open()).follow(statusRecordOf(order));
    const told = toldByHub(0, 'pick');
    const pick = { type: 'FulfilOrder', location: 'STORE', step: 'PICK', told } as const;
    await store.change(order.id, pick, { correlationId: 'test' });
    await pass(90);
    expect(statesOf(await read(), 1)).toEqual({ PICKED: 3 });
  });

  test('stays with a system, which alone can stop it, and people are told until it is begun', async () => {
    const { open, order, read, pass, store } = await openBench({ isRunBySystem: true });
    await (await open()).follow(statusRecordOf(order));
    await pass(90);
    await waitFor(async () => (await read()).idleAt?.length === 1);
    expect(statesOf(await read(), 1)).toEqual({ RELEASED: 3 });
    expect(entriesOf(await read())).toContain('WORK_IDLE');
    const pick = { type: 'FulfilOrder', location: 'STORE', step: 'PICK', told: toldByHub(0, 'pick') } as const;
    const begun = await store.change(order.id, pick, { correlationId: 'test' });
    expect(begun.idleAt).toBeUndefined();
  });
});
