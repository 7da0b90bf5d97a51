import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { apply, entriesOf, sampleOrder, settleAll, statesOf, told } from '../../testing/sample-order.ts';
import type { CommandOf, OrderCommand } from '../order-command.ts';
import type { Order } from '../order.ts';

const OMS = 'oms-main';

/** Three mugs and two jugs, claimed, which an OMS is to route; there is enough at both locations. */
function placed(): { readonly order: Order; readonly inventory: InventoryModel } {
  const inventory = new InventoryModel(['DC', 'SHOP']);
  for (const sku of ['MUG', 'JUG']) {
    for (const location of ['DC', 'SHOP']) inventory.put(sku, location, 5);
  }
  return { order: settleAll(sampleOrder({ routing: { system: OMS, state: 'NEW' } }), inventory), inventory };
}

const toldByOms = (evidence: string) => ({ ...told(evidence), source: OMS });

type Routing = CommandOf<'RecordRouting'>;

const routing = (status: Routing['status'], location: string | null, quantity = 3, lineNo = 1): Routing => ({
  type: 'RecordRouting',
  status,
  location,
  reason: null,
  lines: [{ line: `order-1.${lineNo}`, quantity }],
  misfits: [],
  told: toldByOms(`${status}-${location}-${lineNo}`),
});

const work = (step: CommandOf<'RecordWork'>['step'], location: string, quantity = 3): OrderCommand => ({
  type: 'RecordWork',
  step,
  location,
  lines: [{ line: 'order-1.1', quantity }],
  misfits: [],
  ...(step === 'SHIPPED' && { parcel: { externalId: `parcel-${location}`, carrier: null, trackingNumber: null } }),
  told: toldByOms(`${step}-${location}`),
});

const commandsOf = (order: Order, name: string) => order.pending.filter((command) => command.name === name);

function settle(order: Order, name: string, outcome: CommandOf<'SettleCommand'>['outcome']): Order {
  const [command] = commandsOf(order, name);
  if (!command) throw new Error(`No ${name} is pending.`);
  return apply(order, { type: 'SettleCommand', commandId: command.id, outcome, told: told(command.id) });
}

const TAKEN = { status: 'DONE', document: 'oms_1' } as const;

/** What the ledger holds for the order beside what has left. */
const heldFor = (inventory: InventoryModel): readonly number[] => ['MUG', 'JUG'].map((sku) => inventory.available(sku));

