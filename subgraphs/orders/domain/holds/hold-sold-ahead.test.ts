import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { HOUR_MS, passHours, raisedBy, take } from '../../testing/pass-hours.ts';
import {
  allocateAt,
  apply,
  NOW_MS,
  refusalOf,
  releaseAt,
  sampleOrder,
  settleAll,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import type { Order } from '../order.ts';
import { activeHolds } from './hold.ts';

/* What is sold ahead is bound to stock that comes before its day, and does not leave before it. */

const DAYS = 10;
const SHIPS_AT = new Date(NOW_MS + DAYS * 24 * HOUR_MS).toISOString();

/** Mugs are sold ahead, jugs are not; some of both are there. */
function shop(mugs = 3): InventoryModel {
  const inventory = new InventoryModel(['DC']);
  inventory.oversellLimit = 9;
  inventory.put('MUG', 'DC', mugs);
  inventory.put('JUG', 'DC', 2);
  inventory.shipsAt.set('MUG', SHIPS_AT);
  return inventory;
}

const onItsDay = (order: Order): Order => passHours(order, DAYS * 24).state;

describe('lines that are sold ahead', () => {
  test('are held until their day by themselves, beside lines that are not', () => {
    const inventory = shop();
    const order = settleAll(sampleOrder(), inventory);
    expect(activeHolds(order)).toMatchObject([
      {
        type: 'PREORDER_DATE',
        lines: ['order-1.1'],
        blocks: ['RELEASE', 'SHIP'],
        placedBy: 'hub',
        expiresAtMs: Date.parse(SHIPS_AT),
      },
    ]);
    expect(order.wakeAtMs).toBeLessThanOrEqual(Date.parse(SHIPS_AT));
    const released = releaseAt(allocateAt(order, 'DC', inventory), 'DC', true);
    expect([statesOf(released, 1), statesOf(released, 2)]).toEqual([{ ALLOCATED: 3 }, { RELEASED: 2 }]);
    expect(released.status).toBe('PROCESSING');
    // Nobody is warned of work that is not to be handed over yet.
    expect(released.waitsSinceMs).toBeUndefined();

    const early = passHours(released, DAYS * 24 - 1).state;
    expect(statesOf(releaseAt(early, 'DC', true), 1)).toEqual({ ALLOCATED: 3 });
    const free = onItsDay(early);
    expect(free.holds).toMatchObject([{ state: 'RESOLVED', ended: { by: 'hub' } }]);
    expect(free.waitsSinceMs).toBeDefined();
    expect(statesOf(releaseAt(free, 'DC', true), 1)).toEqual({ RELEASED: 3 });
  });

  test('hold up an order of which nothing else is open', () => {
    const inventory = shop();
    const lines = [{ sku: 'MUG', decimals: 0, ordered: 3, unitPriceMinor: 300 }] as const;
    const order = settleAll(
      sampleOrder({ lines, charges: [], tenders: [{ tender: 'CARD', amountMinor: 900 }] }),
      inventory,
    );
    expect(order.status).toBe('HELD');
    expect(onItsDay(order).status).toBe('PROCESSING');
  });

  test('are bound to stock that comes before, and wait for stock that comes after', () => {
    const inventory = shop(0);
    const order = settleAll(sampleOrder(), inventory);
    expect(statesOf(order, 1)).toEqual({ BACKORDERED: 3 });
    inventory.put('MUG', 'DC', 3);
    const [covered] = inventory.cover('MUG');
    if (!covered) throw new Error('Nothing was covered.');
    const there = apply(order, { type: 'CoverBackorder', ...covered, told: told('covered') });
    const bound = allocateAt(there, 'DC', inventory);
    expect(statesOf(releaseAt(bound, 'DC', true), 1)).toEqual({ ALLOCATED: 3 });
    expect(statesOf(onItsDay(order), 1)).toEqual({ BACKORDERED: 3 });
  });

  test('that leave before their day are told to people', () => {
    const inventory = shop();
    const bound = allocateAt(settleAll(sampleOrder(), inventory), 'DC', inventory);
    const ship = { type: 'RecordWork', step: 'SHIPPED', location: 'DC', misfits: [], told: told('left') } as const;
    const parcel = { externalId: 'S-1', carrier: null, trackingNumber: null };
    const jugs = take(bound, { ...ship, parcel, lines: [{ line: 'order-1.2', quantity: 2 }] });
    expect(raisedBy(jugs)).toEqual([]);
    const mugs = take(bound, { ...ship, parcel, lines: [{ line: 'order-1.1', quantity: 3 }] });
    expect(raisedBy(mugs)).toMatchObject([{ class: 'HOLD_BREACHED' }]);
  });

  test('that somebody lets go early go, are not held again when they are claimed anew, and not sent while held', () => {
    const inventory = shop();
    const bound = allocateAt(settleAll(sampleOrder(), inventory), 'DC', inventory);
    const pick = { type: 'FulfilOrder', location: 'DC', lines: [{ line: 'order-1.1', quantity: 3 }] } as const;
    expect(refusalOf(bound, { ...pick, step: 'SHIP', told: told('ship') }).code).toBe('ORDER_HELD');
    const by = { by: 'ann', authority: 'care', reason: 'A review.', wmsLocations: [] };
    const let1 = apply(bound, {
      type: 'ResolveHold',
      hold: 'order-1.h1',
      outcome: 'RESOLVED',
      ...by,
      told: told('go'),
    });
    const work = releaseAt(let1, 'DC', true);
    expect(statesOf(work, 1)).toEqual({ RELEASED: 3 });
    const reject = { type: 'RejectWork', location: 'DC', reason: 'CAPACITY', told: told('no') } as const;
    expect(activeHolds(settleAll(apply(work, reject), inventory))).toEqual([]);
  });
});
