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
import { openWorkAt } from '../work/open-work.ts';
import type { OrderCommand } from '../order-command.ts';
import type { Order } from '../order.ts';
import { authorizedOf, capturedOf, refundedOf } from '../money/payment.ts';
import { pickupTermsOf } from './pickup-rules.ts';
import { transition } from '../transition.ts';
import type { StoreStep } from '../work/store-step.ts';
import { isRefusal } from '../../../../kernel/model/errors.ts';

const HOUR_MS = 3_600_000;
const TERMS = { keepMs: 48 * HOUR_MS, warnMs: 24 * HOUR_MS };

/** Released to the shop where all of it is collected. */
function released(): { readonly order: Order; readonly inventory: InventoryModel } {
  const inventory = new InventoryModel(['SHOP', 'DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'SHOP', 5);
  const placed = settleAll(collected(), inventory);
  return { order: releaseAt(allocateAt(placed, 'SHOP', inventory), 'SHOP', true), inventory };
}

const collected = (): Order =>
  sampleOrder({
    lines: [
      { sku: 'MUG', decimals: 0, ordered: 3, unitPriceMinor: 100, pickupAt: 'SHOP' },
      { sku: 'JUG', decimals: 0, ordered: 2, unitPriceMinor: 250, pickupAt: 'SHOP' },
    ],
  });

type Doing = Partial<Extract<OrderCommand, { type: 'FulfilOrder' }>>;

const doing = (step: StoreStep, more: Doing = {}): OrderCommand => ({
  type: 'FulfilOrder',
  location: 'SHOP',
  step,
  ...(step === 'READY' && { terms: TERMS }),
  told: { ...told(`${step}-${JSON.stringify(more.lines ?? [])}`), source: 'SHOP' },
  ...more,
});

const ready = (order: Order): Order => apply(apply(order, doing('PICK')), doing('READY'));

const passTime = (afterMs: number): OrderCommand => {
  const moment = told('time', afterMs);
  return { type: 'PassTime', nowMs: moment.occurredAtMs, told: moment };
};

describe('goods that are collected', () => {
  test('wait at the counter from when they are ready, and are handed over in parts, against a proof', () => {
    const { order, inventory } = released();
    const waiting = settleAll(ready(order), inventory);
    const readyAtMs = told('ready').occurredAtMs;
    expect(waiting.pickups).toEqual([
      { location: 'SHOP', readyAtMs, warnAtMs: readyAtMs + 24 * HOUR_MS, expiresAtMs: readyAtMs + 48 * HOUR_MS },
    ]);
    expect(openWorkAt(waiting, 'SHOP')).toMatchObject([
      { step: 'HAND_OVER', quantity: 3 },
      { step: 'HAND_OVER', quantity: 2 },
    ]);
    const handOver = { proof: 'ID_DOCUMENT', reference: '4711' } as const;
    const lines = [{ line: 'order-1.1', quantity: 2 }];
    const partly = settleAll(apply(waiting, doing('HAND_OVER', { lines, handOver })), inventory);
    expect(statesOf(partly, 1)).toEqual({ READY_FOR_PICKUP: 1, DELIVERED: 2 });
    expect(partly.status).toBe('PARTIALLY_DELIVERED');
    expect(partly.shipments).toMatchObject([{ location: 'SHOP', carrier: null, handOver, lines }]);
    expect(inventory.stockOf('MUG', 'SHOP')).toBe(3);
    expect(capturedSum(partly)).toBeGreaterThan(0);
    const whole = settleAll(apply(partly, doing('HAND_OVER', { handOver })), inventory);
    expect(whole.status).toBe('DELIVERED');
    expect(whole.pickups).toBeUndefined();
    expect(capturedSum(whole)).toBe(901);
  });

  test('are told of before their time is over, once, and called off after it', () => {
    const { order, inventory } = released();
    const waiting = settleAll(ready(order), inventory);
    const warning = transition(waiting, passTime(25 * HOUR_MS));
    if (isRefusal(warning)) throw new Error(warning.message);
    expect(warning.events).toEqual([{ type: 'pickup-expiring', location: 'SHOP' }]);
    const warned = warning.state;
    expect(apply(warned, passTime(26 * HOUR_MS))).toBe(warned);
    const ending = transition(warned, passTime(49 * HOUR_MS));
    if (isRefusal(ending)) throw new Error(ending.message);
    expect(ending.events).toContainEqual({ type: 'pickup-ended', location: 'SHOP' });
    const over = settleAll(ending.state, inventory);
    expect(statesOf(over, 1)).toEqual({ CANCELLED: 3 });
    expect(over.status).toBe('CANCELLED');
    expect(inventory.allocations.size).toBe(0);
    expect(inventory.stockOf('MUG', 'SHOP')).toBe(5);
    // Nothing was taken, and nothing is promised any more.
    expect(capturedSum(over)).toBe(0);
    expect(over.payments.map(authorizedOf)).toEqual([0, 0]);
    expect(entriesOf(over).filter((type) => type.startsWith('PICKUP_'))).toEqual(['PICKUP_EXPIRING', 'PICKUP_EXPIRED']);
  });

  test('that were paid for before are paid back when nobody comes', () => {
    const inventory = new InventoryModel(['SHOP']);
    for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'SHOP', 5);
    const capture = { at: 'RELEASE', overCapturePercent: 0, rulesVersion: 'test' } as const;
    const lines = [{ sku: 'MUG', decimals: 0 as const, ordered: 3, unitPriceMinor: 100, pickupAt: 'SHOP' }];
    const paid = sampleOrder({ lines, charges: [], tenders: [{ tender: 'CARD', amountMinor: 300, capture }] });
    const order = releaseAt(allocateAt(settleAll(paid, inventory), 'SHOP', inventory), 'SHOP', true);
    expect(capturedSum(order)).toBe(300);
    const one = [{ line: 'order-1.1', quantity: 1 }];
    const partly = apply(ready(order), doing('HAND_OVER', { lines: one }));
    const over = settleAll(apply(partly, passTime(49 * HOUR_MS)), inventory);
    expect(statesOf(over, 1)).toEqual({ DELIVERED: 1, CANCELLED: 2 });
    expect(over.payments.map(refundedOf)).toEqual([200]);
  });

  test('wait for as long as what came last, and not while a hold keeps them', () => {
    const { order } = released();
    const first = apply(order, doing('PICK'));
    const one = apply(first, doing('READY', { lines: [{ line: 'order-1.1', quantity: 1 }] }));
    const later = { ...told('later', 5 * HOUR_MS), source: 'SHOP' };
    const all = apply(one, doing('READY', { told: later }));
    expect(all.pickups).toMatchObject([{ expiresAtMs: later.occurredAtMs + TERMS.keepMs }]);
    const hold = { type: 'CS_REVIEW', placedBy: 'eve', authority: 'desk', reason: 'a look' } as const;
    const held = apply(all, { type: 'PlaceHold', hold, told: told('hold') });
    expect(refusalOf(held, doing('HAND_OVER')).code).toBe('ORDER_HELD');
    const late = transition(held, passTime(500 * HOUR_MS));
    expect(isRefusal(late) ? late : late.events.map(({ type }) => type)).not.toContain('pickup-expiring');
    expect(statesOf(isRefusal(late) ? held : late.state, 1)).toEqual({ READY_FOR_PICKUP: 3 });
  });

  test('are not sent, and what is sent is not put ready', () => {
    const { order } = released();
    const packed = apply(apply(order, doing('PICK')), doing('PACK'));
    expect(refusalOf(packed, doing('SHIP')).code).toBe('ILLEGAL_TRANSITION');
    const lines = [{ line: 'order-1.1', quantity: 1 }];
    expect(refusalOf(packed, doing('SHIP', { lines })).message).toBe('Line 1 is collected at SHOP.');
    const inventory = new InventoryModel(['SHOP']);
    for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'SHOP', 5);
    const sent = releaseAt(allocateAt(settleAll(sampleOrder(), inventory), 'SHOP', inventory), 'SHOP', true);
    const picked = apply(sent, doing('PICK'));
    expect(refusalOf(picked, doing('READY', { lines })).message).toBe('Line 1 is sent to the customer.');
  });

  test('that another system tells of as collected have gone through every step before', () => {
    const { order } = released();
    const lines = [{ line: 'order-1.1', quantity: 3 }];
    const about = { location: 'SHOP', lines, misfits: [], told: told('pos-1') };
    const gone = apply(order, { type: 'RecordWork', step: 'DELIVERED', ...about });
    expect(statesOf(gone, 1)).toEqual({ DELIVERED: 3 });
    expect(gone.lines[0]?.inferred.map(({ state }) => state)).toEqual(['PICKED', 'PACKED', 'READY_FOR_PICKUP']);
    expect(entriesOf(gone)).toEqual(expect.arrayContaining(['COLLECTION_RECORDED', 'STEPS_INFERRED']));
    // That they are ready is told late, and moves nothing back.
    const late = { ...about, told: told('pos-2') };
    const after = apply(gone, { type: 'RecordWork', step: 'READY_FOR_PICKUP', terms: TERMS, ...late });
    expect(statesOf(after, 1)).toEqual({ DELIVERED: 3 });
    expect(after.pickups).toBeUndefined();
  });

  test('are kept for as long as the first rule that fits says', () => {
    const rules = [
      { location: 'SHOP', keepHours: 72, warnHours: 12 },
      { channel: 'WEB', keepHours: 24, warnHours: 48 },
    ];
    const hours = (channel: string, location: string) => {
      const { keepMs, warnMs } = pickupTermsOf(rules, { channel, location });
      return [keepMs / HOUR_MS, warnMs / HOUR_MS];
    };
    expect(hours('WEB', 'SHOP')).toEqual([72, 12]);
    expect(hours('WEB', 'MALL')).toEqual([24, 24]);
    expect(hours('PHONE', 'MALL')).toEqual([168, 24]);
  });
});

