import { describe, expect, test } from '@jest/globals';
import { eventPublicationOf } from '../app/event-publication.ts';
import { InventoryModel } from '../testing/inventory-model.ts';
import { clearedBy, raisedBy, take } from '../testing/pass-hours.ts';
import { allocateAt, apply, NOW_MS, releaseAt, sampleOrder, settleAll, told } from '../testing/sample-order.ts';
import type { CommandOutcome } from './command-outcome.ts';
import type { Order } from './order.ts';
import type { Transition } from './order-command.ts';

/* What a person has to see to is an exception with the message that shows it, until its cause is gone. */

const provider = { system: 'psp-main', token: 'tok', reference: null } as const;
const TENDERS = [{ tender: 'CARD', amountMinor: 901, provider }] as const;

function inventory(): InventoryModel {
  const model = new InventoryModel(['DC', 'STORE']);
  for (const sku of ['MUG', 'JUG']) for (const at of ['DC', 'STORE']) model.put(sku, at, 9);
  return model;
}

const released = (order = sampleOrder(), model = inventory()): Order =>
  releaseAt(allocateAt(settleAll(order, model), 'DC', model), 'DC');

const everything = ({ lines }: Order) => lines.map(({ id: line, ordered: quantity }) => ({ line, quantity }));

function ship(order: Order, evidence = 'ship'): Transition {
  const parcel = { externalId: 'S-1', carrier: 'Meridian', trackingNumber: '4711' };
  const about = { location: 'DC', misfits: [], lines: everything(order), parcel, told: told(evidence) };
  return take(order, { type: 'RecordWork', step: 'SHIPPED', ...about });
}

function answer(order: Order, name: string, outcome: CommandOutcome): Transition {
  const command = order.pending.find((each) => each.name === name);
  if (!command) throw new Error(`No ${name} is pending.`);
  return take(order, { type: 'SettleCommand', commandId: command.id, outcome, told: told(command.id) });
}

const REFUSED = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'no', details: {} } as const;
const ABOUT = { id: 'e-1', source: { system: 'orders', eventId: 'e-1' }, occurredAtMs: 0, recordedAtMs: 0 } as const;

/** As others hear of it. */
const published = (order: Order, event: Transition['events'][number]) =>
  eventPublicationOf(order, event, { ...ABOUT, key: order.id, correlationId: 'c-1' }).envelope;

