import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import {
  allocateAt,
  apply,
  entriesOf,
  releaseAt,
  sampleOrder,
  settleAll,
  settleNext,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import type { OrderCommand } from '../order-command.ts';
import type { Order } from '../order.ts';

/** One of the three mugs is there, and both jugs. */
function shop(): InventoryModel {
  const inventory = new InventoryModel(['DC']);
  inventory.oversellLimit = 5;
  inventory.put('MUG', 'DC', 1);
  inventory.put('JUG', 'DC', 2);
  return inventory;
}

const placed = (inventory: InventoryModel): Order => settleAll(sampleOrder(), inventory);

/** The ledger covers what it can, and says so. */
function cover(order: Order, inventory: InventoryModel, pieces: number): Order {
  inventory.put('MUG', 'DC', inventory.stockOf('MUG', 'DC') + pieces);
  return inventory
    .cover('MUG')
    .reduce((state, covered) => apply(state, { type: 'CoverBackorder', ...covered, told: told('covered') }), order);
}

const cancel: OrderCommand = { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('cancel') };
const active = (inventory: InventoryModel) => [...inventory.reservations.values()].filter(({ isActive }) => isActive);

describe('units that are sold beyond stock', () => {
  test('wait, while the others go their way', () => {
    const inventory = shop();
    const order = placed(inventory);
    expect([statesOf(order, 1), statesOf(order, 2)]).toEqual([{ RESERVED: 1, BACKORDERED: 2 }, { RESERVED: 2 }]);
    expect(order.status).toBe('PROCESSING');
    expect(order.timeline.at(-1)).toMatchObject({
      type: 'STOCK_BACKORDERED',
      visibility: 'CUSTOMER',
      lineNos: [1],
    });
    const released = releaseAt(allocateAt(order, 'DC', inventory), 'DC');
    expect(statesOf(released, 1)).toEqual({ RELEASED: 1, BACKORDERED: 2 });
  });

  test('go the way of all others as stock covers them, in parts', () => {
    const inventory = shop();
    const released = releaseAt(allocateAt(placed(inventory), 'DC', inventory), 'DC');
    const partly = cover(released, inventory, 1);
    expect(statesOf(partly, 1)).toEqual({ RELEASED: 1, RESERVED: 1, BACKORDERED: 1 });
    expect(entriesOf(partly).at(-1)).toBe('BACKORDER_COVERED');
    const wholly = cover(allocateAt(partly, 'DC', inventory), inventory, 4);
    expect(statesOf(allocateAt(wholly, 'DC', inventory), 1)).toEqual({ RELEASED: 1, ALLOCATED: 2 });
    expect(active(inventory)).toEqual([]);
  });

  test('may be all there are: then nothing is said to be claimed yet', () => {
    const inventory = shop();
    inventory.put('MUG', 'DC', 0);
    inventory.put('JUG', 'DC', 0);
    const order = placed(inventory);
    expect(entriesOf(order)).toEqual(['ORDER_PLACED', 'STOCK_BACKORDERED']);
    expect(allocateAt(order, 'DC', inventory)).toEqual(order);
  });

  test('are covered also when the ledger tells so before its answer to the claim', () => {
    const inventory = shop();
    const order = sampleOrder();
    const [claim] = order.pending;
    if (claim?.name !== 'reserve-stock') throw new Error('nothing is claimed');
    inventory.answer(claim.name, claim.request);
    const early = cover(order, inventory, 1);
    expect(early.lines).toEqual(order.lines);
    const settled = settleNext(early, inventory);
    expect(statesOf(settled, 1)).toEqual({ RESERVED: 2, BACKORDERED: 1 });
    expect(settled.earlyCoverage).toBeUndefined();
  });

  test('of a claim that is not known any more are nobody’s', () => {
    const inventory = shop();
    const order = settleAll(apply(placed(inventory), cancel), inventory);
    expect(apply(order, { type: 'CoverBackorder', reservation: 'r', quantity: 1, told: told('x') })).toBe(order);
  });

  test('are given up with the rest of their claim, also while a part of it is being allocated', () => {
    const inventory = shop();
    const order = placed(inventory);
    const choices = order.lines.flatMap(({ id: line, claims }) =>
      claims.map(({ reservation }) => ({ line, reservation: reservation ?? '', location: 'DC' })),
    );
    const plan = { type: 'PlanAllocation', choices, unsourced: [], givenUp: [], told: told('sourcing') } as const;
    const cancelled = settleAll(apply(apply(order, plan), cancel), inventory);
    expect(cancelled.status).toBe('CANCELLED');
    expect(active(inventory)).toEqual([]);
    expect(inventory.allocations.size).toBe(0);
  });
});
