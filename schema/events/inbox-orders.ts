import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  ChargeKind,
  closed,
  Code,
  CurrencyCode,
  Destination,
  Id,
  PositiveQuantityText,
  SafeInteger,
  Tender,
  Text,
  UnitCode,
} from './fields.ts';

/* Orders that a web shop, a call centre or a store took and tells of afterwards; a part of the facts of the inbox. */

export const ToldTaxes = Type.Optional(
  Type.Array(
    closed({
      jurisdiction: Text,
      ratePercent: Type.String({ pattern: '^[0-9]{1,4}(\\.[0-9]{1,6})?$' }),
      amountMinor: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    }),
    { maxItems: 20 },
  ),
);

export const ToldDiscounts = Type.Optional(
  Type.Array(
    closed({
      promotion: Type.Optional(Text),
      description: Text,
      amountMinor: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    }),
    { maxItems: 20 },
  ),
);

const ToldLine = closed({
  sku: Code,
  quantity: PositiveQuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
  /** For one base unit, before discounts. */
  unitPriceMinor: SafeInteger,
  discounts: ToldDiscounts,
  taxes: ToldTaxes,
  /** The location where the customer collects it; absent: it is sent. */
  pickupAt: Type.Optional(Code),
  /** Absent: as the rules of the channel say. */
  allowsSubstitute: Type.Optional(Type.Boolean()),
});

export const orderPlacedTold = defineEvent({
  context: 'inbox',
  type: 'order-placed-told',
  version: 1,
  meaning:
    'A channel of the retailer, such as a web shop or a call centre, has taken an order that is still to be served. It is placed as by placeOrder, and nobody waits for the answer.',
  data: closed({
    channel: Code,
    /** The number that the channel gave it; unique within the channel. */
    externalId: Id,
    /** That of the channel. */
    currency: CurrencyCode,
    customer: Type.Optional(Id),
    /** In which the customer is told of it, BCP 47. Absent: that of the channel. */
    language: Type.Optional(Type.String({ minLength: 2, maxLength: 35 })),
    destination: Type.Optional(Destination),
    /** Absent: they do. */
    pricesIncludeTax: Type.Optional(Type.Boolean()),
    lines: Type.Array(ToldLine, { minItems: 1, maxItems: 500 }),
    charges: Type.Array(
      closed({
        kind: ChargeKind,
        description: Text,
        /** Negative for a discount. */
        amountMinor: SafeInteger,
        promotion: Type.Optional(Text),
        taxes: ToldTaxes,
      }),
      { maxItems: 50 },
    ),
    /** Lines and charges to the minor unit. */
    tenders: Type.Array(
      closed({
        tender: Tender,
        amountMinor: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
        /** Who holds the money, and its id of what the channel had authorised. Absent: the channel takes it by itself. */
        provider: Type.Optional(closed({ system: Text, reference: Text })),
      }),
      { minItems: 1, maxItems: 10 },
    ),
  }),
});

export const ORDER_EVENTS = [orderPlacedTold] as const;

export type OrderPlacedTold = DataOf<typeof orderPlacedTold>;
export type ToldLine = Static<typeof ToldLine>;
