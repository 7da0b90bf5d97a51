import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../testing/inventory-model.ts';
import {
  allocateAt,
  apply,
  entriesOf,
  refusalOf,
  releaseAt,
  sampleOrder,
  settleAll,
  settleNext,
  statesOf,
  told,
} from '../testing/sample-order.ts';
import type { OrderCommand } from './order-command.ts';
import type { Order } from './order.ts';
import { lineIdOf } from './order-line.ts';
import { authorizedOf, capturedOf } from './money/payment.ts';

const MUG = lineIdOf('order-1', 1);
const ALL = [
  { line: MUG, quantity: 3 },
  { line: lineIdOf('order-1', 2), quantity: 2 },
];

function stocked(): InventoryModel {
  const inventory = new InventoryModel(['DC', 'LONDON']);
  for (const sku of ['MUG', 'JUG']) for (const location of ['DC', 'LONDON']) inventory.put(sku, location, 10);
  return inventory;
}

function released(inventory: InventoryModel): Order {
  return releaseAt(allocateAt(settleAll(sampleOrder(), inventory), 'DC', inventory), 'DC');
}

const work = (step: 'PICKED' | 'PACKED' | 'SHIPPED', lines = ALL, evidence = step as string): OrderCommand => ({
  type: 'RecordWork',
  step,
  location: 'DC',
  lines,
  misfits: [],
  told: told(evidence),
  ...(step === 'SHIPPED' && { parcel: { externalId: evidence, carrier: null, trackingNumber: null } }),
});

const cancel = (...wmsLocations: string[]): OrderCommand => ({
  type: 'CancelOrder',
  reason: 'CUSTOMER',
  wmsLocations,
  told: told('cancel'),
});

const holdsNothing = (inventory: InventoryModel): boolean =>
  inventory.allocations.size === 0 && [...inventory.reservations.values()].every((each) => !each.isActive);

describe('messages from a location', () => {
  test('that jump forward take the steps between along, as inferred', () => {
    const order = apply(released(stocked()), work('SHIPPED'));
    expect(statesOf(order, 1)).toEqual({ SHIPPED: 3 });
    expect(order.timeline.find((entry) => entry.type === 'STEPS_INFERRED')).toMatchObject({
      origin: 'INFERRED',
      visibility: 'INTERNAL',
      summary: expect.stringContaining('PICKED, PACKED'),
    });
  });

  test('that point backwards move nothing and are kept as evidence', () => {
    const shipped = apply(released(stocked()), work('SHIPPED'));
    const order = apply(shipped, work('PICKED'));
    expect(order.lines.map((line) => line.units)).toEqual(shipped.lines.map((line) => line.units));
    expect(entriesOf(order).at(-1)).toBe('STATUS_REGRESSION');
    expect(order.timeline.at(-1)?.told.evidence).toBe('PICKED');
  });

  test('that come late for some units move no other units of the line', () => {
    const two = [{ line: MUG, quantity: 2 }];
    const shipped = apply(released(stocked()), work('SHIPPED', two));
    const order = apply(shipped, work('PICKED', two));
    expect(statesOf(order, 1)).toEqual({ SHIPPED: 2, RELEASED: 1 });
  });

  test('are applied once by their key', () => {
    const command = { ...work('PICKED'), once: { key: 'wms-north/1', contentHash: '' } };
    const order = apply(released(stocked()), command);
    expect(apply(order, command)).toBe(order);
  });

  test('that tell a delivery before its shipment are remembered until that is told', () => {
    const early = apply(released(stocked()), { type: 'RecordDelivery', shipment: 'P1', told: told('d1', 60_000) });
    expect(early.status).toBe('PROCESSING');
    const order = apply(early, work('SHIPPED', ALL, 'P1'));
    expect(order.status).toBe('DELIVERED');
    expect(order.shipments[0]?.deliveredAtMs).toBe(told('d1', 60_000).occurredAtMs);
    expect(order.earlyDeliveries).toEqual([]);
  });

  test('about lines that the order does not have are kept as evidence', () => {
    const order = apply(released(stocked()), {
      ...work('PICKED', []),
      misfits: ['The order has no line x.'],
    } as OrderCommand);
    expect(order.timeline.at(-1)).toMatchObject({ type: 'STATUS_REGRESSION' });
    expect(order.timeline.at(-1)?.summary).toContain('no line x');
  });
});

