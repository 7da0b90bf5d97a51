import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import {
  allocateAt,
  apply,
  entriesOf,
  refusalOf,
  releaseAt,
  sampleOrder,
  settleAll,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import type { Order } from '../order.ts';
import type { Tracking } from './shipment.ts';
import { toldBetween } from '../changes/told-between.ts';

/** Three mugs and two jugs in a parcel that has left. */
function sent(): Order {
  const inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 10);
  const released = releaseAt(allocateAt(settleAll(sampleOrder(), inventory), 'DC', inventory), 'DC');
  return apply(released, {
    type: 'RecordWork',
    step: 'SHIPPED',
    location: 'DC',
    parcel: { externalId: 'S-1', carrier: 'Meridian Parcels', trackingNumber: '4711' },
    lines: released.lines.map(({ id, ordered }) => ({ line: id, quantity: ordered })),
    misfits: [],
    told: told('shipped'),
  });
}

/** A carrier tells it `minutes` after the order was placed. */
function track(order: Order, status: Tracking['status'], minutes: number, more: Partial<Tracking> = {}): Order {
  const said = told(`scan-${status}-${minutes}`, minutes * 60_000);
  const tracking = { status, atMs: said.occurredAtMs, ...more };
  return apply(order, { type: 'RecordTracking', shipment: 'order-1.s1', tracking, told: said });
}

describe('what a carrier tells of a parcel', () => {
  test('is kept as the newest, whatever comes late', () => {
    const out = track(track(sent(), 'OUT_FOR_DELIVERY', 90), 'IN_TRANSIT', 60);
    expect(out.shipments[0]?.tracking?.status).toBe('OUT_FOR_DELIVERY');
    expect(entriesOf(out)).not.toContain('PARCEL_IN_TRANSIT');
    expect(statesOf(out, 1)).toEqual({ SHIPPED: 3 });
  });

  test('makes one entry for a status, however many places it is seen at', () => {
    const seen = ['Leeds', 'York', 'Hull'].reduce(
      (order, place, index) => track(order, 'IN_TRANSIT', 60 + index, { place }),
      sent(),
    );
    expect(seen.shipments[0]?.tracking?.place).toBe('Hull');
    expect(entriesOf(seen).filter((type) => type === 'PARCEL_IN_TRANSIT')).toHaveLength(1);
  });

  test('moves its units when it arrives, once, whoever tells it first', () => {
    const byCarrier = track(sent(), 'DELIVERED', 120);
    expect([statesOf(byCarrier, 1), statesOf(byCarrier, 2)]).toEqual([{ DELIVERED: 3 }, { DELIVERED: 2 }]);
    expect(byCarrier.status).toBe('DELIVERED');
    const byWarehouse = apply(sent(), { type: 'RecordDelivery', shipment: 'S-1', told: told('delivered', 1_000) });
    const both = track(byWarehouse, 'DELIVERED', 120);
    expect(entriesOf(both)).toEqual(entriesOf(byWarehouse));
    expect(both.shipments[0]).toMatchObject({ tracking: { status: 'DELIVERED' } });
  });

  test('has its units lost when it is', () => {
    const lost = track(sent(), 'LOST', 600);
    expect([statesOf(lost, 1), statesOf(lost, 2)]).toEqual([{ LOST: 3 }, { LOST: 2 }]);
    expect(lost.timeline.at(-1)).toMatchObject({ type: 'PARCEL_LOST', visibility: 'CUSTOMER' });
  });

  test('is evidence alone when it contradicts an end', () => {
    const found = track(track(sent(), 'LOST', 600), 'DELIVERED', 700);
    expect(statesOf(found, 1)).toEqual({ LOST: 3 });
    expect(entriesOf(found).at(-1)).toBe('STATUS_REGRESSION');
  });

  test('moves nothing when the parcel goes back: its goods are a return once somebody has them', () => {
    const back = track(sent(), 'RETURNED', 600, { detail: 'refused at the door' });
    expect(statesOf(back, 1)).toEqual({ SHIPPED: 3 });
    expect(back.timeline.at(-1)?.summary).toBe('The parcel is going back to where it came from: refused at the door.');
  });

  test('is told to whoever awaits returns when the parcel goes back, once, unless it had arrived', () => {
    const before = sent();
    const back = track(before, 'RETURNED', 600);
    const returning = { type: 'parcel-returning', shipment: 'order-1.s1' };
    expect(toldBetween(before, back)).toEqual([returning]);
    expect(toldBetween(back, track(back, 'RETURNED', 700))).toEqual([]);
    const arrived = track(before, 'DELIVERED', 500);
    expect(toldBetween(arrived, track(arrived, 'RETURNED', 600))).toEqual([]);
  });

  test('makes no entry when there is a label: that the parcel was sent says more', () => {
    const before = sent();
    const announced = track(before, 'ANNOUNCED', 60);
    expect(announced.shipments[0]?.tracking?.status).toBe('ANNOUNCED');
    expect(entriesOf(announced)).toEqual(entriesOf(before));
  });

  test('changes nothing when it is told again', () => {
    const once = track(sent(), 'IN_TRANSIT', 60);
    expect(track(once, 'IN_TRANSIT', 60)).toBe(once);
  });

  test('is refused for a shipment that the order does not have', () => {
    const said = told('scan');
    const tracking = { status: 'LOST', atMs: said.occurredAtMs } as const;
    const refusal = refusalOf(sent(), { type: 'RecordTracking', shipment: 'order-1.s2', tracking, told: said });
    expect(refusal.code).toBe('UNKNOWN_SHIPMENT');
  });
});