describe('an order that an outside OMS routes', () => {
  test('is handed over once its stock is claimed, with its reservations, and again when there is less of it', () => {
    const { order, inventory } = placed();
    const reservations = order.lines.map(({ claims }) => claims.map(({ reservation }) => reservation));
    expect(commandsOf(order, 'route-order')).toMatchObject([
      {
        system: OMS,
        lines: [
          { line: 'order-1.1', quantity: 3, reservations: reservations[0] },
          { line: 'order-1.2', quantity: 2, reservations: reservations[1] },
        ],
      },
    ]);
    const taken = settle(order, 'route-order', TAKEN);
    expect(taken.routing).toMatchObject({ state: 'TAKEN', document: 'oms_1' });
    const wmsLocations: readonly string[] = [];
    const off = apply(taken, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations, told: told('off') });
    expect(commandsOf(settleAll(off, inventory), 'route-order')).toMatchObject([
      { lines: [{ quantity: 0 }, { quantity: 0 }] },
    ]);
  });

  test('waits under a hold that may still end it', () => {
    const held = sampleOrder({ routing: { system: OMS, state: 'NEW' } });
    const hold = { id: 'hold-1', type: 'FRAUD_REVIEW', blocks: ['RELEASE'], reason: 'look', by: 'ann', untilMs: null };
    const holding = apply(held, { type: 'PlaceHold', hold, told: told('hold') } as unknown as OrderCommand);
    const inventory = new InventoryModel(['DC']);
    for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 5);
    expect(commandsOf(settleAll(holding, inventory), 'route-order')).toEqual([]);
  });

  test('has its claims follow where the OMS says, and its work go on by what the OMS tells', () => {
    const { order, inventory } = placed();
    const allocated = settleAll(apply(order, routing('ALLOCATED', 'SHOP')), inventory);
    expect(statesOf(allocated, 1)).toEqual({ ALLOCATED: 3 });
    const released = apply(allocated, routing('RELEASED', 'SHOP'));
    expect(statesOf(released, 1)).toEqual({ RELEASED: 3 });
    const shipped = apply(apply(released, work('PICKED', 'SHOP')), work('SHIPPED', 'SHOP'));
    expect(statesOf(shipped, 1)).toEqual({ SHIPPED: 3 });
    expect(entriesOf(shipped)).not.toContain('STATUS_REGRESSION');
    expect(entriesOf(shipped)).toEqual(expect.arrayContaining(['LOCATION_CHOSEN', 'STOCK_ALLOCATED', 'WORK_RELEASED']));
  });

  test('keeps in order what is told while the ledger is asked', () => {
    const { order, inventory } = placed();
    const asked = apply(apply(order, routing('ALLOCATED', 'DC')), routing('RELEASED', 'DC'));
    const picked = apply(asked, work('PICKED', 'DC', 2));
    expect(statesOf(picked, 1)).toEqual({ RESERVED: 3 });
    const settled = settleAll(picked, inventory);
    expect(statesOf(settled, 1)).toEqual({ PICKED: 2, RELEASED: 1 });
    expect(settled.routing?.early).toBeUndefined();
    expect(entriesOf(settled)).not.toContain('STATUS_REGRESSION');
  });

  test('infers the location and the steps before from what comes later, and takes them late as told', () => {
    const { order, inventory } = placed();
    const picked = settleAll(apply(order, work('PICKED', 'DC')), inventory);
    expect(statesOf(picked, 1)).toEqual({ PICKED: 3 });
    const late = apply(apply(picked, routing('RELEASED', 'DC')), routing('ALLOCATED', 'DC'));
    expect(entriesOf(late)).not.toContain('STATUS_REGRESSION');
    expect(entriesOf(late).slice(-2)).toEqual(['WORK_RELEASED', 'LOCATION_CHOSEN']);
    expect(statesOf(late, 1)).toEqual({ PICKED: 3 });
  });

  test('gives up its claims when goods have left from a location that was never told', () => {
    const { order, inventory } = placed();
    inventory.put('MUG', 'SHOP', 3);
    const shipped = settleAll(apply(order, work('SHIPPED', 'SHOP', 2)), inventory);
    expect(statesOf(shipped, 1)).toEqual({ SHIPPED: 2, RESERVED: 1 });
    // Of ten mugs two have left and one is claimed; of ten jugs two are.
    expect(heldFor(inventory)).toEqual([7, 8]);
    const allocated = apply(shipped, routing('ALLOCATED', 'SHOP', 2));
    expect(commandsOf(allocated, 'allocate-stock')).toEqual([]);
    expect(entriesOf(allocated)).not.toContain('STATUS_REGRESSION');
  });

  test('leaves no allocation behind when goods left while the ledger was asked for it', () => {
    const { order, inventory } = placed();
    inventory.put('MUG', 'DC', 8);
    const asked = apply(order, routing('ALLOCATED', 'DC'));
    // The ledger moves the goods before it is asked, so it has no allocation to retire.
    inventory.put('MUG', 'DC', 5);
    const settled = settleAll(apply(asked, work('SHIPPED', 'DC')), inventory);
    expect(statesOf(settled, 1)).toEqual({ SHIPPED: 3 });
    expect(inventory.allocations.size).toBe(0);
    expect(heldFor(inventory)).toEqual([10, 8]);
    expect(settled.routing?.doubtful).toBeUndefined();
  });

  test('keeps what points backwards, what the ledger refuses and what others decide, and moves nothing', () => {
    const { order, inventory } = placed();
    const shipped = settleAll(apply(order, work('SHIPPED', 'DC')), inventory);
    const back = apply(shipped, work('PICKED', 'SHOP'));
    expect(statesOf(back, 1)).toEqual({ SHIPPED: 3 });
    expect(entriesOf(back).at(-1)).toBe('STATUS_REGRESSION');
    const nowhere = settleAll(apply(order, routing('ALLOCATED', 'NOWHERE')), inventory);
    expect(statesOf(nowhere, 1)).toEqual({ RESERVED: 3 });
    expect(entriesOf(nowhere).at(-1)).toBe('STATUS_REGRESSION');
    const other = apply(order, { ...routing('ALLOCATED', 'DC'), told: told('by a warehouse') });
    expect(commandsOf(other, 'allocate-stock')).toEqual([]);
    expect(entriesOf(other).at(-1)).toBe('STATUS_REGRESSION');
  });

  test('goes back to its claim when a location will not do it, and to the next that the OMS chooses', () => {
    const { order, inventory } = placed();
    const released = apply(
      settleAll(apply(order, routing('ALLOCATED', 'SHOP')), inventory),
      routing('RELEASED', 'SHOP'),
    );
    const lines = [{ line: 'order-1.1', quantity: 3 }];
    const ended = apply(released, {
      type: 'EndRelease',
      location: 'SHOP',
      reason: 'closed',
      lines,
      misfits: [],
      told: toldByOms('ended'),
    });
    const moved = settleAll(apply(ended, routing('ALLOCATED', 'DC')), inventory);
    expect(statesOf(moved, 1)).toEqual({ ALLOCATED: 3 });
    expect(moved.lines[0]?.units[0]?.location).toBe('DC');
  });

  test('loses the units that the OMS calls off, with what the ledger holds for them', () => {
    const { order, inventory } = placed();
    const taken = settle(order, 'route-order', TAKEN);
    const off = settleAll(apply(taken, routing('CANCELLED', null, 2, 2)), inventory);
    expect(statesOf(off, 2)).toEqual({ CANCELLED: 2 });
    expect(heldFor(inventory)).toEqual([7, 10]);
    expect(commandsOf(off, 'route-order')).toEqual([]);
  });

  test('has its work stopped by the OMS, wherever it is', () => {
    const { order, inventory } = placed();
    const allocated = settleAll(apply(order, routing('ALLOCATED', 'SHOP')), inventory);
    const released = apply(allocated, routing('RELEASED', 'SHOP'));
    const off = apply(released, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    expect(statesOf(off, 1)).toEqual({ CANCEL_REQUESTED: 3 });
    expect(commandsOf(settle(off, 'route-order', TAKEN), 'route-order')).toEqual([]);
    const stopped = settleAll(settle(off, 'stop-work', { status: 'DONE', stopped: 'CANCELLED' }), inventory);
    expect(statesOf(stopped, 1)).toEqual({ CANCELLED: 3 });
    expect(commandsOf(stopped, 'route-order').at(-1)).toMatchObject({ lines: [{ quantity: 0 }, { quantity: 0 }] });
    expect(heldFor(inventory)).toEqual([10, 10]);
  });

  test('is handed over anew when somebody has seen to why the OMS would not take it', () => {
    const { order } = placed();
    const outcome = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'no node', details: {} } as const;
    const refused = settle(order, 'route-order', outcome);
    expect(refused.routing?.state).toBe('REFUSED');
    expect(commandsOf(refused, 'route-order')).toEqual([]);
    const again = apply(refused, { type: 'HandOverAgain', told: told('again') });
    expect(commandsOf(again, 'route-order')).toHaveLength(1);
  });
});
