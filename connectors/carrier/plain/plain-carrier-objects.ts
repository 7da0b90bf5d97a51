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

/** What an event is about. */
export const CarrierEventData = Type.Object({ tracker: CarrierTracker });

export type CarrierAmount = Static<typeof Amount>;