describe('a short pick', () => {
  const short = (quantity: number): OrderCommand => ({
    type: 'RecordShortPick',
    location: 'DC',
    eventId: 's1',
    lines: [{ line: MUG, quantity }],
    misfits: [],
    told: told('s1'),
  });

  test('turns units into claims again, which are sourced from another location', () => {
    const inventory = stocked();
    const order = settleAll(apply(released(inventory), short(2)), inventory);
    expect(statesOf(order, 1)).toEqual({ RELEASED: 1, RESERVED: 2 });
    expect(order.lines[0]).toMatchObject({ declinedBy: ['DC'], sourcingFailures: 1 });
    const resourced = allocateAt(order, 'LONDON', inventory);
    expect(statesOf(resourced, 1)).toEqual({ RELEASED: 1, ALLOCATED: 2 });
    expect(inventory.allocations.get(`${MUG}|LONDON`)).toBe(2);
  });

  test('asks under the id of the fact, so that it does not matter who is first', () => {
    const inventory = stocked();
    const order = apply(released(inventory), short(2));
    expect(order.pending.map((command) => command.id)).toEqual(['short-pick/wms-north/s1']);
  });

  test('of units that are to be called off calls them off and gives the claim back', () => {
    const inventory = stocked();
    const stopping = apply(released(inventory), cancel('DC'));
    const order = settleAll(apply(stopping, short(3)), inventory);
    expect(statesOf(order, 1)).toEqual({ CANCELLED: 3 });
    expect([...inventory.reservations.values()].filter((each) => each.isActive)).toEqual([]);
    expect(inventory.allocations.has(`${MUG}|DC`)).toBe(false);
  });

  test('is claimed anew when the ledger has nothing to give back', () => {
    const inventory = stocked();
    const order = apply(released(inventory), short(2));
    const [command] = order.pending;
    const refused = { status: 'REFUSED', code: 'RESERVATION_NOT_ACTIVE', message: 'gone', details: {} } as const;
    const asked = apply(order, {
      type: 'SettleCommand',
      commandId: command?.id ?? '',
      outcome: refused,
      told: told('refused'),
    });
    expect(asked.pending.map((each) => each.name)).toEqual(['reserve-stock']);
    expect(asked.lines[0]?.claims[0]).toMatchObject({ reservation: null, commandId: asked.pending[0]?.id });
  });
});

