import { expect, test } from '@jest/globals';
import type { EventEnvelope } from '../../../../kernel/model/event-envelope.ts';
import type { Order } from '../../domain/order.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { allocateAt, apply, NOW_MS, releaseAt, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import { capacityVerdict } from './capacity-verdict.ts';
import { sweepPlanOf } from './sweep-plan.ts';

/* A store that can do less on a day, order by order. */

const DAY = '2026-01-05';
const CLAIM = { location: 'STORE', day: DAY, orders: 1, units: 5 };
const at = new Date(NOW_MS).toISOString();

const lost = (excessOrders: number, ordersPerDay: number): EventEnvelope => ({
  id: 'e1',
  type: 'node-capacity-changed',
  version: 1,
  source: { system: 'orders', eventId: 'e1' },
  key: 'STORE',
  occurredAt: at,
  recordedAt: at,
  correlationId: 'test',
  data: {
    location: 'STORE',
    day: DAY,
    ordersPerDay,
    unitsPerDay: null,
    excessOrders,
    excessUnits: 0,
    changedBy: 'ops',
    reason: 'illness',
  },
});

/** An order of five pieces that the store was given for the day. */
function released(): Order {
  const inventory = new InventoryModel(['STORE']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'STORE', 9);
  const order = allocateAt(settleAll(sampleOrder(), inventory), 'STORE', inventory);
  return { ...releaseAt(order, 'STORE', true), capacity: [CLAIM] };
}

const begun = (): Order =>
  apply(released(), { type: 'FulfilOrder', location: 'STORE', step: 'PICK', told: told('pick') });
const about = { id: 'x1', recordedAtMs: NOW_MS };

test('the newest orders go until the rest can be done', () => {
  const plan = sweepPlanOf({ wms: [] }, lost(1, 2));
  expect(plan.decide(released())).toEqual(expect.any(Function));
  expect(plan.decide(released())).toBe('END');
  expect(capacityVerdict(lost(1, 2), plan.left(), about)).toMatchObject([
    { envelope: { type: 'order-exception-cleared', data: { exceptionId: `capacity-lost-STORE-${DAY}` } } },
  ]);
});

test('what was begun stays, and people are told how much that is', () => {
  const plan = sweepPlanOf({ wms: [] }, lost(2, 0));
  const order: Order = { ...begun(), capacity: [CLAIM] };
  const decided = [released(), order].map((each) => plan.decide(each));
  expect(decided).toEqual([expect.any(Function), 'SKIP']);
  expect(capacityVerdict(lost(2, 0), plan.left(), about)).toMatchObject([
    { envelope: { type: 'order-exception-raised', data: { class: 'CAPACITY_LOST', location: 'STORE' } } },
  ]);
  expect(JSON.stringify(capacityVerdict(lost(2, 0), plan.left(), about))).toContain('1 orders, 0 units');
});

test('a sweep goes on with what it had left, and counts what it has done already', () => {
  const plan = sweepPlanOf({ wms: [] }, lost(3, 2), { orders: 1, units: 0 });
  const done = { ...released(), applied: { 'capacity/e1': '5' } };
  expect([plan.decide(done), plan.left().orders]).toEqual(['SKIP', 0]);
  expect(plan.decide(released())).toBe('END');
});

test('an order that an outside OMS routes is taken away by nobody else', () => {
  const order: Order = { ...released(), routing: { system: 'oms', state: 'TAKEN' } };
  expect(sweepPlanOf({ wms: [] }, lost(1, 0)).decide(order)).toBe('SKIP');
});
