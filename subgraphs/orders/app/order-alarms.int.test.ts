import { afterEach, describe, expect, test } from '@jest/globals';
import { FakeClock } from '../../../kernel/testing/fake-clock.ts';
import { openTestPlatform } from '../../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../../kernel/testing/wait-for.ts';
import { orderExceptionRaised } from '../../../schema/events/orders.ts';
import { streamOf } from '../../../schema/events/subjects.ts';
import type { Order } from '../domain/order.ts';
import { withWakeTime } from '../domain/pass-time.ts';
import { USUAL_TIMES } from '../domain/times/time-rules.ts';
import { InventoryModel } from '../testing/inventory-model.ts';
import { allocateAt, apply, entriesOf, releaseAt, sampleOrder, settleAll, told } from '../testing/sample-order.ts';
import { OrderAlarms } from './order-alarms.ts';
import { OrderStore } from './order-store.ts';
import { ORDERS_LIMITS } from './orders-limits.ts';

/* The clock of two processes that look at the same orders, moved by the test. */

const HOUR_MS = 3_600_000;
const CAUSE = { correlationId: 'test' };
const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openBench() {
  const clock = new FakeClock();
  const platform = await openTestPlatform({ clock });
  opened.push(() => platform.close());
  const store = await OrderStore.open(platform, ORDERS_LIMITS);
  const raised: string[] = [];
  const consumer = await platform.streams.consume({
    durable: 'test',
    stream: streamOf('orders'),
    types: [orderExceptionRaised.type],
    from: 'first',
    concurrencyMax: 1,
    deliveriesMax: 3,
    backoffMinMs: 1,
    backoffMaxMs: 1,
    async handle({ envelope: { data } }) {
      const { exceptionId, severity } = data as { readonly exceptionId: string; readonly severity: string };
      raised.push(`${exceptionId} ${severity}`);
    },
  });
  opened.push(() => consumer.stop());
  let looking = 0;
  const startAlarms = (): OrderAlarms => {
    const alarms = new OrderAlarms({ ...platform, store, limits: ORDERS_LIMITS });
    alarms.start();
    looking++;
    opened.push(() => alarms.stop());
    return alarms;
  };
  /** Lets time pass in looks, each of which has ended before the next. */
  const pass = async (hours: number): Promise<void> => {
    clock.advance(hours * HOUR_MS);
    await waitFor(() => clock.pending >= looking, 'the looks to end');
  };
  const stopAlarms = async (alarms: OrderAlarms): Promise<void> => {
    await alarms.stop();
    looking--;
  };
  /** Waits for so many exceptions; what relays them has a clock too. */
  const raisedTo = async (count: number): Promise<void> => {
    await waitFor(() => {
      clock.advance(50);
      return raised.length >= count;
    }, `${count} exceptions`);
  };
  const read = async (id: string): Promise<Order> => (await store.get(id)) as Order;
  return { store, raised, raisedTo, startAlarms, stopAlarms, pass, read };
}

/** An order that waits to be handed over. */
function waiting(id = 'order-1'): Order {
  const inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 9);
  return withWakeTime(settleAll(sampleOrder({ id, externalId: id }), inventory), USUAL_TIMES);
}

/** Ready to be collected for two days; people are told after one. */
function waitingAtCounter(): Order {
  const inventory = new InventoryModel(['SHOP']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'SHOP', 9);
  const lines = ['MUG', 'JUG'].map((sku) => {
    return { sku, decimals: 0 as const, ordered: 2, unitPriceMinor: 200, pickupAt: 'SHOP' };
  });
  const placed = sampleOrder({ lines, charges: [], tenders: [{ tender: 'CARD', amountMinor: 800 }] });
  const released = releaseAt(allocateAt(settleAll(placed, inventory), 'SHOP', inventory), 'SHOP', true);
  const doing = {
    type: 'FulfilOrder',
    location: 'SHOP',
    terms: { keepMs: 48 * HOUR_MS, warnMs: 24 * HOUR_MS },
  } as const;
  const picked = apply(released, { ...doing, step: 'PICK', told: told('picked') });
  return settleAll(apply(picked, { ...doing, step: 'READY', told: told('ready') }), inventory);
}

describe('the deadlines of orders', () => {
  test('are told of once, by two processes, one of which is started anew in between', async () => {
    const bench = await openBench();
    await bench.store.insert(waiting(), [], CAUSE);
    bench.startAlarms();
    const second = bench.startAlarms();
    await bench.pass(19);
    expect(entriesOf(await bench.read('order-1'))).not.toContain('RELEASE_DUE');
    await bench.stopAlarms(second);
    bench.startAlarms();
    await bench.pass(2);
    await bench.raisedTo(1);
    for (const hours of [1, 1, 2, 5, 5]) await bench.pass(hours);
    await bench.raisedTo(2);
    await bench.pass(99);
    expect(bench.raised).toEqual(['release-due-order-1 MEDIUM', 'release-due-order-1 HIGH']);
    const entries = entriesOf(await bench.read('order-1')).filter((type) => type.startsWith('RELEASE_'));
    expect(entries).toEqual(['RELEASE_DUE', 'RELEASE_MISSED']);
  });

  test('of goods that nobody collects are told of and ended once, also when a process is started anew in between', async () => {
    const bench = await openBench();
    await bench.store.insert(waitingAtCounter(), [], CAUSE);
    bench.startAlarms();
    const second = bench.startAlarms();
    await bench.pass(25);
    await bench.raisedTo(1);
    await bench.stopAlarms(second);
    bench.startAlarms();
    for (const hours of [1, 20, 3, 30]) await bench.pass(hours);
    const over = await bench.read('order-1');
    expect(bench.raised).toEqual(['pickup-order-1-SHOP LOW']);
    expect(entriesOf(over).filter((type) => type.startsWith('PICKUP_'))).toEqual(['PICKUP_EXPIRING', 'PICKUP_EXPIRED']);
    expect(over.lines.flatMap(({ units }) => units.map(({ state }) => state))).toEqual(['CANCELLED', 'CANCELLED']);
    expect(over.pending.filter(({ name }) => name === 'deallocate-stock')).toHaveLength(1);
  });

  test('of many orders are all told of in one look, also behind some that cannot be', async () => {
    const bench = await openBench();
    const count = 130;
    for (let no = 1; no <= count; no++) {
      const order = waiting(`order-${String(no).padStart(3, '0')}`);
      const [first] = order.lines;
      if (!first) throw new Error('The order has no lines.');
      // Its units are not what was ordered, so that no change of it is ever taken.
      const broken = { ...order, lines: order.lines.map((line) => ({ ...line, ordered: line.ordered + 1 })) };
      await bench.store.insert(no <= 105 ? broken : order, [], CAUSE);
    }
    bench.startAlarms();
    await bench.pass(21);
    await bench.raisedTo(count - 105);
  });
});
