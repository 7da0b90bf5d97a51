import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else an object carries is ignored. Webhooks write decimals as text. */

const Decimal = Type.Union([Type.String(), Type.Number()]);
const NullableText = Type.Union([Type.String(), Type.Null()]);

export const SaleRow = Type.Object({
  id: Type.String({ minLength: 1 }),
  version: Type.Integer({ minimum: 1 }),
  outlet_id: Type.String(),
  register_id: Type.Optional(NullableText),
  user_id: Type.Optional(NullableText),
  invoice_number: Type.String({ minLength: 1 }),
  status: Type.String(),
  note: Type.Optional(NullableText),
  return_for: Type.Optional(NullableText),
  currency: Type.String(),
  sale_date: Type.String({ format: 'date-time' }),
  line_items: Type.Array(
    Type.Object({
      id: Type.String({ minLength: 1 }),
      product_id: Type.String(),
      quantity: Decimal,
      unit_price: Decimal,
      total_price_incl: Decimal,
    }),
  ),
  payments: Type.Array(Type.Object({ name: Type.String(), amount: Decimal })),
});

/** Enough of any sale to know which it is, even when the rest does not fit. */
export const AnySale = Type.Object({ id: Type.String({ minLength: 1 }), version: Type.Integer({ minimum: 1 }) });

export const ProductRow = Type.Object({
  id: Type.String({ minLength: 1 }),
  version: Type.Integer({ minimum: 1 }),
  sku: Type.String(),
});

const bounds = Type.Object({ max: Type.Union([Type.Integer(), Type.Null()]) });

export const SalePage = Type.Object({ data: Type.Array(AnySale), version: bounds });
export const ProductPage = Type.Object({ data: Type.Array(ProductRow), version: bounds });
export const SearchAnswer = Type.Object({ data: Type.Array(SaleRow) });
export const OutletPage = Type.Object({
  data: Type.Array(Type.Object({ id: Type.String(), time_zone: Type.String(), currency: Type.String() })),
  version: bounds,
});
export const RegisterPage = Type.Object({
  data: Type.Array(
    Type.Object({
      id: Type.String(),
      outlet_id: Type.String(),
      is_open: Type.Boolean(),
      register_open_time: Type.Optional(NullableText),
    }),
  ),
  version: bounds,
});
export const OneSale = Type.Object({ data: SaleRow });

export type SaleRow = Static<typeof SaleRow>;
export type RegisterRow = Static<typeof RegisterPage>['data'][number];
export type OutletRow = Static<typeof OutletPage>['data'][number];
export type ProductRow = Static<typeof ProductRow>;
/** A sale as it came; only its id and version are known to fit. */
export type RawSale = Static<typeof AnySale>;
