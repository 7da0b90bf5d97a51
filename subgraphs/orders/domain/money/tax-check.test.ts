import { describe, expect, test } from '@jest/globals';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { allocateAt, apply, releaseAt, sampleOrder, settleAll, told } from '../../testing/sample-order.ts';
import type { NewOrder } from '../capture-order.ts';
import type { CommandOutcome } from '../command-outcome.ts';
import { activeHolds } from '../holds/hold.ts';
import type { Order } from '../order.ts';
import { bookedItems, bookingOf, taxedItems, type TaxMismatch } from './tax-check.ts';
import { taxCheckOf } from './tax-rules.ts';

const rule = { system: 'tax', country: 'GB' } as const;
const tax = (amountMinor: number) => [{ jurisdiction: 'GB', ratePercent: '20', amountMinor }];

/** Three mugs at 1.00 less 0.60 and two jugs at 2.50, carriage 1.01: 8.41 with 1.41 of tax in it. */
const PRICED: Partial<NewOrder> = {
  lines: [
    {
      sku: 'MUG',
      decimals: 0,
      ordered: 3,
      unitPriceMinor: 100,
      discounts: [{ promotion: 'SUMMER', description: 'Off', amountMinor: 60 }],
      taxes: tax(40),
    },
    { sku: 'JUG', decimals: 0, ordered: 2, unitPriceMinor: 250, taxes: tax(84) },
  ],
  charges: [{ kind: 'SHIPPING', description: 'Carriage', amountMinor: 101, taxes: tax(17) }],
  tenders: [{ tender: 'CARD', amountMinor: 841 }],
};
const QUOTED = { 'order-1.1': 40, 'order-1.2': 84, 'charge-1': 17 };

function placed(onMismatch: TaxMismatch, changes: Partial<NewOrder> = {}) {
  const inventory = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) inventory.put(sku, 'DC', 5);
  const taxCheck = taxCheckOf([{ ...rule, onMismatch }], { channel: 'WEB', country: null });
  if (!taxCheck) throw new Error('No rule fits.');
  return { inventory, order: settleAll(sampleOrder({ ...PRICED, taxCheck, ...changes }), inventory) };
}

function answer(order: Order, outcome: CommandOutcome): Order {
  const command = order.pending.find(({ name }) => name === 'quote-tax');
  return apply(order, { type: 'SettleCommand', commandId: command?.id ?? '', outcome, told: told('quote') });
}

const quoted = (order: Order, minorByRef: Readonly<Record<string, number>> = QUOTED): Order =>
  answer(order, { status: 'DONE', taxes: { quote: 'q-1', minorByRef } });
const REFUSED = { status: 'REFUSED', code: 'UPSTREAM_REJECTED', message: 'no such country', details: {} } as const;

const stateOf = (order: Order) => [order.status, order.taxCheck?.state, activeHolds(order).map(({ type }) => type)];

