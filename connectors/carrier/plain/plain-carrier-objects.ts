import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else a message carries is ignored. */

const Amount = Type.Object({
  /** Minor units. */
  value: Type.Union([Type.Integer(), Type.String({ pattern: '^[0-9]{1,15}$' })]),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});
const Named = Type.String({ minLength: 1, maxLength: 200 });
const NullableName = Type.Union([Named, Type.Null()]);

const CarrierRate = Type.Object({
  service: Named,
  carrier: Named,
  amount: Amount,
  days: Type.Object({ min: Type.Integer({ minimum: 0 }), max: Type.Integer({ minimum: 0 }) }),
});

export const CarrierRateList = Type.Object({ data: Type.Array(CarrierRate) });

export const CarrierLabel = Type.Object({
  id: Named,
  carrier: Named,
  tracking_number: Named,
  amount: Amount,
  document: Type.Object({ url: Type.String() }),
});

export const CarrierTracker = Type.Object({
  id: Named,
  carrier: Named,
  tracking_number: Named,
  reference: NullableName,
  status: Type.String(),
  status_detail: Type.Union([Type.String(), Type.Null()]),
  /** A depot; some number theirs. */
  location: Type.Union([Type.String(), Type.Number(), Type.Null()]),
});

/** One event, the same in webhooks and in the event list. */
export const CarrierEvent = Type.Object({
  id: Named,
  /** One more than that of the event before. */
  sequence: Type.Integer({ minimum: 1 }),
  type: Type.String(),
  created_at: Type.String({ format: 'date-time' }),
  data: Type.Object({ tracker: Type.Optional(CarrierTracker) }),
});

export const CarrierEventPage = Type.Object({
  /** Each is read by itself, so that one that is not as it should be keeps no other back. */
  data: Type.Array(Type.Unknown()),
  next_after: Type.Integer({ minimum: 0 }),
  has_more: Type.Boolean(),
});

export type CarrierAmount = Static<typeof Amount>;
export type CarrierEvent = Static<typeof CarrierEvent>;
