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
import type { Order } from '../order.ts';
import type { Transition } from '../order-command.ts';

/* A warehouse that a system runs cannot do its work any more. */

const SHED = { type: 'ShedWork', location: 'DC', reason: 'STORE_CLOSED', told: told('shed') } as const;
const OFF = { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: ['DC'], told: told('off') } as const;

function shop() {
  const inventory = new InventoryModel(['DC', 'ANNEX']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 9);
  return { inventory, allocated: allocateAt(settleAll(sampleOrder(), inventory), 'DC', inventory) };
}

function answer(order: Order, stopped: 'CANCELLED' | 'REFUSED'): Transition {
  const stop = order.pending.find(({ name }) => name === 'stop-work');
  if (!stop) throw new Error('No stop is pending.');
  const outcome = { status: 'DONE', stopped } as const;
  return take(order, { type: 'SettleCommand', commandId: stop.id, outcome, told: told(stop.id) });
}

const namesOf = ({ pending }: Order): readonly string[] => pending.map(({ name }) => name);
const lineOf = (order: Order, quantity: number) => [{ line: order.lines[0]?.id ?? '', quantity }];

describe('work that a warehouse cannot do any more', () => {
  test('goes elsewhere at once as far as its system does not have it', () => {
    const { inventory, allocated } = shop();
    const order = apply(allocated, SHED);
    expect([statesOf(order, 1), statesOf(order, 2)]).toEqual([{ RESERVED: 3 }, { RESERVED: 2 }]);
    expect(namesOf(order)).toEqual(['deallocate-stock']);
    const settled = settleAll(order, inventory);
    expect(settled.lines.map(({ declinedBy }) => declinedBy)).toEqual([['DC'], ['DC']]);
    expect([inventory.allocations.size, settled.lines[0]?.claims.length]).toEqual([0, 1]);
    expect(entriesOf(settled)).toContain('WORK_SHED');
  });

  test('goes elsewhere when its system gives it up, which tells so later without being asked for more', () => {
    const { inventory, allocated } = shop();
    const order = apply(releaseAt(allocated, 'DC'), SHED);
    expect([statesOf(order, 1), namesOf(order)]).toEqual([{ RELEASED: 3 }, ['stop-work']]);
    const given = settleAll(answer(order, 'CANCELLED').state, inventory);
    expect([statesOf(given, 1), given.lines[0]?.declinedBy]).toEqual([{ RESERVED: 3 }, ['DC']]);
    expect(inventory.allocations.size).toBe(0);
    const lines = given.lines.map(({ id, ordered }) => ({ line: id, quantity: ordered }));
    const ended = { location: 'DC', reason: 'stopped', lines, misfits: [], told: told('ended') };
    expect(statesOf(apply(given, { type: 'EndRelease', ...ended }), 1)).toEqual({ RESERVED: 3 });
  });

  test('waits for what is just being handed over', () => {
    const { allocated } = shop();
    const planned = apply(allocated, { type: 'PlanRelease', location: 'DC', byHub: false, told: told('release') });
    const order = apply(planned, SHED);
    expect([statesOf(order, 1), namesOf(order)]).toEqual([{ ALLOCATED: 3 }, ['release-work', 'stop-work']]);
  });

  test('stays with a system that is too late, which is told to people until it begins', () => {
    const { allocated } = shop();
    const kept = answer(apply(releaseAt(allocated, 'DC'), SHED), 'REFUSED');
    expect(statesOf(kept.state, 1)).toEqual({ RELEASED: 3 });
    expect(raisedBy(kept)).toMatchObject([{ class: 'CAPACITY_LOST', location: 'DC', evidence: 'order-1' }]);
    expect(entriesOf(kept.state).slice(-1)).toEqual(['WORK_KEPT']);
    const lines = kept.state.lines.map(({ id, ordered }) => ({ line: id, quantity: ordered }));
    const picked = { step: 'PICKED', location: 'DC', lines, misfits: [], told: told('pick') } as const;
    expect(clearedBy(take(kept.state, { type: 'RecordWork', ...picked }))).toEqual(['capacity-lost-order-1-DC']);
  });

  test('stays where some of it was begun, because its system gives up all or nothing', () => {
    const { allocated } = shop();
    const released = releaseAt(allocated, 'DC');
    const picked = {
      step: 'PICKED',
      location: 'DC',
      lines: lineOf(released, 1),
      misfits: [],
      told: told('pick'),
    } as const;
    expect(refusalOf(apply(released, { type: 'RecordWork', ...picked }), SHED).code).toBe('ILLEGAL_TRANSITION');
  });

  test('is called off when the customer wants that meanwhile', () => {
    const { inventory, allocated } = shop();
    const order = apply(apply(releaseAt(allocated, 'DC'), SHED), OFF);
    expect(statesOf(order, 1)).toEqual({ CANCEL_REQUESTED: 3 });
    const off = settleAll(answer(order, 'CANCELLED').state, inventory);
    expect([statesOf(off, 1), statesOf(off, 2)]).toEqual([{ CANCELLED: 3 }, { CANCELLED: 2 }]);
    expect([inventory.allocations.size, off.partialStops]).toEqual([0, undefined]);
  });
});