describe('the taxes of an order', () => {
  test('are asked for once the stock is claimed, and the order is held until they are known', () => {
    const { order } = placed('HOLD');
    expect(order.pending.map(({ name }) => name)).toEqual(['quote-tax']);
    expect(stateOf(order)).toEqual(['HELD', 'ASKED', ['TAX_PENDING']]);
    expect(stateOf(quoted(order))).toEqual(['PROCESSING', 'MATCHED', []]);
  });

  test('are asked for what lines cost with everything taken off', () => {
    const off = { kind: 'DISCOUNT', description: 'Voucher', amountMinor: -74 } as const;
    const charges = [...(PRICED.charges ?? []), off];
    const { order } = placed('HOLD', { charges, tenders: [{ tender: 'CARD', amountMinor: 767 }] });
    expect(taxedItems(order)).toEqual([
      { ref: 'order-1.1', sku: 'MUG', amountMinor: 240 - 24 },
      { ref: 'order-1.2', sku: 'JUG', amountMinor: 500 - 50 },
      { ref: 'charge-1', sku: null, amountMinor: 101 },
    ]);
  });

  test.each<[TaxMismatch, expected: unknown]>([
    ['NOTE', ['PROCESSING', 'DIFFERS', []]],
    ['HOLD', ['HELD', 'DIFFERS', ['TAX_PENDING']]],
    ['REFUSE', ['CANCELLED', 'DIFFERS', []]],
  ])('that differ by a minor unit are dealt with by the rule %s', (onMismatch, expected) => {
    const { order } = placed(onMismatch);
    expect(stateOf(quoted(order, { ...QUOTED, 'order-1.1': 41 }))).toEqual(expected);
    // The same sum on other lines is not the same.
    expect(stateOf(quoted(order, { ...QUOTED, 'order-1.1': 41, 'order-1.2': 83 }))).toEqual(expected);
  });

  test('that are refused are remembered with both sums', () => {
    const { order } = placed('REFUSE');
    const { rejection } = quoted(order, { ...QUOTED, 'charge-1': 16 });
    expect(rejection).toMatchObject({ code: 'TOTALS_MISMATCH', details: { taxMinor: 141, quotedMinor: 140 } });
  });

  test('that nobody can tell hold the order for a person', () => {
    expect(stateOf(answer(placed('HOLD').order, REFUSED))).toEqual(['HELD', 'FAILED', ['TAX_PENDING']]);
    expect(stateOf(answer(placed('NOTE').order, REFUSED))).toEqual(['PROCESSING', 'FAILED', []]);
  });

  test('are known before anybody is asked for money, where the order may be refused for them', () => {
    const provider = { system: 'psp', token: 'tok', reference: null } as const;
    const tenders = [{ tender: 'CARD', amountMinor: 841, provider }] as const;
    const names = (order: Order) => order.pending.map(({ name }) => name);
    const strict = placed('REFUSE', { tenders }).order;
    expect(names(strict)).toEqual(['quote-tax']);
    expect(names(quoted(strict))).toEqual(['authorise-payment']);
    expect(names(quoted(strict, { ...QUOTED, 'charge-1': 16 }))).toEqual(['cancel-reservations']);
    expect(names(placed('HOLD', { tenders }).order)).toEqual(['quote-tax', 'authorise-payment']);
  });

  test('are booked once, when nothing is left to be sent, for what left', () => {
    const { order, inventory } = placed('HOLD');
    const released = releaseAt(allocateAt(quoted(order), 'DC', inventory), 'DC');
    const ship = (state: Order, index: number, quantity: number): Order =>
      apply(state, {
        type: 'RecordWork',
        step: 'SHIPPED',
        location: 'DC',
        parcel: { externalId: `s-${index}`, carrier: null, trackingNumber: null },
        lines: [{ line: state.lines[index]?.id ?? '', quantity }],
        misfits: [],
        told: told(`ship-${index}`),
      });
    const half = ship(released, 0, 3);
    expect(half.pending).toEqual([]);
    expect([half.taxCheck?.quotedMinor, bookingOf(half)]).toEqual([141, 'OPEN']);
    const whole = ship(half, 1, 2);
    expect(whole.pending).toEqual([{ id: expect.any(String), name: 'confirm-tax', system: 'tax' }]);
    const items = bookedItems(whole);
    expect(items.reduce((sum, { amountMinor }) => sum + amountMinor, 0)).toBe(841);
    expect(items.reduce((sum, { taxMinor }) => sum + taxMinor, 0)).toBe(141);
    const off = apply(half, { type: 'CancelOrder', reason: 'CUSTOMER', wmsLocations: [], told: told('off') });
    expect(bookedItems(off).map(({ ref }) => ref)).toEqual(['order-1.1']);
    expect(off.pending.map(({ name }) => name)).toContain('confirm-tax');
    const book = (outcome: CommandOutcome): Order =>
      apply(whole, { type: 'SettleCommand', commandId: whole.pending[0]?.id ?? '', outcome, told: told('booked') });
    expect(bookingOf(whole)).toBe('ASKED');
    const booked = book({ status: 'DONE', document: 'TX-7' });
    expect([bookingOf(booked), booked.taxCheck?.document]).toEqual(['BOOKED', 'TX-7']);
    const unbooked = book(REFUSED);
    expect([bookingOf(unbooked), unbooked.taxCheck?.document]).toEqual(['REFUSED', undefined]);
    expect(unbooked.timeline.at(-1)?.type).toBe('COMMAND_REFUSED');
  });

  test('of a channel without a rule are taken at its word', () => {
    const rules = [{ ...rule, channel: 'SHOP', onMismatch: 'HOLD' }] as const;
    expect(taxCheckOf(rules, { channel: 'WEB', country: 'IE' })).toBeUndefined();
    expect(taxCheckOf(rules, { channel: 'SHOP', country: 'IE' })).toMatchObject({ country: 'IE', state: 'NEW' });
  });
});
