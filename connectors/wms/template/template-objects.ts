import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else an object carries is ignored. Vendors write numbers as text now and then. */

const Text = Type.String({ minLength: 1 });
const Quantity = Type.Union([Type.String(), Type.Number()]);

const Line = Type.Object({
  sku: Text,
  quantity: Quantity,
  /** Of work: the line of the order. */
  line_ref: Type.Optional(Text),
  /** Of adjustments. */
  reason: Type.Optional(Text),
});

export const TemplateEvent = Type.Object({
  /** Without gaps within a warehouse. */
  number: Type.Integer({ minimum: 1 }),
  type: Text,
  warehouse: Text,
  at: Type.String({ format: 'date-time' }),
  /** Of work: the order, and the parcel that it left with. */
  order_ref: Type.Optional(Text),
  parcel: Type.Optional(Text),
  lines: Type.Array(Line),
});

/** Enough of any event to know which it is, even when the rest does not fit. */
export const AnyEvent = Type.Object({ number: Type.Integer({ minimum: 1 }), warehouse: Text, type: Text });

export const EventPage = Type.Object({ events: Type.Array(AnyEvent), last: Type.Integer(), has_more: Type.Boolean() });

export const StockAnswer = Type.Object({
  stock: Type.Array(
    Type.Object({
      sku: Text,
      warehouse: Text,
      bins: Type.Array(Type.Object({ bin: Text, status: Text, quantity: Quantity })),
    }),
  ),
  /** SKUs that could not be read this time. */
  failed: Type.Array(Text),
});

export const CancelAnswer = Type.Object({ outcome: Text });

export type TemplateEvent = Static<typeof TemplateEvent>;
/** An event as it came; only its number is known to fit. */
export type RawEvent = Static<typeof AnyEvent>;
export type StockRow = Static<typeof StockAnswer>['stock'][number];
