import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else a message carries is ignored. */

const Amount = Type.Object({
  /** Minor units. */
  value: Type.Union([Type.Integer(), Type.String({ pattern: '^-?[0-9]{1,15}$' })]),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});
const NullableText = Type.Union([Type.String(), Type.Null()]);

export const PspPayment = Type.Object({
  id: Type.String({ minLength: 1 }),
  merchant_reference: Type.String({ minLength: 1 }),
  status: Type.Union(['authorised', 'pending', 'declined', 'expired'].map((word) => Type.Literal(word))),
  amount: Amount,
  captured: Amount,
  expires_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  risk: Type.Object({ verdict: Type.String() }),
  decline_code: NullableText,
});

export const PspOperation = Type.Object({
  id: Type.String({ minLength: 1 }),
  kind: Type.String(),
  reference: NullableText,
  amount: Amount,
  status: Type.String(),
  failure_code: NullableText,
});

export const PspPaymentList = Type.Object({ data: Type.Array(PspPayment) });

/** One event, the same in webhooks and in the event list. */
export const PspEvent = Type.Object({
  id: Type.String({ minLength: 1 }),
  /** One more than that of the event before. */
  sequence: Type.Integer({ minimum: 1 }),
  type: Type.String(),
  created_at: Type.String({ format: 'date-time' }),
  data: Type.Object({ payment: PspPayment, operation: Type.Optional(PspOperation) }),
});

export const PspEventPage = Type.Object({
  /** Each is read by itself, so that one that is not as it should be keeps no other back. */
  data: Type.Array(Type.Unknown()),
  next_after: Type.Integer({ minimum: 0 }),
  has_more: Type.Boolean(),
});

export type PspPayment = Static<typeof PspPayment>;
export type PspEvent = Static<typeof PspEvent>;
export type PspAmount = Static<typeof Amount>;
