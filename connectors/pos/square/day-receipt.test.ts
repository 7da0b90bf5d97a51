import { describe, expect, test } from '@jest/globals';
import type { ReturnRecorded, StoreSaleRecorded } from '../../../schema/events/inbox.ts';
import type { InboundBundle, InboundMessage } from '../../runtime/inbound.ts';
import { registerDaysOf } from '../register-days-of.ts';
import { tillMessage } from '../till-receipt.ts';
import { dayReceipt } from './day-receipt.ts';
import { receiptOfOrder } from './receipt-of-order.ts';
import type { SquareOrder } from './square-objects.ts';

const money = (amount: number) => ({ amount, currency: 'GBP' });
const line = (uid: string, amount: number) => ({
  uid,
  quantity: '1',
  catalog_object_id: 'V',
  base_price_money: money(amount),
  total_money: money(amount),
});
const ORDER: SquareOrder = {
  id: 'O-1',
  location_id: 'L',
  reference_id: '1001',
  state: 'COMPLETED',
  created_at: '2026-07-01T10:00:00Z',
  updated_at: '2026-07-01T10:00:00Z',
  total_money: money(0),
};
const paid = (amount: number) => [{ id: 'T', type: 'CASH', amount_money: money(amount), payment_id: 'P' }];
const refund = [{ id: 'R', tender_id: 'T', reason: '' }];
const returned = (...amounts: number[]) => ({
  return_line_items: amounts.map((amount, index) => line(`r${index}`, amount)),
});

const AROUND = {
  mapping: {
    locations: { L: 'HIGH-STREET' },
    tenders: { CASH: 'CASH' },
    states: { COMPLETED: 'FINAL' },
    returnReasons: {},
    otherReturnReason: 'OTHER',
  },
  skus: new Map([['V', 'MUG']]),
  originals: new Map(),
  refundKinds: new Map([['R', 'CASH']]),
} as const;

/** What the facts of an order add up to. */
function factsOf(order: SquareOrder) {
  const message = tillMessage('e', receiptOfOrder(order, AROUND)) as Partial<InboundBundle & InboundMessage>;
  const facts = (message.facts ?? [message]).map(({ data }) => data as Partial<StoreSaleRecorded & ReturnRecorded>);
  const add = (sides: readonly (readonly { readonly amountMinor: number }[])[]) => ({
    receiptCount: sides.length,
    totalMinor: sides.flat().reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  });
  return {
    taken: add(facts.flatMap(({ tenders }) => (tenders ? [tenders] : []))),
    given: add(facts.flatMap(({ refunds }) => (refunds ? [refunds] : []))),
  };
}

describe('a receipt of a day', () => {
  test.each<readonly [string, Partial<SquareOrder>]>([
    ['a sale', { line_items: [line('1', 500), line('2', 250)], tenders: paid(750), total_money: money(750) }],
    ['a return', { returns: [returned(300, 200)], refunds: refund }],
    ['two returns on one paper', { returns: [returned(300), returned(200, 50)], refunds: refund }],
    ['an exchange that is paid for', { line_items: [line('1', 500)], returns: [returned(300)], tenders: paid(200) }],
    [
      'an exchange that money is given back for',
      { line_items: [line('1', 100)], returns: [returned(300)], refunds: refund },
    ],
    ['a return of nothing worth', { returns: [returned(0)] }],
  ])('adds up to what its facts tell: %s', (_what, part) => {
    const order = { ...ORDER, ...part };
    const [day] = registerDaysOf([dayReceipt(order, new Map())], {
      location: 'HIGH-STREET',
      businessDay: '2026-07-01',
      currency: 'GBP',
      drawers: new Map(),
      isClosed: () => true,
    });
    expect(day).toMatchObject({ ...factsOf(order), receipts: ['1001'], register: null });
  });

  test('stands under the device of whichever of its payments has one', () => {
    const order = { ...ORDER, line_items: [line('1', 500)], tenders: paid(500) };
    expect(dayReceipt(order, new Map([['P', 'till-2']])).register).toBe('till-2');
    expect(dayReceipt(order, new Map([['X', 'till-2']])).register).toBeNull();
  });
});
