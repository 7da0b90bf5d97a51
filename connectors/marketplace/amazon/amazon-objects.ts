import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else an answer carries is ignored. */

const Named = Type.String({ minLength: 1, maxLength: 200 });
const Instant = Type.String({ format: 'date-time' });
const Count = Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: '^[0-9]{1,9}$' })]);
const Money = Type.Object({
  CurrencyCode: Type.String({ pattern: '^[A-Z]{3}$' }),
  Amount: Type.Union([Type.String(), Type.Number()]),
});

export const AmazonOrder = Type.Object({
  AmazonOrderId: Named,
  PurchaseDate: Instant,
  LastUpdateDate: Instant,
  OrderStatus: Named,
  MarketplaceId: Type.Optional(Named),
  FulfillmentChannel: Type.Optional(Type.String()),
  OrderTotal: Type.Optional(Money),
  LatestShipDate: Type.Optional(Instant),
  PromiseResponseDueDate: Type.Optional(Instant),
  ShippingAddress: Type.Optional(
    Type.Object({ CountryCode: Type.Optional(Type.String()), PostalCode: Type.Optional(Type.String()) }),
  ),
});

export const AmazonItem = Type.Object({
  OrderItemId: Named,
  SellerSKU: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  QuantityOrdered: Count,
  ItemPrice: Type.Optional(Money),
  ItemTax: Type.Optional(Money),
  PromotionDiscount: Type.Optional(Money),
  PromotionDiscountTax: Type.Optional(Money),
  PromotionIds: Type.Optional(Type.Array(Type.String())),
  ShippingPrice: Type.Optional(Money),
  ShippingTax: Type.Optional(Money),
  ShippingDiscount: Type.Optional(Money),
  ShippingDiscountTax: Type.Optional(Money),
  BuyerInfo: Type.Optional(Type.Object({ GiftWrapPrice: Type.Optional(Money), GiftWrapTax: Type.Optional(Money) })),
  BuyerRequestedCancel: Type.Optional(
    Type.Object({
      IsBuyerRequestedCancel: Type.Optional(Type.Union([Type.String(), Type.Boolean()])),
      BuyerCancelReason: Type.Optional(Type.String()),
    }),
  ),
});

/** Each order is read by itself, so that one that is not as it should be keeps no other back. */
export const OrdersAnswer = Type.Object({
  payload: Type.Object({
    Orders: Type.Array(Type.Object({ AmazonOrderId: Named, LastUpdateDate: Instant })),
    NextToken: Type.Optional(Type.String()),
  }),
});
export const OrderAnswer = Type.Object({ payload: Type.Object({ AmazonOrderId: Named, LastUpdateDate: Instant }) });
export const ItemsAnswer = Type.Object({
  payload: Type.Object({ OrderItems: Type.Array(Type.Unknown()), NextToken: Type.Optional(Type.String()) }),
});

export const DocumentCreated = Type.Object({ feedDocumentId: Named, url: Type.String({ format: 'uri' }) });
export const FeedCreated = Type.Object({ feedId: Named });
export const FeedState = Type.Object({ processingStatus: Named, resultFeedDocumentId: Type.Optional(Named) });
export const DocumentFound = Type.Object({
  url: Type.String({ format: 'uri' }),
  compressionAlgorithm: Type.Optional(Type.Literal('GZIP')),
});

export const Submission = Type.Object({
  status: Named,
  issues: Type.Optional(Type.Array(Type.Object({ message: Type.String() }))),
});

export const Destinations = Type.Object({
  payload: Type.Optional(
    Type.Array(
      Type.Object({
        destinationId: Named,
        resource: Type.Object({
          eventBridge: Type.Optional(Type.Object({ accountId: Type.String(), region: Type.String() })),
        }),
      }),
    ),
  ),
});
export const DestinationCreated = Type.Object({ payload: Type.Object({ destinationId: Named }) });

/** An event of a bus, as a rule of it hands it on over HTTP. */
export const BusEvent = Type.Object({
  id: Named,
  detail: Type.Object({
    NotificationType: Type.String(),
    Payload: Type.Object({
      OrderChangeNotification: Type.Optional(Type.Object({ AmazonOrderId: Named })),
    }),
  }),
});

/** An order as it came, with the members by which it is found. */
export type RawAmazonOrder = Static<typeof OrderAnswer>['payload'];
export type AmazonOrder = Static<typeof AmazonOrder>;
export type AmazonItem = Static<typeof AmazonItem>;
export type AmazonMoney = Static<typeof Money>;
