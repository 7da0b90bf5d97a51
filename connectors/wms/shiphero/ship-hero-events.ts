import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else a message carries is ignored. */

const Decimal = Type.Union([Type.String(), Type.Number()]);
const NullableText = Type.Union([Type.String(), Type.Null()]);

/** One message, the same in webhooks and in the event list. */
export const WarehouseEvent = Type.Object({
  message_id: Type.String({ minLength: 1 }),
  webhook_type: Type.String(),
  account_id: Type.Optional(Type.String()),
  warehouse: Type.String(),
  /** One more than that of the message before, of whatever type, of the same account and warehouse. */
  sequence: Type.Integer({ minimum: 1 }),
  occurred_at: Type.String({ format: 'date-time' }),
  data: Type.Unknown(),
});

export const EventPage = Type.Object({
  /** Each is read by itself, so that one that is not as it should be keeps no other back. */
  data: Type.Array(Type.Unknown()),
  next_after: Type.Integer({ minimum: 0 }),
  has_more: Type.Boolean(),
});

const OrderLine = Type.Object({
  line_id: Type.String(),
  partner_line_id: Type.String(),
  sku: Type.String(),
  quantity: Decimal,
  quantity_short: Type.Optional(Decimal),
});

export const OrderWork = Type.Object({
  partner_order_id: Type.String({ minLength: 1 }),
  reason: Type.Optional(NullableText),
  lines: Type.Array(OrderLine),
});

export const ShipmentUpdate = Type.Object({
  partner_order_id: Type.String({ minLength: 1 }),
  status: Type.String(),
  shipment_id: Type.String({ minLength: 1 }),
  carrier: Type.Optional(NullableText),
  tracking_number: Type.Optional(NullableText),
  lines: Type.Array(OrderLine),
});

export const Receipt = Type.Object({
  reference: Type.String({ minLength: 1 }),
  lines: Type.Array(Type.Object({ sku: Type.String(), quantity: Decimal, status: Type.String() })),
});

export const Adjustment = Type.Object({
  reason: Type.String(),
  partner_reference: NullableText,
  lines: Type.Array(
    Type.Object({ sku: Type.String(), quantity: Decimal, from_status: NullableText, to_status: NullableText }),
  ),
});

export const Count = Type.Object({
  lines: Type.Array(Type.Object({ sku: Type.String(), quantity: Decimal, status: Type.String() })),
});

export const ReceivedReturn = Type.Object({
  rma: NullableText,
  lines: Type.Array(Type.Object({ sku: Type.String(), quantity: Decimal })),
});

const StockRow = Type.Object({
  sku: Type.String(),
  warehouse: Type.String(),
  bins: Type.Array(Type.Object({ bin: Type.String(), status: Type.String(), quantity: Decimal })),
});

export const StockPage = Type.Object({
  data: Type.Array(StockRow),
  next_after: NullableText,
  as_of: Type.String({ format: 'date-time' }),
});

export const StockAnswer = Type.Object({
  as_of: Type.String({ format: 'date-time' }),
  data: Type.Array(StockRow),
  errors: Type.Array(Type.Object({ sku: Type.String(), code: Type.String() })),
});

export type WarehouseEvent = Static<typeof WarehouseEvent>;
export type StockRow = Static<typeof StockRow>;
export type OrderLine = Static<typeof OrderLine>;
export type StockAnswer = Static<typeof StockAnswer>;
