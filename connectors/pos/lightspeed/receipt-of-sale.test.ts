import { describe, expect, test } from '@jest/globals';
import type { PosMapping } from '../pos-mapping.ts';
import { tillMessage } from '../till-receipt.ts';
import type { SaleRow } from './lightspeed-objects.ts';
import { receiptOfSale } from './receipt-of-sale.ts';

const mapping: PosMapping = {
  locations: { 'outlet-1': 'STORE-1' },
  tenders: { Card: 'CARD' },
  states: { CLOSED: 'FINAL' },
  returnReasons: {},
  otherReturnReason: 'OTHER',
};
const around = {
  mapping,
  skus: new Map([
    ['product-1', 'A-1'],
    ['product-2', 'B-2'],
  ]),
  original: undefined,
};

const saleOf = (change: Partial<SaleRow>): SaleRow => ({
  id: 'sale-1',
  version: 1,
  outlet_id: 'outlet-1',
  invoice_number: '1001',
  status: 'CLOSED',
  currency: 'GBP',
  sale_date: '2026-01-05T09:00:00Z',
  line_items: [],
  payments: [],
  ...change,
});
const line = (id: string, product: string, quantity: string, unit: string, total: string) => ({
  id,
  product_id: product,
  quantity,
  unit_price: unit,
  total_price_incl: total,
});

describe('an exchange', () => {
  const exchange = saleOf({
    line_items: [
      line('1', 'product-1', '1.00000', '30.00000', '30.00000'),
      line('2', 'product-2', '-1.00000', '20.00000', '-20.00000'),
    ],
    payments: [{ name: 'Card', amount: '10.00000' }],
  });

  test('tells its sale and its return together, each settled in full', () => {
    expect(tillMessage('sale:1', receiptOfSale(exchange, around))).toMatchObject({
      eventId: 'sale:1',
      facts: [
        {
          part: 'sale',
          definition: { type: 'store-sale-recorded' },
          data: { lines: [{ sku: 'A-1' }], tenders: [{ tender: 'CARD', amountMinor: 3_000 }] },
        },
        {
          part: 'return-1',
          definition: { type: 'return-recorded' },
          data: { lines: [{ sku: 'B-2', quantity: '1' }], refunds: [{ tender: 'CARD', amountMinor: 2_000 }] },
        },
      ],
    });
  });

  test('is settled in store credit when no money moved', () => {
    const even = tillMessage('sale:1', receiptOfSale({ ...exchange, payments: [] }, around));
    expect(even).toMatchObject({ facts: [{ data: { tenders: [{ tender: 'STORE_CREDIT' }] } }, {}] });
  });
});

test('what lines do not add up to is told as a charge', () => {
  const sale = saleOf({
    line_items: [line('1', 'product-1', '3', '3.33', '10.00')],
    payments: [{ name: 'Card', amount: '10.00' }],
  });
  expect(tillMessage('sale:1', receiptOfSale(sale, around))).toMatchObject({
    data: { charges: [{ kind: 'OTHER', amountMinor: 1 }], tenders: [{ amountMinor: 1_000 }] },
  });
});

test('a sale without lines tells nothing', () => {
  expect(tillMessage('sale:1', receiptOfSale(saleOf({}), around))).toEqual({ eventId: 'sale:1', facts: [] });
});
