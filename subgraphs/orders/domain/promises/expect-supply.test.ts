import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { clearedBy, raisedBy, take } from '../../testing/pass-hours.ts';
import { apply, entriesOf, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import type { Order } from '../order.ts';
import type { DeliveryDates } from '../sourcing/sourcing-policy.ts';
import { brokenPromises } from './expect-supply.ts';

const PROMISED = { earliestOn: '2026-01-08', latestOn: '2026-01-09' };
const LATER = { earliestOn: '2026-01-12', latestOn: '2026-01-13' };

/** Both lines wait for supply; the mugs were promised. */
function waiting(): Order {
  const inventory = new InventoryModel(['DC']);
  inventory.oversellLimit = 9;
  const order = settleAll(sampleOrder(), inventory);
  const lines = order.lines.map((line) =>
    line.lineNo === 1 ? { ...line, promise: PROMISED, expected: PROMISED } : line,
  );
  return { ...order, lines };
}

const expecting = (dates: DeliveryDates | null, line = 'order-1.1', key = 'supply') =>
  ({ type: 'ExpectSupply', expectations: [{ line, dates }], told: told(key) }) as const;

describe('supply that is to come otherwise', () => {
  test('moves what is expected, and leaves the promise', () => {
    const order = waiting();
    const moved = apply(order, expecting(LATER));
    expect(moved.lines[0]).toMatchObject({ promise: PROMISED, expected: LATER });
    expect(moved.timeline.at(-1)).toMatchObject({ type: 'PROMISE_MOVED', lineNos: [1] });
    const same = apply(moved, expecting(LATER, 'order-1.1', 'again'));
    expect(same.timeline).toEqual(moved.timeline);
  });

  test('promises what nobody could promise before', () => {
    const promised = apply(waiting(), expecting(LATER, 'order-1.2'));
    expect(promised.lines[1]).toMatchObject({ promise: LATER, expected: LATER });
    expect(entriesOf(promised)).not.toContain('PROMISE_MOVED');
  });

  test('and is no more, breaks the promise until something is announced or the line is called off', () => {
    const order = waiting();
    const broken = take(order, expecting(null));
    expect(broken.state.timeline.at(-1)?.type).toBe('PROMISE_BROKEN');
    expect(brokenPromises(broken.state).map(({ lineNo }) => lineNo)).toEqual([1]);
    expect(raisedBy(broken)).toMatchObject([
      { id: 'promise-due-order-1.1', class: 'PROMISE_DUE', severity: 'HIGH', sku: 'MUG' },
    ]);
    const mended = take(broken.state, expecting(LATER, 'order-1.1', 'other'));
    expect(clearedBy(mended)).toEqual(['promise-due-order-1.1']);
    const off = { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') } as const;
    expect(clearedBy(take(broken.state, off))).toContain('promise-due-order-1.1');
  });

  test('says nothing of lines that wait for nothing', () => {
    const inventory = new InventoryModel(['DC']);
    for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 9);
    const order = settleAll(sampleOrder(), inventory);
    expect(take(order, expecting(LATER)).state).toBe(order);
  });
});
