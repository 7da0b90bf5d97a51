import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { EventEnvelope } from '../../../../kernel/model/event-envelope.ts';
import { FakeClock } from '../../../../kernel/testing/fake-clock.ts';
import { openTestPlatform, type TestPlatform } from '../../../../kernel/testing/open-test-platform.ts';
import { waitFor } from '../../../../kernel/testing/wait-for.ts';
import type { Order } from '../../domain/order.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { allocateAt, entriesOf, sampleOrder, settleAll } from '../../testing/sample-order.ts';
import { OrderStore } from '../order-store.ts';
import { ORDERS_LIMITS } from '../orders-limits.ts';
import { LocationSweeps } from './location-sweeps.ts';

/* A store that closes, on a clock that the test moves. */

let clock: FakeClock;
let platform: TestPlatform;
let store: OrderStore;
let sweeps: LocationSweeps;

beforeEach(async () => {
  clock = new FakeClock();
  platform = await openTestPlatform({ clock });
  store = await OrderStore.open(platform, ORDERS_LIMITS);
  sweeps = await LocationSweeps.open({ platform, services: { store, wms: [], limits: ORDERS_LIMITS } });
  sweeps.start();
});

afterEach(async () => {
  await sweeps.stop();
  await platform.close();
});

const closed = (): EventEnvelope => {
  const at = new Date(clock.nowMs()).toISOString();
  const said = { location: 'STORE', day: at.slice(0, 10), ordersPerDay: 0, unitsPerDay: null };
  return {
    id: 'e1',
    type: 'node-capacity-changed',
    version: 1,
    source: { system: 'orders', eventId: 'e1' },
    key: 'STORE',
    occurredAt: at,
    recordedAt: at,
    correlationId: 'test',
    data: { ...said, excessOrders: 0, excessUnits: 0, changedBy: 'ops', reason: 'flood' },
  };
};

/** An order that is bound to the store. */
function bound(): Order {
  const inventory = new InventoryModel(['STORE', 'DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'STORE', 9);
  return allocateAt(settleAll(sampleOrder(), inventory), 'STORE', inventory);
}

/** One look has begun and ended. */
async function look(ms: number): Promise<void> {
  clock.advance(ms);
  await waitFor(() => clock.pending > 0, 'the end of a look');
}

test('takes work away that was just being bound to the location when it closed', async () => {
  await sweeps.begin(closed());
  await look(ORDERS_LIMITS.sweepPollMs);
  const { id } = bound();
  await store.insert(bound(), [], { correlationId: 'test' });
  await look(ORDERS_LIMITS.sweepPollMs);
  expect(entriesOf((await store.get(id)) as Order)).not.toContain('WORK_REJECTED');
  await look(ORDERS_LIMITS.sweepAgainMs);
  await look(ORDERS_LIMITS.sweepPollMs);
  expect(entriesOf((await store.get(id)) as Order)).toContain('WORK_REJECTED');
});
