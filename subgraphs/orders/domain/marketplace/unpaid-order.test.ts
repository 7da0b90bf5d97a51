import { describe, expect, test } from '@jest/globals';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { InventoryModel } from '../../testing/inventory-model.ts';
import { apply, settleAll, statesOf, told } from '../../testing/sample-order.ts';
import { totalsOf } from '../money/totals.ts';
import type { CommandOf } from '../order-command.ts';
import type { Order } from '../order.ts';
import { transition } from '../transition.ts';
import { acceptUnpaidOrder } from './accept-unpaid-order.ts';
import { awaitsClaim } from './record-marketplace-sale.ts';

function unpaid(): Order {
  const order = acceptUnpaidOrder({
    id: 'order-1',
    system: 'market-north',
    channel: 'MARKET',
    externalId: 'M-1',
    contentHash: 'pending',
    currency: 'GBP',
    customer: null,
    lineIds: ['item-1', 'item-2'],
    lines: [
      { sku: 'MUG', decimals: 0, ordered: 3 },
      { sku: 'JUG', decimals: 0, ordered: 1 },
    ],
    told: told('ordered'),
  });
  if (isRefusal(order)) throw new Error(order.message);
  return order;
}

function shelf(): InventoryModel {
  const model = new InventoryModel(['DC']);
  for (const sku of ['MUG', 'JUG']) model.put(sku, 'DC', 9);
  return model;
}

const claimed = (): Order => settleAll(unpaid(), shelf());

type Sale = CommandOf<'RecordMarketplaceSale'>;

const sale = (change: Partial<Sale> = {}): Sale => ({
  type: 'RecordMarketplaceSale',
  contentHash: 'paid',
  currency: 'EUR',
  lines: [
    {
      lineId: 'item-2',
      sku: 'JUG',
      decimals: 0,
      ordered: 1,
      unitPriceMinor: 500,
      discounts: [],
      taxes: [{ jurisdiction: 'GB', ratePercent: '20', amountMinor: 83 }],
    },
    {
      lineId: 'item-1',
      sku: 'MUG',
      decimals: 0,
      ordered: 3,
      unitPriceMinor: 100,
      discounts: [{ promotion: null, description: 'Promotion', amountMinor: 31 }],
      taxes: [],
    },
  ],
  charges: [{ kind: 'SHIPPING', description: 'Shipping', amountMinor: 50 }],
  handOffs: {},
  capture: { at: 'SHIPMENT', overCapturePercent: 0, rulesVersion: 'marketplace' },
  acknowledgeByMs: 1_000,
  shipByMs: 2_000,
  destination: { country: 'GB', postalCode: 'N11AA', latitude: null, longitude: null },
  told: told('paid'),
  ...change,
});

const namesOf = ({ pending }: Order): readonly string[] => pending.map(({ name }) => name);

