import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Id, Instant, Money, oneOf, Text } from './fields.ts';

/* Facts about money, as the systems tell them that hold it; a part of the facts of the inbox. */

/** How a system knows a payment: its own id of it, and what whoever made the payment calls it. */
const payment = { payment: Id, merchantReference: Id };

export const paymentRecorded = defineEvent({
  context: 'inbox',
  type: 'payment-recorded',
  version: 1,
  meaning: 'A payment system tells what became of a payment, or of something that was done with it.',
  data: closed({
    ...payment,
    kind: oneOf('AUTHORIZATION', 'CAPTURE', 'VOID', 'REFUND', 'CHARGEBACK'),
    /** EXPIRED: of an authorization that is no longer good. REVERSED: it had succeeded, and was undone. */
    outcome: oneOf('SUCCEEDED', 'PENDING', 'FAILED', 'EXPIRED', 'REVERSED'),
    /** The system's id of what was done; of an authorization that of the payment. */
    operation: Id,
    /** The hub's command that asked for it; absent when somebody else did. */
    command: Type.Optional(Id),
    amount: Money,
    /** Until when an authorization is good. */
    expiresAt: Type.Optional(Instant),
    /** In the words of the system. */
    reason: Type.Optional(Text),
  }),
});

export const fraudVerdictRecorded = defineEvent({
  context: 'inbox',
  type: 'fraud-verdict-recorded',
  version: 1,
  meaning: 'A payment system has judged how likely a payment is a fraud.',
  data: closed({ ...payment, verdict: oneOf('APPROVED', 'REVIEW', 'REJECTED'), reason: Type.Optional(Text) }),
});

export const PAYMENT_EVENTS = [paymentRecorded, fraudVerdictRecorded] as const;

export type PaymentRecorded = DataOf<typeof paymentRecorded>;
export type FraudVerdictRecorded = DataOf<typeof fraudVerdictRecorded>;
