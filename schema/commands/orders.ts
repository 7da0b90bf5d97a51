import { Type } from '@sinclair/typebox';
import { closed, Code, CurrencyCode, Id, Instant, Money, QuantityText, SafeInteger, Tender } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/** The sums over all lines are those of the order; each with its tax. */
const PaidParts = closed({
  /** At their price, less the line's part of all discounts. */
  goodsMinor: SafeInteger,
  shippingMinor: SafeInteger,
  otherMinor: SafeInteger,
  /** Of each of them, tax. */
  goodsTaxMinor: SafeInteger,
  shippingTaxMinor: SafeInteger,
  otherTaxMinor: SafeInteger,
});

const Sale = closed({
  order: Id,
  channel: Code,
  externalId: Id,
  customer: Type.Union([Id, Type.Null()]),
  currency: CurrencyCode,
  placedAt: Instant,
  lines: Type.Array(
    closed({
      orderLine: Id,
      sku: Code,
      location: Type.Union([Code, Type.Null()]),
      ordered: QuantityText,
      /** Handed over (or on the way) and not returned. */
      returnable: QuantityText,
      unitPriceMinor: SafeInteger,
      /** What the customer pays for the whole line, to the minor unit. Absent: the price of its units alone is known. */
      paid: Type.Optional(PaidParts),
    }),
  ),
  /** Captured and not refunded. */
  refundable: Money,
});

/** A question. */
export const describeSale = defineCommand({
  context: 'orders',
  name: 'describe-sale',
  version: 1,
  meaning: 'What of an order can still come back, and how much money. Named by its id or by its channel and number.',
  request: closed({
    order: Type.Optional(Id),
    channel: Type.Optional(Code),
    externalId: Type.Optional(Id),
  }),
  reply: closed({ sale: Type.Union([Sale, Type.Null()]) }),
});

/** A question. Finds the sale of a return that does not name it: same customer, all lines returnable, the newest first. */
export const matchSale = defineCommand({
  context: 'orders',
  name: 'match-sale',
  version: 1,
  meaning: 'The newest sale to this customer before an instant of which all these units can still come back.',
  request: closed({
    channel: Type.Optional(Code),
    customer: Id,
    before: Instant,
    lines: Type.Array(closed({ sku: Code, quantity: QuantityText }), { minItems: 1, maxItems: 500 }),
  }),
  reply: closed({ sale: Type.Union([Sale, Type.Null()]) }),
});

/** Refused with RETURN_EXCEEDS_SOLD. Marks the units RETURNED. */
export const registerReturn = defineCommand({
  context: 'orders',
  name: 'register-return',
  version: 1,
  meaning: 'Units of an order came back.',
  request: closed({
    commandId: Id,
    order: Id,
    return: Id,
    occurredAt: Instant,
    lines: Type.Array(closed({ orderLine: Id, quantity: QuantityText }), { minItems: 1, maxItems: 500 }),
  }),
  reply: closed({ changeCursor: Type.String() }),
});

/** Refused with REFUND_EXCEEDS_CAPTURED. The cap per payment and per order holds under concurrency. */
export const registerRefund = defineCommand({
  context: 'orders',
  name: 'register-refund',
  version: 1,
  meaning:
    'Give money back on the payments of an order: those of the named tenders first, then the newest payment first.',
  request: closed({
    commandId: Id,
    order: Id,
    return: Id,
    amount: Money,
    tenders: Type.Optional(Type.Array(closed({ tender: Tender, amountMinor: SafeInteger }), { maxItems: 20 })),
  }),
  reply: closed({
    changeCursor: Type.String(),
    /** How far it got; what becomes of it later is told as `refund-changed`. Absent: it is given back. */
    refund: Type.Optional(
      closed({
        pendingMinor: SafeInteger,
        succeededMinor: SafeInteger,
        failedMinor: SafeInteger,
        reversedMinor: SafeInteger,
      }),
    ),
  }),
});

/** Refused with LIMIT_EXCEEDED when the order is paid in too many parts. */
export const registerCharge = defineCommand({
  context: 'orders',
  name: 'register-charge',
  version: 1,
  meaning: 'A customer has paid what a return had them owe: it counts as captured, and may be given back again.',
  request: closed({ commandId: Id, order: Id, return: Id, amount: Money, tender: Tender }),
  reply: closed({ changeCursor: Type.String() }),
});

export const ORDERS_COMMANDS = [describeSale, matchSale, registerReturn, registerRefund, registerCharge] as const;

export type DescribeSale = RequestOf<typeof describeSale>;
export type DescribeSaleReply = ReplyOf<typeof describeSale>;
export type MatchSale = RequestOf<typeof matchSale>;
export type MatchSaleReply = ReplyOf<typeof matchSale>;
export type RegisterReturn = RequestOf<typeof registerReturn>;
export type RegisterReturnReply = ReplyOf<typeof registerReturn>;
export type RegisterRefund = RequestOf<typeof registerRefund>;
export type RegisterCharge = RequestOf<typeof registerCharge>;
export type RegisterChargeReply = ReplyOf<typeof registerCharge>;
export type RegisterRefundReply = ReplyOf<typeof registerRefund>;