describe('work of a store', () => {
  test('goes in parcels as it was told: several lines in one, one line in several, each arriving by itself', () => {
    const inventory = new InventoryModel(['SHOP']);
    for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'SHOP', 5);
    const sent = releaseAt(allocateAt(settleAll(sampleOrder(), inventory), 'SHOP', inventory), 'SHOP', true);
    const packed = apply(apply(sent, doing('PICK')), doing('PACK'));
    const both = [
      { line: 'order-1.1', quantity: 2 },
      { line: 'order-1.2', quantity: 2 },
    ];
    const parcel = { carrier: 'Meridian Parcels', trackingNumber: 'M1' };
    const first = apply(packed, doing('SHIP', { lines: both, parcel }));
    const second = apply(first, doing('SHIP'));
    expect(second.shipments).toMatchObject([
      { lines: both, ...parcel },
      { lines: [{ line: 'order-1.1', quantity: 1 }], carrier: null },
    ]);
    const arrived = apply(second, doing('DELIVER', { shipment: 'order-1.s1' }));
    expect(statesOf(arrived, 1)).toEqual({ SHIPPED: 1, DELIVERED: 2 });
    expect(refusalOf(arrived, doing('DELIVER', { shipment: 'order-1.s1' })).code).toBe('ILLEGAL_TRANSITION');
    expect(refusalOf(arrived, doing('DELIVER', { shipment: 'order-1.s9' })).code).toBe('UNKNOWN_SHIPMENT');
    expect(apply(arrived, doing('DELIVER')).status).toBe('DELIVERED');
  });

  test('can be taken on until it is begun', () => {
    const { order } = released();
    const accept = { type: 'AcceptWork', location: 'SHOP', told: told('yes', 10) } as const;
    expect(apply(order, accept).acceptedAtMs).toEqual({ SHOP: accept.told.occurredAtMs });
    expect(refusalOf(apply(order, doing('PICK')), accept).code).toBe('ILLEGAL_TRANSITION');
  });
});

