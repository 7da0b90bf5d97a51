import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { clearedBy, HOUR_MS, passHours, raisedBy, take } from '../../testing/pass-hours.ts';
import { allocateAt, entriesOf, NOW_MS, releaseAt, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import type { Order } from '../order.ts';
import { USUAL_TIMES, type TimeRules } from './time-rules.ts';

/* Deadlines are told of before they are missed, once, and are withdrawn by what is done in time. */

const DAY = '2026-01-08';
/** The promised day is over everywhere. */
const PROMISED_UNTIL = 99;

function inventory(): InventoryModel {
  const model = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) model.put(sku, 'DC', 9);
  return model;
}

interface Given {
  readonly changes?: Partial<Order>;
  readonly promisedOn?: string;
  readonly model?: InventoryModel;
}

/** An order with its claims, promised for a day or not. */
function reserved({ changes = {}, promisedOn, model = inventory() }: Given = {}): Order {
  const order = settleAll({ ...sampleOrder(), ...changes }, model);
  if (promisedOn === undefined) return order;
  const promise = { earliestOn: promisedOn, latestOn: promisedOn };
  return { ...order, lines: order.lines.map((line) => ({ ...line, promise })) };
}

function released(given: Given = {}): Order {
  const model = inventory();
  return releaseAt(allocateAt(reserved({ ...given, model }), 'DC', model), 'DC');
}

const wakesAfterHours = ({ wakeAtMs = NaN }: Order): number => (wakeAtMs - NOW_MS) / HOUR_MS;

describe('the deadline of a release', () => {
  test('is told of before it is missed, once, and again when it was missed', () => {
    const waiting = reserved();
    const before = passHours(waiting, 19.9);
    expect([raisedBy(before), before.state]).toEqual([[], waiting]);
    const warned = passHours(waiting, 20.01);
    expect(raisedBy(warned)).toMatchObject([
      { id: 'release-due-order-1', class: 'RELEASE_DUE', severity: 'MEDIUM', evidence: 'order-1' },
    ]);
    expect(warned.state.timeline.at(-1)).toMatchObject({
      type: 'RELEASE_DUE',
      visibility: 'AGENT',
      summary: 'The order has to be handed over as work by 2026-01-06T09:00:00.005Z, and is not yet.',
    });
    const again = passHours(warned.state, 21);
    expect([raisedBy(again), again.state]).toEqual([[], warned.state]);
    const missed = passHours(warned.state, 24.1);
    expect(raisedBy(missed)).toMatchObject([{ id: 'release-due-order-1', severity: 'HIGH' }]);
    expect(missed.state.wakeAtMs).toBeUndefined();
    expect(passHours(missed.state, 99).state).toBe(missed.state);
  });

  test('is withdrawn by the release, and its exception is resolved', () => {
    const model = inventory();
    const { state } = passHours(reserved({ model }), 20.01);
    const allocated = allocateAt(state, 'DC', model);
    const after = take(allocated, { type: 'PlanRelease', location: 'DC', byHub: true, told: told('release') });
    expect(clearedBy(after)).toEqual(['release-due-order-1']);
    expect(after.state.alarms).toBeUndefined();
  });

  test('is never told of when the release was in time', () => {
    const done = released();
    expect(done.wakeAtMs).toBeUndefined();
    expect(raisedBy(passHours(done, 99))).toEqual([]);
  });

  test('begins anew when the work comes back', () => {
    const done = released();
    const reject = { type: 'RejectWork', location: 'DC', reason: 'CAPACITY', told: told('no', 50 * HOUR_MS) } as const;
    const back = take(done, reject).state;
    expect(wakesAfterHours(back)).toBeCloseTo(70, 3);
  });

  test('says what holds the order, and waits for what is sold ahead', () => {
    const hold = { placedBy: 'ann', authority: 'fraud', reason: 'odd' };
    const held = take(reserved(), { type: 'PlaceHold', hold: { type: 'FRAUD_REVIEW', ...hold }, told: told('hold') });
    expect(raisedBy(passHours(held.state, 20.01))[0]?.summary).toContain('It is held: FRAUD_REVIEW.');
    const ahead = take(reserved(), { type: 'PlaceHold', hold: { type: 'PREORDER_DATE', ...hold }, told: told('hold') });
    expect(ahead.state.wakeAtMs).toBeUndefined();
  });

  test('follows the rules of its channel', () => {
    const deadlines = [
      { kind: 'RELEASE', channel: 'APP', warnMinutes: 1, afterMinutes: 2 },
      { kind: 'RELEASE', channel: 'WEB', warnMinutes: 30, afterMinutes: 120 },
    ] as const;
    const rules: TimeRules = { ...USUAL_TIMES, deadlines };
    expect(raisedBy(passHours(reserved(), 1.4, rules))).toEqual([]);
    expect(raisedBy(passHours(reserved(), 1.51, rules))).toHaveLength(1);
    const never: TimeRules = { ...USUAL_TIMES, deadlines: [{ kind: 'RELEASE', warnMinutes: 0, afterMinutes: null }] };
    expect(passHours(reserved(), 999, never).state.alarms).toBeUndefined();
  });
});

