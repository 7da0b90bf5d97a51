import { countsOf, shippedOf, totalOf, type MarketItem, type MarketOrder } from './market-order.ts';

const iso = (ms: number): string => new Date(ms).toISOString();

export const moneyObject = (minor: number, currency: string): Readonly<Record<string, unknown>> => ({
  CurrencyCode: currency,
  Amount: `${Math.trunc(minor / 100)}.${String(minor % 100).padStart(2, '0')}`,
});

/** While the customer has not paid, neither what it costs nor where it goes is told. */
export function orderObject(order: MarketOrder): Readonly<Record<string, unknown>> {
  const { shipped, unshipped } = countsOf(order);
  const { city, postalCode, countryCode } = order.destination;
  const isTold = order.status !== 'Pending';
  return {
    AmazonOrderId: order.id,
    PurchaseDate: iso(order.purchasedAtMs),
    LastUpdateDate: iso(order.updatedAtMs),
    OrderStatus: order.status,
    FulfillmentChannel: 'MFN',
    SalesChannel: 'Amazon.co.uk',
    ShipServiceLevel: 'Std UK Dom',
    ...(isTold && { OrderTotal: moneyObject(totalOf(order), order.currency) }),
    NumberOfItemsShipped: shipped,
    NumberOfItemsUnshipped: unshipped,
    PaymentMethod: 'Other',
    PaymentMethodDetails: ['Standard'],
    MarketplaceId: order.marketplaceId,
    ShipmentServiceLevelCategory: 'Standard',
    OrderType: 'StandardOrder',
    EarliestShipDate: iso(order.purchasedAtMs),
    LatestShipDate: iso(order.latestShipAtMs),
    IsBusinessOrder: false,
    IsPrime: false,
    IsPremiumOrder: false,
    IsGlobalExpressEnabled: false,
    IsReplacementOrder: false,
    IsSoldByAB: false,
    IsISPU: false,
    ...(isTold && { ShippingAddress: { City: city, PostalCode: postalCode, CountryCode: countryCode } }),
  };
}

export function itemObject(order: MarketOrder, item: MarketItem): Readonly<Record<string, unknown>> {
  const money = (minor: number) => moneyObject(minor, order.currency);
  const isTold = order.status !== 'Pending' && item.quantity > 0;
  return {
    ASIN: item.asin,
    OrderItemId: item.id,
    SellerSKU: item.sku,
    Title: item.title,
    QuantityOrdered: item.quantity,
    QuantityShipped: shippedOf(order, item.id),
    ProductInfo: { NumberOfItems: '1' },
    ...(isTold && {
      ItemPrice: money(item.quantity * item.unitPriceMinor),
      ItemTax: money(0),
      PromotionDiscount: money(item.discountMinor),
      ...(item.promotion !== null && { PromotionIds: [item.promotion] }),
      ...(item.shippingMinor > 0 && { ShippingPrice: money(item.shippingMinor), ShippingTax: money(0) }),
    }),
    IsGift: 'false',
    ConditionId: 'New',
    ConditionSubtypeId: 'New',
    SerialNumberRequired: false,
    IsTransparency: false,
    ...(item.cancelAsked !== null && {
      BuyerRequestedCancel: { IsBuyerRequestedCancel: 'true', BuyerCancelReason: item.cancelAsked },
    }),
  };
}
