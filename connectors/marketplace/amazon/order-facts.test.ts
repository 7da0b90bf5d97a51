import { describe, expect, test } from '@jest/globals';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import { AmazonContract } from '../../simulators/marketplace-amazon/testing/amazon-contract.ts';
import { listAt } from '../../simulators/testing/call.ts';
import { AmazonItem, AmazonOrder } from './amazon-objects.ts';
import { receivedOrder } from './order-facts.ts';

const TERMS = {
  mapping: { marketplaces: { ATVPDKIKX0DER: 'MARKET-US', M1: 'MARKET' }, carriers: {} },
  acknowledgeWithinMs: 3_600_000,
};

const gbp = (Amount: string) => ({ CurrencyCode: 'GBP', Amount });

const order = (total: string): AmazonOrder => ({
  AmazonOrderId: '202-1-1',
  PurchaseDate: '2026-01-05T09:00:00Z',
  LastUpdateDate: '2026-01-05T09:00:00Z',
  OrderStatus: 'Unshipped',
  MarketplaceId: 'M1',
  OrderTotal: gbp(total),
});

const item = (change: Partial<AmazonItem> = {}): AmazonItem => ({
  OrderItemId: 'i1',
  SellerSKU: 'MUG',
  QuantityOrdered: 3,
  ItemPrice: gbp('10.00'),
  ...change,
});

describe('what a marketplace order costs', () => {
  test('a price that is no multiple of the pieces is that of a piece less what is too much', () => {
    const { lines } = receivedOrder(order('10.00'), [item()], TERMS);
    expect(lines[0]).toMatchObject({
      quantity: '3',
      unitPriceMinor: 334,
      discounts: [{ description: 'Rounding of the unit price', amountMinor: 2 }],
    });
  });

  test('the total tells whether taxes are a part of the prices', () => {
    const taxed = item({ ItemTax: gbp('2.00'), ShippingPrice: gbp('5.00'), ShippingTax: gbp('1.00') });
    const included = receivedOrder(order('15.00'), [taxed], TERMS);
    expect(included).not.toHaveProperty('pricesIncludeTax');
    expect(included.lines[0]?.taxes).toEqual([{ jurisdiction: 'M1', ratePercent: '20', amountMinor: 200 }]);
    expect(included.charges[0]?.taxes).toEqual([{ jurisdiction: 'M1', ratePercent: '20', amountMinor: 100 }]);
    expect(receivedOrder(order('18.00'), [taxed], TERMS)).toMatchObject({ pricesIncludeTax: false });
  });

  test('an order whose items do not add up to its total is not believed', () => {
    expect(() => receivedOrder(order('10.01'), [item()], TERMS)).toThrow(
      /come to 1000 and taxes of 0, the order to 1001/,
    );
  });

  test('what was called off before it was heard of is no part of it', () => {
    const gone = item({ OrderItemId: 'i2', QuantityOrdered: 0 });
    expect(receivedOrder(order('10.00'), [item(), gone], TERMS).lines.map(({ lineId }) => lineId)).toEqual(['i1']);
  });

  test('the earlier of two times is the one until which it is to be taken on', () => {
    const due = { ...order('10.00'), PromiseResponseDueDate: '2026-01-05T09:20:00Z' };
    expect(receivedOrder(due, [item()], TERMS).acknowledgeBy).toBe('2026-01-05T09:20:00.000Z');
    expect(receivedOrder(order('10.00'), [item()], TERMS).acknowledgeBy).toBe('2026-01-05T10:00:00.000Z');
  });
});

const whenPresent = AmazonContract.isPresent ? test : test.skip;

whenPresent('an order of the vendor’s own sandbox comes to its total to the minor unit', () => {
  const { examples = [] } = AmazonContract.open() ?? {};
  const answer = (path: string) => examples.find((each) => each.path === path && each.status === 200)?.response;
  const { payload } = answer('/orders/v0/orders/{orderId}') as { readonly payload: unknown };
  const [given] = listAt(answer('/orders/v0/orders/{orderId}/orderItems'), 'payload', 'OrderItems');
  const received = receivedOrder(parseAs(AmazonOrder, payload, 'order'), [parseAs(AmazonItem, given, 'item')], TERMS);
  expect(received).toMatchObject({
    channel: 'MARKET-US',
    externalId: '902-1845936-5435065',
    currency: 'USD',
    pricesIncludeTax: false,
    lines: [{ lineId: '05015851154158', quantity: '1', unitPriceMinor: 1_000, taxes: [{ amountMinor: 101 }] }],
  });
});
