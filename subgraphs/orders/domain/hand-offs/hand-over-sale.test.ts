import { beforeEach, describe, expect, test } from '@jest/globals';
import { KEPT_BY_ERP } from '../../testing/hand-off-samples.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import {
  allocateAt,
  apply,
  entriesOf,
  refusalOf,
  releaseAt,
  sampleOrder,
  settleAll,
  told,
} from '../../testing/sample-order.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import type { OrderCommand } from '../order-command.ts';
import type { Order } from '../order.ts';
import type { PendingCommand } from '../commands-of-order.ts';
import { refusedHandOff } from './refused-hand-off.ts';
import { totalsOf } from '../money/totals.ts';
import { transition } from '../transition.ts';

let inventory: InventoryModel;

beforeEach(() => {
  inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 10);
});

const placed = (): Order => settleAll(sampleOrder({ sale: KEPT_BY_ERP }), inventory);
const released = (): Order => releaseAt(allocateAt(placed(), 'DC', inventory), 'DC');

type ForErp = Extract<PendingCommand, { readonly name: 'record-sales-order' | 'request-invoice' }>;

const forErp = ({ pending }: Order): readonly ForErp[] =>
  pending.filter((command): command is ForErp => {
    return command.name === 'record-sales-order' || command.name === 'request-invoice';
  });

/** The ERP answers what it is asked first. */
const answer = (order: Order, outcome: CommandOutcome): Order =>
  apply(order, { type: 'SettleCommand', commandId: forErp(order)[0]?.id ?? '', outcome, told: told('erp') });

const refused: CommandOutcome = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'No such item.', details: {} };

let parcels = 0;
const ship = (order: Order, quantities: readonly number[]): Order =>
  apply(order, {
    type: 'RecordWork',
    step: 'SHIPPED',
    location: 'DC',
    told: told(`shipped-${++parcels}`),
    parcel: { externalId: `S-${parcels}`, carrier: null, trackingNumber: null },
    lines: quantities.flatMap((quantity, index) =>
      quantity > 0 ? [{ line: order.lines[index]?.id ?? '', quantity }] : [],
    ),
    misfits: [],
  });

