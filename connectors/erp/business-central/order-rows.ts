import { Type, type Static } from '@sinclair/typebox';

/* The members of orders that the hub reads; what else a row carries is ignored. */

const Decimal = Type.Union([Type.String(), Type.Number()]);

const OrderLineRow = Type.Object({
  id: Type.String(),
  sequence: Type.Integer(),
  lineType: Type.String(),
  description: Type.String(),
  description2: Type.Optional(Type.String()),
  quantity: Decimal,
  unitPrice: Decimal,
  shippedQuantity: Decimal,
  shipQuantity: Decimal,
  invoiceQuantity: Decimal,
});

export const OrderRow = Type.Object({
  '@odata.etag': Type.String(),
  id: Type.String(),
  number: Type.String(),
  postingDate: Type.String(),
  salesOrderLines: Type.Array(OrderLineRow),
});

export const OrderPage = Type.Object({ value: Type.Array(OrderRow) });

export const InvoicePage = Type.Object({
  value: Type.Array(
    Type.Object({
      number: Type.String(),
      salesInvoiceLines: Type.Array(Type.Object({ description: Type.String() })),
    }),
  ),
});

export type OrderRow = Static<typeof OrderRow>;
export type OrderLineRow = Static<typeof OrderLineRow>;
