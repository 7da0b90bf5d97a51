import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { clearedBy, raisedBy, take } from '../../testing/pass-hours.ts';
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
import type { CommandOutcome } from '../command-outcome.ts';
import { needsLabel } from '../labels/parcel-label.ts';
import type { Order } from '../order.ts';
import type { Transition } from '../order-command.ts';
import type { OrderEdit } from './order-edit.ts';

/* An order that goes elsewhere after it was placed: what is on parcels and at systems follows its address. */

const PLACE = { country: 'GB', postalCode: 'YO11AA', latitude: null, longitude: null };
const LEEDS = { ...PLACE, postalCode: 'LS11AA' };

function at(location: string): Order {
  const inventory = new InventoryModel([location]);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, location, 9);
  const order = settleAll(sampleOrder({ hasAddress: true, destination: PLACE }), inventory);
  return releaseAt(allocateAt(order, location, inventory), location, location === 'STORE');
}

let ordinal = 0;
const edit = (changes: Partial<OrderEdit>, redirectable: readonly string[] = ['DC']) => ({
  type: 'EditOrder' as const,
  edit: { reason: 'They moved.', by: 'desk/agent', ...changes },
  wmsLocations: ['DC', 'ANNEX'],
  redirectable,
  told: told('edit'),
  once: { key: `edit/${++ordinal}`, contentHash: 'h' },
});

function answer(order: Order, name: string, outcome: CommandOutcome): Transition {
  const command = order.pending.find((each) => each.name === name);
  if (!command) throw new Error(`No ${name} is pending.`);
  return take(order, { type: 'SettleCommand', commandId: command.id, outcome, told: told(command.id) });
}

const namesOf = ({ pending }: Order): readonly string[] =>
  pending.filter((each) => !('request' in each)).map(({ name }) => name);

describe('an address that comes with a change', () => {
  test('is told to a system that sends its work elsewhere', () => {
    const order = apply(at('DC'), edit({ addressId: 'a1', destination: LEEDS }));
    expect(order).toMatchObject({ addressId: 'a1', destination: LEEDS, hasAddress: true });
    expect(namesOf(order)).toEqual(['redirect-work']);
    const { state } = answer(order, 'redirect-work', { status: 'DONE', redirected: 'REDIRECTED' });
    expect(entriesOf(state).slice(-3)).toEqual(['ADDRESS_CHANGED', 'ORDER_CHANGED', 'WORK_REDIRECTED']);
  });

  test('follows work that is just being handed over, and is refused where it could not', () => {
    const inventory = new InventoryModel(['DC']);
    for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 9);
    const allocated = allocateAt(settleAll(sampleOrder({ hasAddress: true }), inventory), 'DC', inventory);
    const handing = apply(allocated, { type: 'PlanRelease', location: 'DC', byHub: false, told: told('release') });
    const moved = apply(handing, edit({ addressId: 'a1', destination: LEEDS }));
    expect(namesOf(moved)).toEqual(['release-work', 'redirect-work']);
    // The system is about to have these very units.
    expect(statesOf(moved, 1)).toEqual({ ALLOCATED: 3 });
    expect(refusalOf(handing, edit({ addressId: 'a1' }, [])).code).toBe('ILLEGAL_TRANSITION');
  });

  test('that a system does not take any more is for people', () => {
    const order = apply(at('DC'), edit({ addressId: 'a1' }));
    const refused = answer(order, 'redirect-work', { status: 'DONE', redirected: 'REFUSED' });
    expect(raisedBy(refused)).toMatchObject([{ class: 'COMMAND_REFUSED', severity: 'HIGH' }]);
    expect(entriesOf(refused.state)).toContain('WORK_NOT_REDIRECTED');
  });

  test('is refused where a system takes no other one, and where the parcel is made', () => {
    const order = at('DC');
    const noOther = refusalOf(order, edit({ addressId: 'a1' }, []));
    expect(noOther).toMatchObject({ code: 'ILLEGAL_TRANSITION', details: { state: 'RELEASED', location: 'DC' } });
    // Without the address the system would not know where to.
    expect(refusalOf(order, edit({ destination: LEEDS })).code).toBe('ILLEGAL_TRANSITION');
    const lines = order.lines.map(({ id, ordered }) => ({ line: id, quantity: ordered }));
    const packed = { step: 'PACKED', location: 'DC', lines, misfits: [], told: told('pack') } as const;
    const made = apply(order, { type: 'RecordWork', ...packed });
    expect(refusalOf(made, edit({ addressId: 'a1' }))).toMatchObject({ details: { state: 'PACKED' } });
  });

  test('takes labels off that bear the old one, and asks for new ones', () => {
    const from = { name: 'Store', street: '1 High Street', city: 'Leeds', postalCode: 'LS1 1AA', country: 'GB' };
    const plan = { type: 'PlanLabel', location: 'STORE', system: 'parcels', from, weightGrams: 900 } as const;
    const begun = apply(at('STORE'), { type: 'FulfilOrder', location: 'STORE', step: 'PICK', told: told('pick') });
    const asked = apply(begun, { ...plan, service: 'next_day', told: told('plan') });
    expect(refusalOf(asked, edit({ addressId: 'a1' })).code).toBe('VERSION_CONFLICT');
    const cost = { amountMinor: 330, currencyCode: 'GBP' };
    const label = {
      label: 'lbl-1',
      carrier: 'Meridian',
      trackingNumber: '4711',
      document: 'https://l.example/1',
      cost,
    };
    const bought = answer(asked, 'buy-label', { status: 'DONE', label }).state;
    const moved = apply(bought, edit({ addressId: 'a1' }));
    expect([moved.labels?.map(({ state }) => state), namesOf(moved)]).toEqual([['VOIDING'], ['void-label']]);
    expect(needsLabel(moved, 'STORE')).toBe(true);
    const refused = apply(moved, { ...plan, service: null, told: told('plan-2') });
    expect(needsLabel(refused, 'STORE')).toBe(false);
    expect(needsLabel(apply(refused, edit({ addressId: 'a2' })), 'STORE')).toBe(true);
  });
});

describe('another destination without an address', () => {
  test('is told to people until the address is', () => {
    const moved = take(at('STORE'), edit({ destination: { ...LEEDS, postalCode: null } }));
    expect(moved.state).toMatchObject({ isMisaddressed: true });
    expect(raisedBy(moved)).toMatchObject([{ class: 'LABEL_REFUSED', id: 'label-refused-address-order-1' }]);
    const addressed = take(moved.state, edit({ addressId: 'a1' }));
    expect(addressed.state.isMisaddressed).toBeUndefined();
    expect(clearedBy(addressed)).toEqual(['label-refused-address-order-1']);
  });

  test('is no other one where it is the same place, and none where nobody told an address', () => {
    const order = at('STORE');
    expect(apply(order, edit({ destination: { ...PLACE } })).isMisaddressed).toBeUndefined();
    const { hasAddress: _, ...unaddressed } = order;
    expect(apply(unaddressed, edit({ destination: LEEDS })).isMisaddressed).toBeUndefined();
  });
});