describe('cancelling', () => {
  test('an order that is captured returns what its claim in flight may get', () => {
    const inventory = stocked();
    const order = settleAll(apply(sampleOrder(), cancel('DC')), inventory);
    expect(order.status).toBe('CANCELLED');
    expect(inventory.done).toEqual(['reserve-stock', 'cancel-reservations']);
    expect(holdsNothing(inventory)).toBe(true);
  });

  test('a reserved order cancels its reservations', () => {
    const inventory = stocked();
    const reserved = settleAll(sampleOrder(), inventory);
    const order = settleAll(apply(reserved, cancel('DC')), inventory);
    expect(order.status).toBe('CANCELLED');
    expect(holdsNothing(inventory)).toBe(true);
  });

  test('an order whose allocation is on its way takes it back once it is answered', () => {
    const inventory = stocked();
    const reserved = settleAll(sampleOrder(), inventory);
    const choices = reserved.lines.map((line) => ({
      line: line.id,
      reservation: line.claims[0]?.reservation ?? '',
      location: 'DC',
    }));
    const plan = { type: 'PlanAllocation', choices, unsourced: [], givenUp: [], told: told('p') } as const;
    const order = apply(apply(reserved, plan), cancel('DC'));
    expect(order.status).toBe('CANCELLED');
    expect(order.pending.map((command) => command.name)).toEqual(['allocate-stock']);
    const settled = settleAll(order, inventory);
    expect(inventory.done).toEqual(['reserve-stock', 'allocate-stock', 'deallocate-stock']);
    expect(settled.pending).toEqual([]);
    expect(holdsNothing(inventory)).toBe(true);
  });

  test('an allocated order takes its allocations back', () => {
    const inventory = stocked();
    const allocated = allocateAt(settleAll(sampleOrder(), inventory), 'DC', inventory);
    const order = settleAll(apply(allocated, cancel('DC')), inventory);
    expect(order.status).toBe('CANCELLED');
    expect(holdsNothing(inventory)).toBe(true);
  });

  test('work that is just being handed over asks the system to stop it, after it has it', () => {
    const inventory = stocked();
    const allocated = allocateAt(settleAll(sampleOrder(), inventory), 'DC', inventory);
    const releasing = apply(allocated, { type: 'PlanRelease', location: 'DC', byHub: false, told: told('r') });
    const order = apply(releasing, cancel('DC'));
    expect(statesOf(order, 1)).toEqual({ CANCEL_REQUESTED: 3 });
    expect(order.pending.map((command) => command.name)).toEqual(['release-work', 'stop-work']);
  });

  test.each(['PICKED', 'PACKED'] as const)('%s units at a warehouse wait for its answer', (step) => {
    const order = apply(apply(released(stocked()), work(step)), cancel('DC'));
    expect(statesOf(order, 1)).toEqual({ CANCEL_REQUESTED: 3 });
    expect(order.pending.map((command) => command.name)).toEqual(['stop-work']);
  });

  test.each([[], ['PICKED'], ['PICKED', 'PACKED']] as const)(
    'units at a store, after %j, are called off at once',
    (...steps) => {
      const inventory = stocked();
      const worked = steps.flat().reduce((order, step) => apply(order, work(step as 'PICKED')), released(inventory));
      const order = settleAll(apply(worked, cancel()), inventory);
      expect(order.status).toBe('CANCELLED');
      expect(holdsNothing(inventory)).toBe(true);
    },
  );

  test('what has left stays, what has not is called off, and the rest of the money is given up', () => {
    const inventory = stocked();
    const half = apply(released(inventory), work('SHIPPED', [{ line: MUG, quantity: 3 }]));
    inventory.ship(MUG, 'MUG', { location: 'DC', quantity: 3 });
    const order = settleAll(apply(half, cancel()), inventory);
    expect([statesOf(order, 1), statesOf(order, 2), order.status]).toEqual([
      { SHIPPED: 3 },
      { CANCELLED: 2 },
      'SHIPPED',
    ]);
    const captured = order.payments.reduce((sum, payment) => sum + capturedOf(payment), 0);
    expect(captured).toBe(337);
    expect(order.payments.reduce((sum, payment) => sum + authorizedOf(payment), 0)).toBe(captured);
    expect(holdsNothing(inventory)).toBe(true);
  });

  test('again changes nothing; of an order that has left it is refused', () => {
    const order = apply(released(stocked()), cancel('DC'));
    expect(apply(order, cancel('DC'))).toBe(order);
    const shipped = apply(released(stocked()), work('SHIPPED'));
    expect(refusalOf(shipped, cancel('DC')).code).toBe('ILLEGAL_TRANSITION');
  });
});

describe('the claims of an order', () => {
  test('are tried elsewhere when the chosen location cannot serve them after all', () => {
    const inventory = stocked();
    const reserved = settleAll(sampleOrder(), inventory);
    inventory.put('MUG', 'DC', 0);
    const order = allocateAt(reserved, 'DC', inventory);
    expect(statesOf(order, 1)).toEqual({ RESERVED: 3 });
    expect(order.lines[0]).toMatchObject({ sourcingFailures: 1, claims: [{ commandId: null, location: null }] });
    expect(statesOf(allocateAt(order, 'LONDON', inventory), 1)).toEqual({ ALLOCATED: 3 });
  });

  test('are made anew when the ledger no longer knows one of them', () => {
    const inventory = stocked();
    const reserved = settleAll(sampleOrder(), inventory);
    const [claim] = reserved.lines[0]?.claims ?? [];
    inventory.answer('cancel-reservations', { commandId: 'somebody', reservations: [claim?.reservation ?? ''] });
    const order = allocateAt(reserved, 'DC', inventory);
    expect(statesOf(order, 1)).toEqual({ RESERVED: 3 });
    expect(statesOf(allocateAt(order, 'DC', inventory), 1)).toEqual({ ALLOCATED: 3 });
    expect([...inventory.reservations.values()].filter((each) => each.isActive)).toEqual([]);
  });

  test('refused for a reason that may pass leave the order captured, to be asked for under a new id', () => {
    const order = sampleOrder();
    const [first] = order.pending;
    const outcome = { status: 'REFUSED', code: 'UNKNOWN_SKU', message: 'not yet', details: {} } as const;
    const asked = apply(order, { type: 'SettleCommand', commandId: first?.id ?? '', outcome, told: told('x') });
    expect(asked.status).toBe('RECEIVED');
    expect(asked.pending[0]?.id).not.toBe(first?.id);
    expect(statesOf(settleNext(asked, stocked()), 1)).toEqual({ RESERVED: 3 });
  });
});
