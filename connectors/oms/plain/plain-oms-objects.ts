import { Type } from '@sinclair/typebox';

/* The members that the hub reads; what else a message carries is ignored. */

const Named = Type.String({ minLength: 1, maxLength: 200 });

export const OmsOrder = Type.Object({ id: Named });

export const OmsStop = Type.Object({ outcome: Type.Union([Type.Literal('stopped'), Type.Literal('too_late')]) });

export const OmsEventData = Type.Object({
  /** The hub's id of the order. */
  reference: Named,
  channel: Named,
  /** Null of units that are called off wherever they are. */
  node: Type.Union([Named, Type.Null()]),
  lines: Type.Array(
    Type.Object({ reference: Named, sku: Named, quantity: Type.Union([Type.Number(), Type.String()]) }),
    { minItems: 1, maxItems: 500 },
  ),
  reason: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  parcel: Type.Optional(
    Type.Union([
      Type.Object({
        id: Named,
        carrier: Type.Union([Named, Type.Null()]),
        tracking_number: Type.Union([Named, Type.Null()]),
      }),
      Type.Null(),
    ]),
  ),
});