describe('what was noted', () => {
  test('is an exception of the order with the newest message as its evidence, and how many there were', () => {
    const shipped = ship(released()).state;
    const first = ship(shipped, 'again-1');
    expect(raisedBy(first)).toMatchObject([
      {
        id: 'status-regression-order-1',
        class: 'STATUS_REGRESSION',
        severity: 'LOW',
        source: 'wms-north',
        evidence: 'again-1',
      },
    ]);
    const second = ship(first.state, 'again-2');
    expect(raisedBy(second)).toMatchObject([{ id: 'status-regression-order-1', evidence: 'again-2' }]);
    expect(raisedBy(second)[0]?.summary).toMatch(/^Order W-1: SHIPPED at DC.*\(2 of them so far\)$/);
    expect(published(second.state, second.events[0] ?? { type: 'order-placed' })).toMatchObject({
      type: 'order-exception-raised',
      key: 'status-regression-order-1',
      correlationId: 'c-1',
      data: { order: 'order-1', channel: 'WEB', source: 'wms-north', evidence: 'again-2' },
    });
  });

  test('is raised for money that cannot be so', () => {
    const about = {
      system: 'psp-main',
      kind: 'CAPTURE',
      outcome: 'SUCCEEDED',
      reference: 'pay-1',
      operation: 'op-1',
      command: null,
      amountMinor: 100,
      currency: 'EUR',
      expiresAtMs: null,
      reason: '',
    } as const;
    const order = settleAll(sampleOrder({ tenders: TENDERS }), inventory());
    const mismatch = take(order, { type: 'RecordPayment', payment: 'order-1.p1', about, told: told('euros') });
    expect(raisedBy(mismatch)).toMatchObject([
      { id: 'payment-mismatch-order-1', class: 'PAYMENT_MISMATCH', severity: 'HIGH', evidence: 'euros' },
    ]);
  });

  test('is raised for goods that left although a hold kept them', () => {
    const hold = { type: 'COMPLIANCE', placedBy: 'ann', authority: 'law', reason: 'embargo' } as const;
    const held = apply(released(), { type: 'PlaceHold', hold, told: told('hold') });
    expect(raisedBy(ship(held))).toMatchObject([{ class: 'HOLD_BREACHED', severity: 'HIGH', evidence: 'ship' }]);
  });

  test('is raised for a decision that was refused by the one who had to carry it out', () => {
    const order = settleAll(sampleOrder(), inventory());
    const off = apply(order, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    const refused = answer(off, 'cancel-reservations', REFUSED);
    expect(raisedBy(refused)).toMatchObject([{ class: 'COMMAND_REFUSED', severity: 'HIGH', source: 'wms-north' }]);
  });
});

describe('work that has to be begun soon', () => {
  const warn = { type: 'WarnIdleWork', location: 'DC', dueAtMs: NOW_MS, told: told('soon') } as const;
  const events = (transition: Transition) =>
    transition.events.map((event) => [event.type, published(transition.state, event)]);

  test('is told to people before it is late, once, and is the same exception when it is', () => {
    const soon = take(released(), warn);
    expect(events(soon)).toMatchObject([
      ['work-idle-soon', { type: 'order-exception-raised', data: { class: 'WORK_IDLE', severity: 'LOW' } }],
    ]);
    expect(take(soon.state, { ...warn, told: told('again') }).state).toBe(soon.state);
    const late = take(soon.state, { type: 'NoteIdleWork', location: 'DC', told: told('late') });
    expect(events(late)).toMatchObject([['work-idle', { data: { class: 'WORK_IDLE', severity: 'MEDIUM' } }]]);
    const [[, first] = [], [, second] = []] = [events(soon)[0], events(late)[0]];
    expect(first).toMatchObject({ key: (second as { readonly key: string }).key });
  });

  test('is nothing to press for once it is taken on', () => {
    const soon = take(released(), warn);
    const accepted = take(soon.state, { type: 'AcceptWork', location: 'DC', told: told('mine') });
    expect(events(accepted)).toMatchObject([['work-begun', { type: 'order-exception-cleared' }]]);
    expect(take(accepted.state, { ...warn, told: told('again') }).state).toBe(accepted.state);
  });
});

describe('what is wrong', () => {
  test('with the tracking of a parcel ends when it arrives', () => {
    const shipped = ship(released()).state;
    const note = { type: 'NoteUntoldParcel', shipment: 'order-1.s1', by: 'parcels-main' } as const;
    const untold = take(shipped, { ...note, reason: 'no such parcel', told: told('refused') });
    expect(raisedBy(untold)).toMatchObject([
      { id: 'tracking-refused-order-1.s1', class: 'TRACKING_REFUSED', source: 'parcels-main', location: 'DC' },
    ]);
    expect(untold.state.timeline.at(-1)).toMatchObject({ type: 'TRACKING_REFUSED', visibility: 'AGENT' });
    expect(take(untold.state, { ...note, reason: 'no such parcel', told: told('twice') }).state).toBe(untold.state);
    const arrived = take(untold.state, { type: 'RecordDelivery', shipment: 'S-1', told: told('there') });
    expect(clearedBy(arrived)).toEqual(['tracking-refused-order-1.s1']);
    expect(published(arrived.state, arrived.events[0] ?? { type: 'order-placed' })).toMatchObject({
      type: 'order-exception-cleared',
      key: 'tracking-refused-order-1.s1',
    });
  });

  test('with a refund ends when the money was given back after all', () => {
    const model = inventory();
    const promise = {
      status: 'AUTHORIZED',
      reference: 'pay-1',
      amountMinor: 901,
      expiresAtMs: null,
      verdict: null,
      reason: '',
    } as const;
    const reserved = settleAll(sampleOrder({ tenders: TENDERS }), model);
    const promised = answer(reserved, 'authorise-payment', { status: 'DONE', promise }).state;
    const shipped = ship(releaseAt(allocateAt(promised, 'DC', model), 'DC')).state;
    const paid = answer(shipped, 'capture-payment', { status: 'DONE', operation: 'SUCCEEDED' }).state;
    const refund = { type: 'RegisterRefund', refund: 'f-1', return: 'r-1', amountMinor: 100, currency: 'GBP' } as const;
    const failed = answer(apply(paid, { ...refund, told: told('refund') }), 'refund-payment', REFUSED);
    expect(raisedBy(failed)).toMatchObject([{ class: 'REFUND_FAILED', severity: 'HIGH', source: 'psp-main' }]);
    const again = take(failed.state, { ...refund, refund: 'f-2', told: told('once more') });
    expect(clearedBy(again)).toEqual(raisedBy(failed).map(({ id }) => id));
  });

  test('with the claim of a line ends when the line is called off', () => {
    const model = inventory();
    const work = released(sampleOrder(), model);
    for (const sku of ['MUG', 'JUG']) for (const at of ['DC', 'STORE']) model.put(sku, at, 0);
    const reject = { type: 'RejectWork', location: 'DC', reason: 'CAPACITY', told: told('no') } as const;
    const waiting = apply(work, reject);
    const lost = answer(answer(waiting, 'deallocate-stock', REFUSED).state, 'reserve-stock', {
      ...REFUSED,
      code: 'INSUFFICIENT_STOCK',
    });
    expect(raisedBy(lost).map(({ class: name, sku }) => [name, sku])).toEqual([
      ['CLAIM_LOST', 'MUG'],
      ['CLAIM_LOST', 'JUG'],
    ]);
    const off = take(lost.state, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    expect(clearedBy(off).toSorted()).toEqual(['claim-lost-order-1.1', 'claim-lost-order-1.2']);
  });

  test('with the work on an order ends when it goes on', () => {
    const stuck = take(released(), { type: 'NoteStuckWork', because: 'a fault', told: told('stuck') });
    expect(raisedBy(stuck)).toMatchObject([{ id: 'order-stuck-order-1', class: 'ORDER_STUCK', severity: 'HIGH' }]);
    const freed = take(stuck.state, { type: 'NoteStuckWork', because: null, told: told('freed') });
    expect(clearedBy(freed)).toEqual(['order-stuck-order-1']);
    expect(freed.state.stuckBecause).toBeUndefined();
  });
});
