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

const Amount = Type.Union([Type.Number(), Type.String()]);
const Words = Type.Optional(Type.Union([Named, Type.Null()]));

const changed = {
  /** The hub's id of the order. */
  reference: Named,
  channel: Named,
  /** Its number before the change. */
  number: Named,
  /** ISO 4217 */
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  /** Who agreed to it. */
  agent: Words,
  reason: Words,
};

/** What differs, less than nothing for less. */
export const OmsAmendment = Type.Object({
  ...changed,
  changes: Type.Array(Type.Object({ sku: Named, quantity_change: Amount, unit_price: Amount }), {
    minItems: 1,
    maxItems: 500,
  }),
});

/** The order as it is to be, under another number. */
export const OmsReplacement = Type.Object({
  ...changed,
  new_number: Named,
  lines: Type.Array(Type.Object({ sku: Named, quantity: Amount, unit_price: Amount }), { minItems: 1, maxItems: 500 }),
  carriage: Type.Optional(Type.Union([Type.Object({ name: Named, amount: Amount }), Type.Null()])),
});
