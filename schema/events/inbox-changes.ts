import { Type, type Static } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, Id, oneOf, PositiveQuantityText, QuantityText, SafeInteger, Text, UnitCode } from './fields.ts';

/* Changes of orders that platforms tell, each in its own meaning; a part of the facts of the inbox. */

const Tax = closed({
  jurisdiction: Text,
  ratePercent: Type.String({ pattern: '^[0-9]{1,4}(\\.[0-9]{1,6})?$' }),
  amountMinor: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
});

const Taxes = Type.Optional(Type.Array(Tax, { maxItems: 20 }));

const Discounts = Type.Optional(
  Type.Array(
    closed({
      promotion: Type.Optional(Text),
      description: Text,
      amountMinor: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    }),
    { maxItems: 20 },
  ),
);

const goods = {
  sku: Code,
  unit: Type.Optional(UnitCode),
  unitPriceMinor: SafeInteger,
  discounts: Discounts,
  taxes: Taxes,
};

/** As it is to be, what was called off left out. */
const WantedLine = closed({ ...goods, quantity: PositiveQuantityText });

const Shipping = Type.Optional(
  closed({
    description: Text,
    amountMinor: Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }),
    taxes: Taxes,
  }),
);

const wanted = { lines: Type.Array(WantedLine, { minItems: 1, maxItems: 500 }), shipping: Shipping };

export const orderChangeTold = defineEvent({
  context: 'inbox',
  type: 'order-change-told',
  version: 1,
  meaning:
    'A platform has changed an order after it was placed: it tells it whole, in what differs, or under another number.',
  data: closed({
    channel: Code,
    /** The number of the order before the change. */
    externalId: Id,
    reason: Type.Optional(Text),
    /** Of whoever allows other prices on the platform. Absent: the platform does. */
    authority: Type.Optional(Text),
    change: Type.Union([
      closed({ meaning: oneOf('WHOLE_ORDER'), ...wanted }),
      closed({
        meaning: oneOf('LINE_DELTAS'),
        /** Less than zero: so much less. */
        lines: Type.Array(closed({ ...goods, quantity: QuantityText }), { minItems: 1, maxItems: 500 }),
      }),
      closed({
        meaning: oneOf('RECREATED'),
        /** The number under which the platform knows it from now on. */
        newExternalId: Id,
        ...wanted,
      }),
    ]),
  }),
});

export const CHANGE_EVENTS = [orderChangeTold] as const;

export type OrderChangeTold = DataOf<typeof orderChangeTold>;
export type WantedLine = Static<typeof WantedLine>;
