import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else an object carries is ignored. */

export const Money = Type.Object({
  amount: Type.Union([Type.Integer(), Type.String({ pattern: '^-?[0-9]{1,15}$' })]),
  currency: Type.String(),
});
const Instant = Type.String({ format: 'date-time' });

const Line = Type.Object({
  uid: Type.String({ minLength: 1 }),
  quantity: Type.Union([Type.String(), Type.Number()]),
  catalog_object_id: Type.Optional(Type.String()),
  catalog_version: Type.Optional(Type.Union([Type.Integer(), Type.String()])),
  base_price_money: Money,
  total_discount_money: Type.Optional(Money),
  total_money: Money,
});

export const SquareOrder = Type.Object({
  id: Type.String({ minLength: 1 }),
  location_id: Type.String(),
  reference_id: Type.Optional(Type.String()),
  state: Type.String(),
  created_at: Instant,
  updated_at: Instant,
  closed_at: Type.Optional(Instant),
  total_money: Money,
  line_items: Type.Optional(Type.Array(Line)),
  tenders: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String(),
        type: Type.String(),
        amount_money: Money,
        payment_id: Type.Optional(Type.String()),
      }),
    ),
  ),
  returns: Type.Optional(
    Type.Array(
      Type.Object({
        source_order_id: Type.Optional(Type.String()),
        return_line_items: Type.Optional(Type.Array(Line)),
      }),
    ),
  ),
  refunds: Type.Optional(
    Type.Array(Type.Object({ id: Type.String(), tender_id: Type.String(), reason: Type.Optional(Type.String()) })),
  ),
});

/** Enough of any order to know which it is, even when the rest does not fit. */
const AnyOrder = Type.Object({ id: Type.String({ minLength: 1 }), updated_at: Instant });

export const OrdersAnswer = Type.Object({
  orders: Type.Optional(Type.Array(AnyOrder)),
  errors: Type.Optional(Type.Array(Type.Unknown())),
  cursor: Type.Optional(Type.String()),
});

export const CatalogAnswer = Type.Object({
  objects: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String(),
        version: Type.Union([Type.Integer(), Type.String()]),
        item_variation_data: Type.Optional(Type.Object({ sku: Type.Optional(Type.String()) })),
      }),
    ),
  ),
  errors: Type.Optional(Type.Array(Type.Unknown())),
});

export const RefundAnswer = Type.Object({ refund: Type.Object({ destination_type: Type.Optional(Type.String()) }) });

export const Notification = Type.Object({
  type: Type.String(),
  data: Type.Object({
    id: Type.String(),
    object: Type.Optional(
      Type.Object({ refund: Type.Optional(Type.Object({ order_id: Type.Optional(Type.String()) })) }),
    ),
  }),
});

export type SquareOrder = Static<typeof SquareOrder>;
export type SquareLine = Static<typeof Line>;
export type SquareMoney = Static<typeof Money>;
/** An order as it came; only its id and time are known to fit. */
export type RawOrder = Static<typeof AnyOrder>;