describe('goods that are brought to where they are collected', () => {
  function brought(isRunBySystem = false) {
    const inventory = new InventoryModel(['SHOP', 'DC', 'MALL']);
    for (const sku of ['MUG', 'JUG']) for (const from of ['DC', 'MALL']) inventory.put(sku, from, 5);
    const placed = settleAll(collected(), inventory);
    const choices = placed.lines.map((line) => {
      return { line: line.id, reservation: line.claims[0]?.reservation ?? '', location: 'DC', bringTo: 'SHOP' };
    });
    const wmsLocations = isRunBySystem ? ['DC'] : [];
    const plan = { choices, unsourced: [], givenUp: [], wmsLocations, told: told('sourcing') };
    return { order: apply(placed, { type: 'PlanAllocation', ...plan }), inventory };
  }

  const tell = (order: Order, inventory: InventoryModel): Order =>
    apply(order, { type: 'FollowTransfer', ...inventory.transfers.told('order-1.b1'), told: told('moved') });

  test('are reserved until they arrive, and are the counter’s work then', () => {
    const { order, inventory } = brought();
    const asked = settleAll(order, inventory);
    expect(statesOf(asked, 1)).toEqual({ RESERVED: 3 });
    expect(asked.transfers).toMatchObject([{ id: 'order-1.b1', from: 'DC', to: 'SHOP' }]);
    inventory.transfers.ship('order-1.b1', 'order-1.1', 3);
    inventory.transfers.end('order-1.b1', 'order-1.1', { most: 3, isLost: false });
    const arrived = tell(asked, inventory);
    expect(statesOf(arrived, 1)).toEqual({ ALLOCATED: 3 });
    expect(arrived.lines[0]?.units[0]?.location).toBe('SHOP');
    expect(tell(arrived, inventory)).toBe(arrived);
    expect(entriesOf(arrived)).toContain('TRANSFER_ARRIVED');
  });

  test('are claimed from elsewhere when they are lost on the way', () => {
    const { order, inventory } = brought();
    const asked = settleAll(order, inventory);
    inventory.transfers.ship('order-1.b1', 'order-1.1', 3);
    inventory.transfers.end('order-1.b1', 'order-1.1', { most: 1, isLost: true });
    const short = settleAll(tell(asked, inventory), inventory);
    expect(short.lines[0]?.claims).toMatchObject([
      { transfer: 'order-1.b1', quantity: 2 },
      { reservation: expect.any(String), quantity: 1 },
    ]);
    expect(short.lines[0]).toMatchObject({ declinedBy: ['DC'], sourcingFailures: 1 });
  });

  test('stay where they are when the order is called off before they leave, and arrive as stock when it is later', () => {
    const { order, inventory } = brought();
    const asked = settleAll(order, inventory);
    inventory.transfers.ship('order-1.b1', 'order-1.1', 3);
    const cancel = { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('no') } as const;
    const cancelled = settleAll(apply(asked, cancel), inventory);
    expect(statesOf(cancelled, 1)).toEqual({ CANCELLED: 3 });
    expect(inventory.allocations.size).toBe(0);
    inventory.transfers.end('order-1.b1', 'order-1.1', { most: 3, isLost: false });
    expect(inventory.allocations.size).toBe(0);
    expect(inventory.stockOf('MUG', 'SHOP')).toBe(3);
  });

  test('are given back when they were bound before the cancellation was heard', () => {
    const { order, inventory } = brought();
    const asked = settleAll(order, inventory);
    inventory.transfers.ship('order-1.b1', 'order-1.1', 3);
    inventory.transfers.end('order-1.b1', 'order-1.1', { most: 3, isLost: false });
    const cancel = { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('no') } as const;
    const cancelled = settleAll(apply(asked, cancel), inventory);
    expect(inventory.allocations.get('order-1.1|SHOP')).toBe(3);
    settleAll(tell(cancelled, inventory), inventory);
    expect(inventory.allocations.size).toBe(0);
  });

  test('prove by moving that the ledger has carried out what it has not answered', () => {
    const { order, inventory } = brought();
    const asking = order.pending.find(({ name }) => name === 'bring-stock');
    if (asking?.name !== 'bring-stock') throw new Error('Nothing is asked.');
    inventory.answer(asking.name, asking.request);
    inventory.transfers.ship('order-1.b1', 'order-1.1', 3);
    const known = tell(order, inventory);
    expect(known.pending).toEqual([]);
    expect(known.transfers).toMatchObject([{ lines: [{ onTheWay: 3 }, { onTheWay: 0 }] }]);
  });

  test('are asked of the system that runs the location, and come from elsewhere when it will not', () => {
    const { order, inventory } = brought(true);
    const asked = settleAll(order, inventory);
    const release = asked.pending.find(({ name }) => name === 'release-work');
    expect(release).toMatchObject({ location: 'DC', transfer: 'order-1.b1' });
    const outcome = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'no', details: {} } as const;
    const refused = apply(asked, { type: 'SettleCommand', commandId: release?.id ?? '', outcome, told: told('no') });
    const anew = settleAll(refused, inventory);
    expect(anew.lines.map(({ declinedBy }) => declinedBy)).toEqual([['DC'], ['DC']]);
    expect(inventory.allocations.size).toBe(0);
    expect(anew.lines[0]?.claims).toMatchObject([{ reservation: expect.any(String), quantity: 3 }]);
  });

  test('are stopped at the system that was asked for them, when nobody wants them any more', () => {
    const { order, inventory } = brought(true);
    const asked = settleAll(order, inventory);
    const release = asked.pending.find(({ name }) => name === 'release-work')?.id ?? '';
    const given = { type: 'SettleCommand', commandId: release, outcome: { status: 'DONE' }, told: told('ok') } as const;
    const cancel = { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: ['DC'], told: told('no') } as const;
    const cancelled = settleAll(apply(apply(asked, given), cancel), inventory);
    const [stop] = cancelled.pending;
    expect(cancelled.pending).toMatchObject([{ name: 'stop-work', location: 'DC', transfer: 'order-1.b1' }]);
    const late = { status: 'DONE', stopped: 'REFUSED' } as const;
    const settle = { type: 'SettleCommand', commandId: stop?.id ?? '', outcome: late, told: told('late') } as const;
    const after = apply(cancelled, settle);
    expect(statesOf(after, 1)).toEqual({ CANCELLED: 3 });
    expect(after.pending).toEqual([]);
  });

  test('do not move while a hold keeps the order from being worked on', () => {
    const inventory = new InventoryModel(['SHOP', 'DC']);
    for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 5);
    const hold = { type: 'CS_REVIEW', placedBy: 'eve', authority: 'desk', reason: 'a look' } as const;
    const held = apply(settleAll(collected(), inventory), { type: 'PlaceHold', hold, told: told('hold') });
    const [line] = held.lines;
    const choice = { line: 'order-1.1', reservation: line?.claims[0]?.reservation ?? '', location: 'DC' };
    const choices = [{ ...choice, bringTo: 'SHOP' }];
    const plan = { type: 'PlanAllocation', choices, unsourced: [], givenUp: [], told: told('sourcing') } as const;
    expect(apply(held, plan).pending).toEqual(held.pending);
  });
});

const capturedSum = ({ payments }: Order): number => payments.reduce((sum, payment) => sum + capturedOf(payment), 0);