describe('an order that its customer has not paid the marketplace for', () => {
  test('claims its stock like any other, and is told to nobody', () => {
    expect(namesOf(unpaid())).toEqual(['reserve-stock']);
    const order = claimed();
    expect(statesOf(order, 1)).toEqual({ RESERVED: 3 });
    expect(order).toMatchObject({ status: 'HELD', payments: [], marketplace: { isUnpaid: true, words: [] } });
    expect(order.holds).toMatchObject([{ type: 'MARKETPLACE_PENDING', state: 'ACTIVE', blocks: ['ALLOCATE', 'RELEASE', 'SHIP', 'CAPTURE'] }]); // prettier-ignore
    expect(order.waitsSinceMs).toBeUndefined();
  });

  test('costs what the marketplace says once it is paid for, and goes on', () => {
    const order = apply(claimed(), sale());
    expect(order).toMatchObject({ status: 'PROCESSING', currency: 'EUR', contentHash: 'paid', acknowledgeByMs: 1_000 });
    expect(order.holds).toMatchObject([{ state: 'RESOLVED', ended: { authority: 'market-north' } }]);
    expect(totalsOf(order)).toMatchObject({ grandMinor: 300 - 31 + 500 + 50, taxMinor: 83 });
    expect(order.payments).toMatchObject([{ tender: 'MARKETPLACE', events: [{ type: 'AUTHORIZED', amountMinor: 819 }] }]); // prettier-ignore
    expect(order.marketplace).toMatchObject({ shipByMs: 2_000, words: [{ about: 'ACKNOWLEDGEMENT' }] });
    expect(order.marketplace).not.toHaveProperty('isUnpaid');
    expect(order.waitsSinceMs).toBeDefined();
    expect(apply(order, sale({ told: told('again') }))).toBe(order);
  });

  test('is told to the ERP and to the OMS of its channel once it is paid for, with what it costs', () => {
    expect(namesOf(claimed())).toEqual([]);
    const handOffs = {
      sale: { system: 'erp-main', state: 'NEW', invoices: [] },
      routing: { system: 'oms-main', state: 'NEW' },
    } as const;
    const order = apply(claimed(), sale({ handOffs }));
    expect(namesOf(order)).toEqual(['acknowledge-order', 'record-sales-order', 'route-order']);
    expect(order.pending[1]).toMatchObject({ system: 'erp-main', totalMinor: 819 });
  });

  test('loses what is no part of it any more when it is paid for, which the marketplace need not hear of', () => {
    const [jug, mug] = sale().lines;
    if (!jug || !mug) throw new Error('The sale has no lines.');
    const two = sale({ lines: [{ ...mug, ordered: 2 }] });
    expect(awaitsClaim(unpaid(), two.lines)).toBe(true);
    expect(awaitsClaim(claimed(), two.lines)).toBe(false);
    expect(awaitsClaim(unpaid(), sale().lines)).toBe(false);
    const order = apply(claimed(), two);
    expect([statesOf(order, 1), statesOf(order, 2)]).toEqual([{ RESERVED: 2, CANCELLED: 1 }, { CANCELLED: 1 }]);
    expect(totalsOf(order).grandMinor).toBe(200 - 31 + 50);
    expect(order.payments[0]?.events).toMatchObject([{ amountMinor: 219 }]);
    expect(namesOf(order)).not.toContain('tell-cancellation');
    expect(order.marketplace?.calledOff).toEqual([1, 1]);
  });

  test('is called off by the hub without a word, which the marketplace hears when it is paid', () => {
    const cancel = { type: 'CancelOrder', reason: 'OUT_OF_STOCK', wmsLocations: [], told: told('cancel') } as const;
    const off = apply(claimed(), cancel);
    expect(off.status).toBe('CANCELLED');
    expect(namesOf(off)).toEqual(['cancel-reservations']);
    const paid = apply(off, sale());
    expect(namesOf(paid)).toEqual(['cancel-reservations', 'tell-cancellation']);
    expect(paid.pending[1]).toMatchObject({ reason: 'OUT_OF_STOCK', lines: [{ quantity: 3 }, { quantity: 1 }] });
    expect(paid.status).toBe('CANCELLED');
  });

  test('gives its stock back when the marketplace calls it off', () => {
    const told_ = { kind: 'CANCELLED', reason: 'Payment failed', wmsLocations: [], told: told('off') } as const;
    const off = apply(claimed(), { type: 'RecordMarketplaceCancellation', ...told_ });
    expect(off.status).toBe('CANCELLED');
    expect(namesOf(off)).toEqual(['cancel-reservations']);
    expect(apply(off, sale()).marketplace?.words).toEqual([]);
  });

  test('is not what was sold before: more, or something else, is refused', () => {
    const [jug, mug] = sale().lines;
    if (!jug || !mug) throw new Error('The sale has no lines.');
    for (const line of [
      { ...mug, ordered: 4 },
      { ...mug, sku: 'JUG' },
      { ...mug, lineId: 'item-9' },
    ]) {
      expect(transition(claimed(), sale({ lines: [line] }))).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    }
  });

  test('cannot be let go by anybody but the marketplace; whoever denies it calls it off', () => {
    const order = claimed();
    const hold = order.holds?.[0]?.id ?? '';
    const by = { by: 'agent', authority: 'desk', reason: 'It will be paid.', wmsLocations: [], told: told('let go') };
    const resolve = { type: 'ResolveHold', hold, ...by } as const;
    expect(transition(order, { ...resolve, outcome: 'RESOLVED' })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { system: 'market-north' },
    });
    expect(apply(order, { ...resolve, outcome: 'REJECTED' }).status).toBe('CANCELLED');
  });
});
