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

/** What an event is about. */
export const PspEventData = Type.Object({ payment: PspPayment, operation: Type.Optional(PspOperation) });

export type PspPayment = Static<typeof PspPayment>;
export type PspEventData = Static<typeof PspEventData>;
export type PspAmount = Static<typeof Amount>;
