import { describe, expect, test } from '@jest/globals';
import type { BoughtLabel } from '../../../../schema/commands/outbound-parcels.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { clearedBy, HOUR_MS, raisedBy, take } from '../../testing/pass-hours.ts';
import {
  allocateAt,
  apply,
  entriesOf,
  NOW_MS,
  releaseAt,
  sampleOrder,
  settleAll,
  statesOf,
  told,
} from '../../testing/sample-order.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import type { Order } from '../order.ts';
import type { Transition } from '../order-command.ts';

/* Labels of a store that sends: bought once work has begun, on the parcel before it leaves, given back when it does not. */

const FROM = { name: 'Store', street: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
const PLAN = {
  type: 'PlanLabel',
  location: 'STORE',
  system: 'parcels-main',
  service: 'next_day',
  from: FROM,
  weightGrams: 900,
} as const;
const BOUGHT: BoughtLabel = {
  label: 'lbl-1',
  carrier: 'Meridian',
  trackingNumber: '4711',
  document: 'https://labels.example/lbl-1',
  cost: { amountMinor: 330, currencyCode: 'GBP' },
};

function store(): InventoryModel {
  const model = new InventoryModel(['STORE', 'DC']);
  for (const sku of ['MUG', 'JUG']) for (const at of ['STORE', 'DC']) model.put(sku, at, 9);
  return model;
}

/** The store has the work. */
function released(): Order {
  const model = store();
  return releaseAt(allocateAt(settleAll(sampleOrder({ hasAddress: true }), model), 'STORE', model), 'STORE', true);
}

const step = (order: Order, name: 'PICK' | 'PACK' | 'SHIP', more: object = {}): Transition =>
  take(order, { type: 'FulfilOrder', location: 'STORE', step: name, told: told(name, HOUR_MS), ...more });

const packed = (): Order => step(step(released(), 'PICK').state, 'PACK').state;

function answer(order: Order, name: string, outcome: CommandOutcome): Transition {
  const command = order.pending.find((each) => each.name === name);
  if (!command) throw new Error(`No ${name} is pending.`);
  return take(order, { type: 'SettleCommand', commandId: command.id, outcome, told: told(command.id, 2 * HOUR_MS) });
}

const plan = (order: Order, changes: object = {}): Transition =>
  take(order, { ...PLAN, told: told('plan', HOUR_MS), ...changes });
const labelled = (): Order => answer(plan(packed()).state, 'buy-label', { status: 'DONE', label: BOUGHT }).state;
const namesOf = ({ pending }: Order): readonly string[] =>
  pending.filter((each) => !('request' in each)).map(({ name }) => name);
const REFUSED = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'no such street', details: {} } as const;
const OFF = { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off', 3 * HOUR_MS) } as const;

describe('a label', () => {
  test('is asked for once, when the store has begun', () => {
    expect(plan(released()).state.labels).toBeUndefined();
    const { state } = plan(packed());
    expect(state.labels).toMatchObject([{ id: 'order-1.l1', location: 'STORE', state: 'ASKED', weightGrams: 900 }]);
    expect(namesOf(state)).toEqual(['buy-label']);
    expect(plan(state).state).toBe(state);
  });

  test('is on the parcel when it leaves, with its cost, and its carrier is not asked to follow it', () => {
    const order = labelled();
    expect(order.labels).toMatchObject([{ state: 'BOUGHT', bought: BOUGHT }]);
    const { state } = step(order, 'SHIP');
    expect(state.shipments).toMatchObject([
      {
        carrier: 'Meridian',
        trackingNumber: '4711',
        followedBy: 'parcels-main',
        label: { id: 'order-1.l1', reference: 'lbl-1', cost: { amountMinor: 330 } },
      },
    ]);
    expect(state.labels?.map((label) => label.state)).toEqual(['USED']);
    expect(namesOf(state)).toEqual(['forget-address']);
    expect(state.hasAddress).toBeUndefined();
  });

  test('is given back when the order is called off, also while it is being bought', () => {
    const off = apply(labelled(), OFF);
    expect(namesOf(off)).toEqual(['void-label', 'forget-address']);
    const voided = answer(off, 'void-label', { status: 'DONE', voided: 'VOIDED' }).state;
    expect(voided.labels).toMatchObject([{ state: 'VOIDED' }]);
    const asked = apply(plan(packed()).state, OFF);
    expect(namesOf(asked)).toEqual(['buy-label']);
    const bought = answer(asked, 'buy-label', { status: 'DONE', label: BOUGHT }).state;
    expect([bought.labels?.[0]?.state, namesOf(bought)]).toEqual(['VOIDING', ['void-label', 'forget-address']]);
  });

  test('is given back when the store sends the parcel with another', () => {
    const parcel = { carrier: 'Pigeons', trackingNumber: '1' };
    const { state } = step(labelled(), 'SHIP', { parcel });
    expect(state.shipments).toMatchObject([{ carrier: 'Pigeons', trackingNumber: '1' }]);
    expect(state.shipments[0]?.label).toBeUndefined();
    expect(namesOf(state)).toContain('void-label');
  });

  test('that could not be given back is for people to see to', () => {
    const kept = answer(apply(labelled(), OFF), 'void-label', { status: 'DONE', voided: 'REFUSED' });
    expect(kept.state.labels).toMatchObject([{ state: 'KEPT', because: 'its carrier has the parcel already' }]);
    expect(raisedBy(kept)).toMatchObject([{ class: 'LABEL_REFUSED', severity: 'MEDIUM' }]);
  });

  test('covers one parcel: what is left in the store gets another', () => {
    const lines = [{ line: 'order-1.1', quantity: 3 }];
    const half = step(labelled(), 'SHIP', { lines }).state;
    expect(statesOf(half, 2)).toEqual({ PACKED: 2 });
    const again = plan(half).state;
    expect(again.labels?.map(({ id, state }) => [id, state])).toEqual([
      ['order-1.l1', 'USED'],
      ['order-1.l2', 'ASKED'],
    ]);
  });
});

describe('a label that cannot be bought', () => {
  test.each([
    ['the carrier refuses it', () => answer(plan(packed()).state, 'buy-label', REFUSED), 'no such street'],
    ['no carrier takes the parcel', () => plan(packed(), { service: null }), 'no carrier takes the parcel'],
  ])('because %s is told of until the parcel has left', (_why, refuse, because) => {
    const refused = refuse();
    expect(refused.state.labels).toMatchObject([{ state: 'REFUSED', because }]);
    expect(raisedBy(refused)).toMatchObject([
      { id: 'label-refused-order-1.l1', class: 'LABEL_REFUSED', location: 'STORE' },
    ]);
    expect(plan(refused.state).state).toBe(refused.state);
    const left = step(refused.state, 'SHIP');
    expect(clearedBy(left)).toEqual(['label-refused-order-1.l1']);
  });
});

describe('what a carrier tells by the name of a label', () => {
  const track = (order: Order, status: 'IN_TRANSIT' | 'DELIVERED', hours: number): Order => {
    const tracking = { status, atMs: NOW_MS + hours * HOUR_MS };
    const about = { shipment: 'order-1.l1', tracking, told: told(`${status}-${hours}`, hours * HOUR_MS) };
    return apply(order, { type: 'RecordTracking', ...about });
  };

  test('holds for the parcel that left with it', () => {
    const arrived = track(step(labelled(), 'SHIP').state, 'DELIVERED', 9);
    expect(statesOf(arrived, 1)).toEqual({ DELIVERED: 3 });
  });

  test('before the store told that it left is heard when it does', () => {
    const early = track(track(labelled(), 'DELIVERED', 9), 'IN_TRANSIT', 5);
    expect(statesOf(early, 1)).toEqual({ PACKED: 3 });
    const left = step(early, 'SHIP').state;
    expect(statesOf(left, 1)).toEqual({ DELIVERED: 3 });
    expect(entriesOf(left)).toContain('DELIVERY_RECORDED');
  });
});
