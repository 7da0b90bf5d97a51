import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  closed,
  Code,
  Disposition,
  Id,
  Instant,
  Money,
  oneOf,
  QuantityText,
  SafeInteger,
  Tender,
  Text,
} from './fields.ts';
import { RETURN_POSTING_EVENTS } from './return-postings.ts';

export const returnStatusChanged = defineEvent({
  context: 'returns',
  type: 'return-status-changed',
  version: 1,
  meaning: 'A return is now in this state. Published with every save; it is the change log of returns.',
  data: closed({
    return: Id,
    order: Type.Union([Id, Type.Null()]),
    customer: Type.Union([Id, Type.Null()]),
    location: Type.Union([Code, Type.Null()]),
    /** Where it was expected before it was received elsewhere, so that who watches that location hears of it. */
    formerLocation: Type.Optional(Code),
    status: Text,
    changedAt: Instant,
  }),
});

/** A step that belongs on the timeline of the order; `source` and `evidence` name the system that told it. */
export const returnStepTaken = defineEvent({
  context: 'returns',
  type: 'return-step-taken',
  version: 1,
  meaning: 'A return of an order went one step further.',
  data: closed({
    return: Id,
    order: Id,
    step: oneOf(
      'REQUESTED',
      'AUTHORIZED',
      'REJECTED',
      'RECEIVED',
      'INSPECTED',
      'DISPOSITIONED',
      'REFUNDED',
      'POSTED',
      'POSTING_FAILED',
      'GOODS_HELD',
      'GOODS_RELEASED',
    ),
    summary: Text,
    source: Text,
    evidence: Text,
    location: Type.Union([Code, Type.Null()]),
    lines: Type.Array(
      closed({ orderLine: Id, sku: Code, quantity: QuantityText, disposition: Type.Optional(Disposition) }),
    ),
    refund: Type.Optional(Money),
  }),
});

export const returnDisposed = defineEvent({
  context: 'returns',
  type: 'return-disposed',
  version: 1,
  meaning:
    'The ledger has moved returned goods to where their disposition says, after it took them back from where a former one had brought them.',
  data: closed({
    return: Id,
    /** Null for a blind return. */
    order: Type.Union([Id, Type.Null()]),
    /** Null: the customer keeps the goods, which never came. */
    location: Type.Union([Code, Type.Null()]),
    lines: Type.Array(
      closed({
        returnLine: Id,
        /** Null for what nobody is known to have bought. */
        orderLine: Type.Union([Id, Type.Null()]),
        sku: Code,
        quantity: QuantityText,
        disposition: Disposition,
        /** The disposition that no longer holds; absent: it is the first one. */
        revises: Type.Optional(Disposition),
      }),
      { maxItems: 500 },
    ),
  }),
});

/** What an amount is made of. `amountMinor` is goods, shipping and other charges, less fees, what is withheld and what is offset. */
const RefundParts = closed({
  /** The goods with their tax. */
  goodsMinor: SafeInteger,
  /** Carriage with its tax. */
  shippingMinor: SafeInteger,
  /** Other charges with their tax. */
  otherMinor: SafeInteger,
  /** Of these three, tax. */
  taxMinor: SafeInteger,
  /** Kept by the retailer, such as for restocking. */
  feesMinor: SafeInteger,
  /** Not given back because less than that was paid and is not refunded. */
  withheldMinor: SafeInteger,
  /** Not given back because the customer owed it. */
  offsetMinor: SafeInteger,
});

/** A refund is never edited: what changes is how far it got. */
export const returnRefundChanged = defineEvent({
  context: 'returns',
  type: 'return-refund-changed',
  version: 1,
  meaning: 'Money of a return is to be given back, was given back, could not be, or came back.',
  data: closed({
    return: Id,
    order: Type.Union([Id, Type.Null()]),
    refund: Id,
    status: oneOf('REQUESTED', 'SUBMITTED', 'SUCCEEDED', 'FAILED', 'REVERSED', 'CANCELLED'),
    amount: Money,
    /** Absent: another system decided about the amount. */
    parts: Type.Optional(RefundParts),
    /** As it was handed out over a counter. Absent: on the payments of the order. */
    tenders: Type.Optional(Type.Array(closed({ tender: Tender, amountMinor: SafeInteger }))),
    /** The store that handed it out, and its drawer or voucher. */
    counter: Type.Optional(closed({ location: Code, reference: Text })),
  }),
});

export const returnChargeChanged = defineEvent({
  context: 'returns',
  type: 'return-charge-changed',
  version: 1,
  meaning: 'A customer owes money that was given back and is not due after all, or owes it no more.',
  data: closed({
    return: Id,
    order: Type.Union([Id, Type.Null()]),
    charge: Id,
    /** OFFSET: a later refund was so much smaller. */
    status: oneOf('OPEN', 'OFFSET', 'SETTLED', 'WAIVED'),
    amount: Money,
    /** Of the amount, what later refunds were smaller by. */
    offsetMinor: SafeInteger,
    /** Why, in one sentence. */
    reason: Text,
  }),
});

export const RETURNS_EVENTS = [
  returnStatusChanged,
  returnStepTaken,
  returnDisposed,
  returnRefundChanged,
  returnChargeChanged,
  ...RETURN_POSTING_EVENTS,
] as const;

export type ReturnStatusChanged = DataOf<typeof returnStatusChanged>;
export type ReturnStepTaken = DataOf<typeof returnStepTaken>;
export type ReturnDisposed = DataOf<typeof returnDisposed>;
export type ReturnRefundChanged = DataOf<typeof returnRefundChanged>;
export type ReturnChargeChanged = DataOf<typeof returnChargeChanged>;