describe('the deadline of an acknowledgement', () => {
  const inHours = (hours: number): Given => ({ changes: { acknowledgeByMs: NOW_MS + hours * HOUR_MS } });

  test('is told of before the marketplace stops waiting, and withdrawn when it was told', () => {
    const { state, events } = passHours(reserved(inHours(4)), 3);
    expect(raisedBy({ state, events })).toMatchObject([{ class: 'ACKNOWLEDGEMENT_DUE', severity: 'MEDIUM' }]);
    const told1 = told('ack', 3.5 * HOUR_MS);
    const told2 = { type: 'SourceAgain', told: told1 } as const;
    const acknowledged = take({ ...state, acknowledgedAtMs: told1.occurredAtMs, ...giveUp(state) }, told2);
    expect(clearedBy(acknowledged)).toContain('acknowledgement-due-order-1');
  });

  test('is told of half way at the earliest', () => {
    const soon = reserved(inHours(1));
    expect(wakesAfterHours(soon)).toBeCloseTo(0.5, 3);
  });

  test('that was over when the hub first heard of the order is noted, and alarms nobody', () => {
    const old = reserved(inHours(-1));
    const passed = passHours(old, 0.1);
    expect(raisedBy(passed)).toEqual([]);
    expect(passed.state.timeline.at(-1)).toMatchObject({ type: 'ACKNOWLEDGEMENT_PASSED', visibility: 'INTERNAL' });
    expect(passHours(passed.state, 1).state).toBe(passed.state);
  });

  test('ends with the order', () => {
    const { state } = passHours(reserved(inHours(4)), 3);
    const off = take(state, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    expect(clearedBy(off)).toContain('acknowledgement-due-order-1');
  });
});

/** Lets `SourceAgain` change something. */
const giveUp = ({ lines }: Order): Pick<Order, 'lines'> => ({
  lines: lines.map((line) => ({ ...line, sourcing: 'GIVEN_UP' as const })),
});

describe('the deadline of a shipment', () => {
  const marketplace = { system: 'market', lineIds: ['a', 'b'], calledOff: [0, 0], words: [] };

  test('is what the marketplace says, until everything has left', () => {
    const changes = { marketplace: { ...marketplace, shipByMs: NOW_MS + 10 * HOUR_MS } };
    const waiting = released({ changes });
    expect(raisedBy(passHours(waiting, 5.9))).toEqual([]);
    const warned = passHours(waiting, 6);
    expect(raisedBy(warned)).toMatchObject([{ id: 'shipment-due-order-1', class: 'SHIPMENT_DUE' }]);
    expect(warned.state.timeline.at(-1)?.summary).toContain('has to be sent, as WEB wants it, by 2026-01-05T19:00');
    const lines = waiting.lines.map(({ id: line, ordered: quantity }) => ({ line, quantity }));
    const parcel = { externalId: 'S-1', carrier: null, trackingNumber: null };
    const about = { location: 'DC', misfits: [], lines, parcel, told: told('ship', 7 * HOUR_MS) };
    const sent = take(warned.state, { type: 'RecordWork', step: 'SHIPPED', ...about });
    expect(clearedBy(sent)).toEqual(['shipment-due-order-1']);
  });
});

describe('the deadline of a promise', () => {
  const ship = { type: 'RecordWork', step: 'SHIPPED', location: 'DC', misfits: [] } as const;
  const parcel = { externalId: 'S-1', carrier: 'Meridian', trackingNumber: '4711' };

  function sent(order: Order, followedBy?: string): Order {
    const lines = order.lines.map(({ id: line, ordered: quantity }) => ({ line, quantity }));
    const shipped = take(order, { ...ship, lines, parcel, told: told('ship', HOUR_MS) }).state;
    if (followedBy === undefined) return shipped;
    return take(shipped, { type: 'FollowShipment', shipment: 'order-1.s1', by: followedBy, told: told('follow') })
      .state;
  }

  test('is told of while what was promised is still in the house', () => {
    const waiting = released({ promisedOn: DAY });
    const warned = passHours(waiting, PROMISED_UNTIL - 24);
    expect(raisedBy(warned)).toMatchObject([{ class: 'PROMISE_DUE', severity: 'MEDIUM' }]);
    const missed = passHours(warned.state, PROMISED_UNTIL);
    expect(raisedBy(missed)).toMatchObject([{ id: 'promise-due-order-1', severity: 'HIGH' }]);
    expect(missed.state.timeline.at(-1)?.summary).toBe('The order was promised for 2026-01-08 (line 1), and was not.');
  });

  test('is withdrawn when it left, told of again when the day is over without a word of its arrival, and when it is missed', () => {
    const { state } = passHours(released({ promisedOn: DAY }), PROMISED_UNTIL - 24);
    const onItsWay = sent(state, 'parcels-main');
    expect(onItsWay.alarms).toBeUndefined();
    expect(raisedBy(passHours(onItsWay, PROMISED_UNTIL - 13))).toEqual([]);
    const late = passHours(onItsWay, PROMISED_UNTIL - 12);
    expect(raisedBy(late)).toMatchObject([{ class: 'PROMISE_DUE', severity: 'MEDIUM' }]);
    expect(late.state.timeline.at(-1)?.summary).toBe(
      'The order is on its way and was promised for 2026-01-08 (line 1), and has not arrived.',
    );
    expect(raisedBy(passHours(late.state, PROMISED_UNTIL - 1))).toEqual([]);
    const missed = passHours(late.state, PROMISED_UNTIL);
    expect(raisedBy(missed)).toMatchObject([{ class: 'PROMISE_DUE', severity: 'HIGH' }]);
    const tracking = { status: 'DELIVERED', atMs: NOW_MS + 100 * HOUR_MS } as const;
    const recorded = { type: 'RecordTracking', shipment: 'order-1.s1', tracking } as const;
    const arrived = take(missed.state, { ...recorded, told: told('late', 100 * HOUR_MS) });
    expect(clearedBy(arrived)).toEqual(['promise-due-order-1']);
  });

  test('is over for a parcel of which nobody tells', () => {
    const onItsWay = sent(released({ promisedOn: DAY }));
    expect(raisedBy(passHours(onItsWay, PROMISED_UNTIL))).toEqual([]);
  });

  test('comes beside that of the release, each with its own words', () => {
    const both = passHours(reserved({ promisedOn: '2026-01-03' }), 25);
    expect(raisedBy(both).map(({ class: name, summary }) => [name, summary.includes('promised')])).toEqual([
      ['RELEASE_DUE', false],
    ]);
    expect(entriesOf(both.state).slice(-2)).toEqual(['RELEASE_MISSED', 'PROMISE_PASSED']);
  });
});