describe('the ERP that keeps orders', () => {
  test('gets the order once its stock is claimed, with the claims of the ledger', () => {
    const order = placed();
    const { grandMinor } = totalsOf(order);
    expect(forErp(order)).toMatchObject([
      {
        name: 'record-sales-order',
        system: 'erp-main',
        lines: [
          { quantity: 3, unitPriceMinor: 100 },
          { quantity: 2, unitPriceMinor: 250 },
        ],
        totalMinor: grandMinor,
      },
    ]);
    const claims = [...inventory.reservations.keys()];
    expect(order.sale?.reservations?.map(({ reservation }) => reservation)).toEqual(claims);
    // They are known when the order has long been allocated.
    expect(released().sale?.reservations).toHaveLength(2);
  });

  test('gets nothing of an order that may still come to nothing', () => {
    const hold = {
      type: 'PAYMENT_PENDING',
      placedBy: 'hub',
      authority: 'psp',
      reason: 'It has not answered.',
    } as const;
    const held = settleAll(
      apply(sampleOrder({ sale: KEPT_BY_ERP }), { type: 'PlaceHold', hold, told: told('hold') }),
      inventory,
    );
    expect(forErp(held)).toEqual([]);
    const off = apply(held, { type: 'CancelOrder', reason: 'PAYMENT_FAILED', wmsLocations: [], told: told('off') });
    const free = apply(off, {
      type: 'ResolveHold',
      hold: off.holds?.[0]?.id ?? '',
      outcome: 'RESOLVED',
      by: 'ann',
      authority: 'psp',
      reason: 'It is over.',
      wmsLocations: [],
      told: told('free'),
    });
    expect(forErp(free)).toEqual([]);
    expect(free.sale?.state).toBe('NEW');
  });

  test('hears what is called off', () => {
    const kept = answer(placed(), { status: 'DONE', document: 'SO1001' });
    expect(kept.sale).toMatchObject({ state: 'RECORDED', document: 'SO1001' });
    expect(kept.timeline.at(-1)).toMatchObject({
      type: 'SALES_ORDER_RECORDED',
      summary: 'erp-main keeps the order as SO1001.',
    });
    const off = apply(kept, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    expect(forErp(off)).toMatchObject([
      { name: 'record-sales-order', lines: [{ quantity: 0 }, { quantity: 0 }], totalMinor: 0 },
    ]);
    // The ERP has removed it, and the order still says what it was.
    const gone = answer(off, { status: 'DONE' });
    expect(gone.sale).toMatchObject({ state: 'RECORDED', document: 'SO1001' });
    expect(entriesOf(gone).at(-1)).toBe('SALES_ORDER_CHANGED');
  });

  test('hears of other carriage, and of nothing that is as it was told', () => {
    const kept = answer(placed(), { status: 'DONE', document: 'SO1001' });
    const [carriage] = kept.charges;
    const cheaper = { ...kept, charges: carriage ? [{ ...carriage, amountMinor: 1 }] : [] };
    const hold = { type: 'CS_REVIEW', placedBy: 'ann', authority: 'desk', reason: 'A question.' } as const;
    const told100Less = apply(cheaper, { type: 'PlaceHold', hold, told: told('hold') });
    const { grandMinor } = totalsOf(kept);
    expect(forErp(told100Less)).toMatchObject([{ name: 'record-sales-order', totalMinor: grandMinor - 100 }]);
    expect(forErp(apply(kept, { type: 'PlaceHold', hold, told: told('hold') }))).toEqual([]);
  });

  test('invoices each parcel, to the minor unit what all of them cost', () => {
    const kept = answer(released(), { status: 'DONE', document: 'SO1001' });
    const sent = ship(ship(ship(kept, [1, 0]), [1, 1]), [1, 1]);
    const invoices = forErp(sent).filter((command) => command.name === 'request-invoice');
    expect(invoices.map(({ shipment }) => shipment)).toEqual(sent.shipments.map(({ id }) => id));
    const { grandMinor } = totalsOf(sent);
    expect(invoices.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(grandMinor);
    const invoiced = answer(sent, { status: 'DONE', invoice: 'SI1002' });
    expect(invoiced.sale?.invoices).toMatchObject([
      { state: 'DONE', invoice: 'SI1002' },
      { state: 'ASKED' },
      { state: 'ASKED' },
    ]);
    expect(invoiced.timeline.at(-1)).toMatchObject({ type: 'INVOICED', lineNos: [1] });
  });

  test('hears of the rest of an order of which a part had left', () => {
    const part = ship(answer(released(), { status: 'DONE', document: 'SO1001' }), [2, 0]);
    const ended = apply(part, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    const [invoice, change] = forErp(ended);
    expect(change).toMatchObject({ name: 'record-sales-order', lines: [{ quantity: 2 }, { quantity: 0 }] });
    // What is kept of the order is what was invoiced of it.
    expect(change?.name === 'record-sales-order' && change.totalMinor).toBe(
      invoice?.name === 'request-invoice' && invoice.amountMinor,
    );
  });

  test('is asked no more once it has refused, until somebody says so', () => {
    const sent = ship(released(), [3, 2]);
    expect(forErp(sent).map(({ name }) => name)).toEqual(['record-sales-order', 'request-invoice']);
    const stuck = answer(sent, refused);
    expect(forErp(stuck)).toEqual([]);
    expect(stuck.timeline.at(-1)).toMatchObject({
      type: 'SALES_ORDER_REFUSED',
      summary: 'erp-main does not keep the order: No such item.',
    });
    expect(refusedHandOff(stuck)).toMatchObject({ source: 'erp-main' });
    const arrived = apply(stuck, { type: 'RecordDelivery', shipment: `S-${parcels}`, told: told('delivered') });
    expect(forErp(arrived)).toEqual([]);
    expect(arrived.status).toBe('DELIVERED');
    const again = apply(arrived, { type: 'HandOverAgain', told: told('again') });
    expect(forErp(again).map(({ name }) => name)).toEqual(['record-sales-order', 'request-invoice']);
    expect(refusedHandOff(again)).toBeUndefined();
    expect(refusalOf(again, { type: 'HandOverAgain', told: told('again') }).code).toBe('ILLEGAL_TRANSITION');
  });

  test('has a person see to what it refused, until it is asked again', () => {
    const eventsOf = (before: Order, command: OrderCommand) => {
      const decided = transition(before, command);
      return 'events' in decided ? decided.events : [];
    };
    const order = placed();
    const [asked] = forErp(order);
    const refusing = {
      type: 'SettleCommand',
      commandId: asked?.id ?? '',
      outcome: refused,
      told: told('erp'),
    } as const;
    expect(eventsOf(order, refusing)).toMatchObject([
      { type: 'exception-raised', exception: { class: 'COMMAND_REFUSED', severity: 'HIGH', source: 'erp-main' } },
    ]);
    expect(eventsOf(apply(order, refusing), { type: 'HandOverAgain', told: told('again') })).toMatchObject([
      { type: 'exception-cleared', because: 'The system is asked again.' },
    ]);
  });

  test('is asked once more for an invoice that it refused', () => {
    const kept = answer(ship(released(), [3, 2]), { status: 'DONE', document: 'SO1001' });
    const unpaid = answer(kept, refused);
    expect(unpaid.sale).toMatchObject({ state: 'RECORDED', invoices: [{ state: 'REFUSED' }] });
    expect(refusedHandOff(unpaid)?.summary).toContain('does not invoice order-1.s1');
    const again = apply(unpaid, { type: 'HandOverAgain', told: told('again') });
    expect(forErp(again)).toMatchObject([{ name: 'request-invoice', shipment: 'order-1.s1' }]);
  });

  describe('as the claims of the order change', () => {
    const kept = (): Order => answer(released(), { status: 'DONE', document: 'SO1001' });
    const work = { location: 'DC', misfits: [] } as const;
    const referencesOf = (order: Order) =>
      forErp(order).map((command) =>
        command.name === 'record-sales-order' ? command.lines.map(({ reservations }) => reservations) : [],
      );

    test('hears of the reservation that a line gets after its location failed it, once it has its name', () => {
      const order = kept();
      const [mug = '', jug = ''] = [...inventory.reservations.keys()];
      const lines = order.lines.map(({ id, ordered }) => ({ line: id, quantity: ordered }));
      const failed = apply(order, { type: 'EndRelease', reason: 'busy', lines, ...work, told: told('busy') });
      expect(forErp(failed)).toEqual([]);
      const named = settleAll(failed, inventory);
      const [, , newMug = '', newJug = ''] = [...inventory.reservations.keys()];
      expect(referencesOf(named)).toEqual([[[newMug], [newJug]]]);
      expect([mug, jug]).not.toContain(newMug);
      // They stay when the stock is bound again, and nothing more is told.
      const bound = allocateAt(answer(named, { status: 'DONE', document: 'SO1001' }), 'DC', inventory);
      expect(bound.sale?.reservations?.map(({ reservation }) => reservation)).toEqual([newMug, newJug]);
      expect(forErp(bound)).toEqual([]);
    });

    test('hears of both reservations of a line of which a part was not found', () => {
      const order = kept();
      const [mug = '', jug = ''] = [...inventory.reservations.keys()];
      const lines = [{ line: order.lines[0]?.id ?? '', quantity: 1 }];
      const short = { type: 'RecordShortPick', eventId: 'e1', lines, ...work, told: told('short') } as const;
      const named = settleAll(apply(order, short), inventory);
      const anew = [...inventory.reservations.keys()].at(-1) ?? '';
      expect(referencesOf(named)).toEqual([[[mug, anew], [jug]]]);
    });

    test('hears of the reservation of a line that came to it', () => {
      inventory.put('CUP', 'DC', 5);
      const edit = {
        reason: 'One more.',
        by: 'ann',
        newLines: [{ sku: 'CUP', decimals: 0, ordered: 1, unitPriceMinor: 130 }],
      } as const;
      const edited = apply(kept(), { type: 'EditOrder', edit, wmsLocations: ['DC'], told: told('edit') });
      const named = settleAll(edited, inventory);
      const [mug = '', jug = '', cup = ''] = [...inventory.reservations.keys()];
      expect(referencesOf(named)).toEqual([[[mug], [jug], [cup]]]);
    });

    test('hears once of all that changed while it had not answered', () => {
      const waiting = released();
      expect(forErp(waiting)).toHaveLength(1);
      const failOnce = (order: Order, message: string): Order => {
        const lines = order.lines.map(({ id, ordered }) => ({ line: id, quantity: ordered }));
        const failed = apply(order, { type: 'EndRelease', reason: 'busy', lines, ...work, told: told(message) });
        return releaseAt(allocateAt(settleAll(failed, inventory), 'DC', inventory), 'DC');
      };
      const moved = failOnce(failOnce(waiting, 'busy-1'), 'busy-2');
      expect(forErp(moved)).toHaveLength(1);
      const newest = [...inventory.reservations.keys()].slice(-2);
      const told2 = answer(moved, { status: 'DONE', document: 'SO1001' });
      expect(referencesOf(told2)).toEqual([newest.map((name) => [name])]);
      expect(forErp(answer(told2, { status: 'DONE', document: 'SO1001' }))).toEqual([]);
    });
  });
});
