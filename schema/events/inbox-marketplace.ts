import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  ChargeKind,
  closed,
  Code,
  CurrencyCode,
  Destination,
  Id,
  Instant,
  oneOf,
  PositiveQuantityText,
  SafeInteger,
  Text,
  UnitCode,
} from './fields.ts';

/* Facts about orders that marketplaces took, as they tell them; a part of the facts of the inbox. */

/** How a marketplace knows an order: the hub's channel that it sells through, and its own number. */
const order = { channel: Code, externalId: Id };

const Tax = closed({
  jurisdiction: Text,
  ratePercent: Type.String({ pattern: '^[0-9]{1,4}(\\.[0-9]{1,6})?$' }),
  amountMinor: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
});

/** Of an order that is not paid for, no more is told. */
const pieces = {
  /** The marketplace's own id of the line. */
  lineId: Id,
  sku: Code,
  quantity: PositiveQuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
};

const MarketplaceLine = closed({
  ...pieces,
  /** For one base unit. */
  unitPriceMinor: SafeInteger,
  discounts: Type.Optional(
    Type.Array(
      closed({
        promotion: Type.Optional(Text),
        description: Text,
        amountMinor: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
      }),
      { maxItems: 20 },
    ),
  ),
  taxes: Type.Optional(Type.Array(Tax, { maxItems: 20 })),
  /** The location where the customer collects it; absent: it is sent. */
  pickupAt: Type.Optional(Code),
});

export const marketplaceOrderPending = defineEvent({
  context: 'inbox',
  type: 'marketplace-order-pending',
  version: 1,
  meaning:
    'A customer of a marketplace has ordered goods and not paid yet: they are to be kept, and not to be sent before marketplace-order-received.',
  data: closed({ ...order, lines: Type.Array(closed(pieces), { minItems: 1, maxItems: 500 }) }),
});

export const marketplaceOrderReceived = defineEvent({
  context: 'inbox',
  type: 'marketplace-order-received',
  version: 1,
  meaning: 'A marketplace sold goods in the name of the retailer, who has to send them. It takes the money by itself.',
  data: closed({
    ...order,
    currency: CurrencyCode,
    customer: Type.Optional(Id),
    /** Until when the marketplace wants to hear that the order is taken on; absent: it does not. */
    acknowledgeBy: Type.Optional(Instant),
    /** Until when it has to leave; absent: the marketplace does not say. */
    shipBy: Type.Optional(Instant),
    destination: Type.Optional(Destination),
    /** Absent: they do. */
    pricesIncludeTax: Type.Optional(Type.Boolean()),
    lines: Type.Array(MarketplaceLine, { minItems: 1, maxItems: 500 }),
    charges: Type.Array(
      closed({
        kind: ChargeKind,
        description: Text,
        /** Negative for a discount. */
        amountMinor: SafeInteger,
        taxes: Type.Optional(Type.Array(Tax, { maxItems: 20 })),
      }),
      { maxItems: 50 },
    ),
  }),
});

export const marketplaceCancellationTold = defineEvent({
  context: 'inbox',
  type: 'marketplace-cancellation-told',
  version: 1,
  meaning: 'A marketplace asks to call an order off, or has done so.',
  data: closed({
    ...order,
    /** CANCELLED: it is called off there already. REQUESTED: it goes on there until the hub says so. */
    kind: oneOf('REQUESTED', 'CANCELLED'),
    /** The marketplace's ids of the lines that it is about; absent: the whole order. */
    lines: Type.Optional(Type.Array(Id, { minItems: 1, maxItems: 500 })),
    /** In the words of the marketplace. */
    reason: Text,
  }),
});

export const marketplaceAnswerTold = defineEvent({
  context: 'inbox',
  type: 'marketplace-answer-told',
  version: 1,
  meaning: 'A marketplace has taken in what it was told of an order, or will not.',
  data: closed({
    ...order,
    /** The hub's command. */
    command: Id,
    outcome: oneOf('SUCCEEDED', 'FAILED'),
    /** In the words of the marketplace. */
    reason: Type.Optional(Text),
  }),
});

export const MARKETPLACE_EVENTS = [
  marketplaceOrderPending,
  marketplaceOrderReceived,
  marketplaceCancellationTold,
  marketplaceAnswerTold,
] as const;

export type MarketplaceOrderPending = DataOf<typeof marketplaceOrderPending>;
export type MarketplaceOrderReceived = DataOf<typeof marketplaceOrderReceived>;
export type MarketplaceLine = Static<typeof MarketplaceLine>;
export type MarketplaceCancellationTold = DataOf<typeof marketplaceCancellationTold>;
export type MarketplaceAnswerTold = DataOf<typeof marketplaceAnswerTold>;
