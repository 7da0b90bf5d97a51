import { Type, type Static } from '@sinclair/typebox';

/* The members of documents of sales that the hub reads; what else a row carries is ignored. */

const Decimal = Type.Union([Type.String(), Type.Number()]);

const Line = Type.Object({
  lineType: Type.String(),
  description: Type.String(),
  quantity: Decimal,
  amountIncludingTax: Decimal,
});

export const DocumentRow = Type.Object({
  '@odata.etag': Type.String(),
  id: Type.String(),
  number: Type.String(),
  externalDocumentNumber: Type.String(),
  currencyCode: Type.String(),
  status: Type.String(),
  fullyInvoiced: Type.Optional(Type.Boolean()),
  salesInvoiceLines: Type.Optional(Type.Array(Line)),
  salesCreditMemoLines: Type.Optional(Type.Array(Line)),
});

export const DocumentPage = Type.Object({
  value: Type.Array(DocumentRow),
  '@odata.nextLink': Type.Optional(Type.String()),
});

export type DocumentPage = Static<typeof DocumentPage>;
export type DocumentRow = Static<typeof DocumentRow>;
