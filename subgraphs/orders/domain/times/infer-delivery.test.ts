import { describe, expect, test } from '@jest/globals';
import type { ParcelStatus } from '../../../../schema/events/inbox-parcels.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { HOUR_MS, passHours, raisedBy, take } from '../../testing/pass-hours.ts';
import {
  allocateAt,
  entriesOf,
  NOW_MS,
  releaseAt,
  sampleOrder,
  settleAll,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import type { Transition } from '../order-command.ts';
import type { Order } from '../order.ts';
import { USUAL_TIMES, type TimeRules } from './time-rules.ts';

/* A parcel of which nobody tells anything has arrived after a while; word of it may still come. */

const DAYS = 24;

/** Everything left the warehouse an hour after it was placed, told at once or later. */
function sent(recordedAfterHours = 1): Order {
  const model = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) model.put(sku, 'DC', 9);
  const order = releaseAt(allocateAt(settleAll(sampleOrder(), model), 'DC', model), 'DC');
  const lines = order.lines.map(({ id: line, ordered: quantity }) => ({ line, quantity }));
  const parcel = { externalId: 'S-1', carrier: 'Pigeons', trackingNumber: '4711' };
  const shipped = { ...told('ship', HOUR_MS), recordedAtMs: NOW_MS + recordedAfterHours * HOUR_MS };
  return take(order, { type: 'RecordWork', step: 'SHIPPED', location: 'DC', misfits: [], lines, parcel, told: shipped })
    .state;
}

function track(order: Order, status: ParcelStatus, hours: number): Transition {
  const tracking = { status, atMs: NOW_MS + hours * HOUR_MS };
  return take(order, {
    type: 'RecordTracking',
    shipment: 'order-1.s1',
    tracking,
    told: told(`${status}-${hours}`, hours * HOUR_MS),
  });
}

describe('a parcel of which nobody tells', () => {
  test('has arrived after the days that the rules say, and not before', () => {
    const order = sent();
    expect(passHours(order, 10 * DAYS).state).toBe(order);
    const { state } = passHours(order, 10 * DAYS + 1);
    expect([statesOf(state, 1), statesOf(state, 2)]).toEqual([{ DELIVERED: 3 }, { DELIVERED: 2 }]);
    expect(state.status).toBe('DELIVERED');
    expect(state.timeline.at(-1)).toMatchObject({ type: 'DELIVERY_INFERRED', origin: 'INFERRED', visibility: 'AGENT' });
    expect(state.shipments).toMatchObject([{ deliveredAtMs: null, presumedAtMs: NOW_MS + (10 * DAYS + 1) * HOUR_MS }]);
  });

  test('has its days from when the hub heard of it, so that the rest of an old story may follow', () => {
    const late = sent(40 * DAYS);
    expect(passHours(late, 49 * DAYS).state).toBe(late);
    expect(passHours(late, 51 * DAYS).state.status).toBe('DELIVERED');
  });

  test('may be told of later: then it is known when it arrived, and nothing moves twice', () => {
    const { state } = passHours(sent(), 11 * DAYS);
    const known = track(state, 'DELIVERED', 60).state;
    expect(known.shipments[0]?.deliveredAtMs).toBe(NOW_MS + 60 * HOUR_MS);
    expect(statesOf(known, 1)).toEqual({ DELIVERED: 3 });
    expect(entriesOf(known).at(-1)).toBe('DELIVERY_RECORDED');
    const delivery = { type: 'RecordDelivery', shipment: 'S-1', told: told('wms') } as const;
    expect(entriesOf(take(state, delivery).state).at(-1)).toBe('DELIVERY_RECORDED');
  });

  test.each([
    ['LOST', 60],
    ['IN_TRANSIT', 12 * DAYS],
  ] as const)('keeps %s as evidence that it may not have, and tells people', (status, hours) => {
    const { state } = passHours(sent(), 11 * DAYS);
    const contradicted = track(state, status, hours);
    expect(statesOf(contradicted.state, 1)).toEqual({ DELIVERED: 3 });
    expect(raisedBy(contradicted)).toMatchObject([{ class: 'STATUS_REGRESSION', evidence: `${status}-${hours}` }]);
  });

  test('takes in where it was before without a word', () => {
    const { state } = passHours(sent(), 11 * DAYS);
    expect(raisedBy(track(state, 'IN_TRANSIT', 20))).toEqual([]);
  });
});

describe('a parcel of which its carrier tells', () => {
  test('has more time, from the last word', () => {
    const { state } = track(sent(), 'IN_TRANSIT', 5 * DAYS);
    expect(passHours(state, 35 * DAYS - 1).state).toBe(state);
    expect(passHours(state, 35 * DAYS).state.status).toBe('DELIVERED');
  });

  test.each(['EXCEPTION', 'AWAITING_PICKUP', 'RETURNED'] as const)('has not arrived by itself after %s', (status) => {
    const { state } = track(sent(), status, 48);
    expect(passHours(state, 999 * DAYS).state.status).toBe('SHIPPED');
  });
});

test('the first rule that fits says for how long', () => {
  const arrivals: TimeRules['arrivals'] = [
    { carrier: 'Swallow', untoldDays: 1, silentDays: 1 },
    { channel: 'APP', untoldDays: 2, silentDays: 2 },
    { carrier: 'Pigeons', channel: 'WEB', untoldDays: 4, silentDays: null },
    { untoldDays: 5, silentDays: 5 },
  ];
  const rules = { ...USUAL_TIMES, arrivals };
  expect(passHours(sent(), 4 * DAYS, rules).state.status).toBe('SHIPPED');
  expect(passHours(sent(), 4 * DAYS + 1, rules).state.status).toBe('DELIVERED');
  const told = track(sent(), 'IN_TRANSIT', 2).state;
  expect(passHours(told, 999 * DAYS, rules).state.status).toBe('SHIPPED');
});
