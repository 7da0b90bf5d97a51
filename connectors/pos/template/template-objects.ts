import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else an object carries is ignored. Vendors write numbers as text now and then. */

const Amount = Type.Union([Type.Integer(), Type.String({ pattern: '^-?[0-9]{1,15}$' })]);
const Quantity = Type.Union([Type.String(), Type.Number()]);
const Text = Type.String({ minLength: 1 });

export const TemplateReceipt = Type.Object({
  sequence: Type.Integer({ minimum: 1 }),
  number: Text,
  kind: Text,
  state: Text,
  store: Text,
  register: Type.Optional(Text),
  cashier: Type.Optional(Text),
  printed_at: Type.String({ format: 'date-time' }),
  currency: Text,
  lines: Type.Array(Type.Object({ id: Text, sku: Text, quantity: Quantity, unit_price: Amount })),
  total: Amount,
  paid: Type.Array(Type.Object({ tender: Text, amount: Amount })),
  /** On returns: the sale, when the till knew it, and the words of the cashier. */
  original: Type.Optional(Type.Object({ store: Text, number: Text })),
  reason: Type.Optional(Type.String()),
});

/** Enough of any receipt to know which it is, even when the rest does not fit. */
export const AnyReceipt = Type.Object({ sequence: Type.Integer({ minimum: 1 }), number: Text });

export const ReceiptPage = Type.Object({
  receipts: Type.Array(AnyReceipt),
  /** The sequence of the last one; what was asked for when there is none. */
  last: Type.Integer(),
  has_more: Type.Boolean(),
});

export const FoundReceipts = Type.Object({ receipts: Type.Array(TemplateReceipt) });

const Sum = Type.Object({ count: Type.Integer(), total: Amount });

export const DayAnswer = Type.Object({
  currency: Text,
  registers: Type.Array(
    Type.Object({ register: Text, sales: Sum, returns: Sum, receipts: Type.Array(Text), is_closed: Type.Boolean() }),
  ),
});

export type TemplateReceipt = Static<typeof TemplateReceipt>;
/** A receipt as it came; only its number is known to fit. */
export type RawReceipt = Static<typeof AnyReceipt>;
export type TemplateDay = Static<typeof DayAnswer>;
