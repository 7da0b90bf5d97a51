import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import {
  allocateAt,
  apply,
  entriesOf,
  releaseAt,
  sampleOrder,
  settleAll,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import type { Order } from '../order.ts';
import { keepableOf } from '../money/due-money.ts';
import type { ShortPolicy } from './owe-short-units.ts';

/* Three mugs of which ANNEX, which works with the hub itself, finds none; there are none elsewhere. */

const MUG = 'order-1.1';

function failed(oversellLimit = 0): { readonly inventory: InventoryModel; readonly order: Order } {
  const inventory = new InventoryModel(['ANNEX', 'DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'ANNEX', 3);
  const released = releaseAt(allocateAt(settleAll(sampleOrder(), inventory), 'ANNEX', inventory), 'ANNEX', true);
  inventory.oversellLimit = oversellLimit;
  const lines = [{ line: MUG, quantity: 3 }];
  const rejected = apply(released, {
    type: 'RejectWork',
    location: 'ANNEX',
    reason: 'NOT_FOUND',
    lines,
    told: told('reject'),
  });
  return { inventory, order: settleAll(rejected, inventory) };
}

const sourced = (order: Order, shortPolicy: ShortPolicy, quantity = 3): Order =>
  apply(order, {
    type: 'PlanAllocation',
    choices: [],
    unsourced: [MUG],
    givenUp: [],
    short: [{ line: MUG, quantity }],
    shortPolicy,
    told: told('sourcing'),
  });

const activeOf = (inventory: InventoryModel, line: string) =>
  [...inventory.reservations.values()].filter((each) => each.isActive && each.line === line);

describe('units that no location has after one failed them', () => {
  test('are owed where the channel sells beyond stock, and covered when stock comes', () => {
    const { inventory, order } = failed(5);
    const owed = settleAll(sourced(order, 'CANCEL'), inventory);
    expect(statesOf(owed, 1)).toEqual({ BACKORDERED: 3 });
    expect(activeOf(inventory, MUG)).toMatchObject([{ quantity: 3, owed: 3 }]);
    inventory.put('MUG', 'DC', 3);
    const [coverage] = inventory.cover('MUG');
    if (!coverage) throw new Error('Nothing was covered.');
    const covered = apply(owed, { type: 'CoverBackorder', ...coverage, told: told('covered') });
    expect(statesOf(covered, 1)).toEqual({ RESERVED: 3 });
    // Also the location that failed them may have got some.
    expect(covered.lines[0]?.declinedBy).toEqual([]);
  });

  test('wait for a location, with their claim, where nothing is sold beyond stock', () => {
    const { inventory, order } = failed();
    const [before] = activeOf(inventory, MUG);
    const asked = settleAll(sourced(order, 'SOURCE_AGAIN'), inventory);
    expect(statesOf(asked, 1)).toEqual({ RESERVED: 3 });
    expect(activeOf(inventory, MUG)).toEqual([before]);
    // Once for each failure: the ledger is not asked the same again and again.
    expect(sourced(asked, 'SOURCE_AGAIN')).toBe(asked);
  });

  test('are tried again where they were not found, once there is stock for them', () => {
    const { inventory, order } = failed();
    const asked = settleAll(sourced(order, 'SOURCE_AGAIN'), inventory);
    expect(asked.lines[0]?.declinedBy).toEqual(['ANNEX']);
    const plan = {
      type: 'PlanAllocation',
      choices: [],
      unsourced: [MUG],
      givenUp: [],
      told: told('sourcing'),
    } as const;
    expect(apply(asked, plan).lines[0]?.declinedBy).toEqual([]);
    // Before anybody was short of them, who would not do it is not asked again.
    expect(apply(order, plan).lines[0]?.declinedBy).toEqual(['ANNEX']);
  });

  test('are called off with notice where the policy says so, and their money is kept no longer', () => {
    const { inventory, order } = failed();
    const asked = settleAll(sourced(order, 'CANCEL'), inventory);
    expect(statesOf(asked, 1)).toEqual({ RESERVED: 3 });
    const cancelled = settleAll(sourced(asked, 'CANCEL', 2), inventory);
    expect(statesOf(cancelled, 1)).toEqual({ RESERVED: 1, CANCELLED: 2 });
    expect(entriesOf(cancelled)).toContain('UNITS_CANCELLED');
    expect(activeOf(inventory, MUG)).toMatchObject([{ quantity: 1 }]);
    expect(keepableOf(cancelled)).toBe(701);
  });

  test('are given back when the order is called off while the ledger is asked', () => {
    const { inventory, order } = failed();
    const asking = sourced(order, 'SOURCE_AGAIN');
    const off = apply(asking, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    settleAll(off, inventory);
    expect(activeOf(inventory, MUG)).toEqual([]);
  });
});
