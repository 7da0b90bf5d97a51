import { Type, type Static } from '@sinclair/typebox';

/* The members that the hub reads; what else a row carries is ignored. */

const Decimal = Type.Union([Type.String(), Type.Number()]);
const row = {
  '@odata.etag': Type.String(),
  id: Type.String(),
  lastModifiedDateTime: Type.String({ format: 'date-time' }),
};

export const ItemRow = Type.Object({
  ...row,
  number: Type.String({ minLength: 1 }),
  displayName: Type.String(),
  productNumber: Type.String({ minLength: 1 }),
  productName: Type.String(),
  attributes: Type.Array(Type.Object({ name: Type.String(), value: Type.String() })),
  baseUnitOfMeasureCode: Type.String(),
  quantityStep: Decimal,
  /** Text of digits; a number where a gateway has retyped it. */
  gtin: Decimal,
  itemCategoryCode: Type.String(),
  itemTrackingCode: Type.Optional(Type.String()),
  unitPrice: Decimal,
  blocked: Type.Boolean(),
});

export const PriceRow = Type.Object({
  ...row,
  itemNumber: Type.String({ minLength: 1 }),
  priceListCode: Type.String(),
  currencyCode: Type.String(),
  unitPrice: Decimal,
  startingDate: Type.String({ format: 'date' }),
  /** The last day; empty or `0001-01-01` where nobody has named one. */
  endingDate: Type.Optional(Type.String()),
});

/** A unit of an item, the base unit included. */
export const ItemUnitRow = Type.Object({
  ...row,
  itemNumber: Type.String({ minLength: 1 }),
  code: Type.String({ minLength: 1 }),
  qtyPerUnitOfMeasure: Decimal,
});

/** A line of an assembly BOM. */
export const BomRow = Type.Object({
  ...row,
  parentItemNumber: Type.String({ minLength: 1 }),
  type: Type.String(),
  number: Type.String({ minLength: 1 }),
  unitOfMeasureCode: Type.String(),
  quantityPer: Decimal,
});

export const LocationRow = Type.Object({
  ...row,
  code: Type.String({ minLength: 1 }),
  displayName: Type.String(),
  locationType: Type.String(),
  timeZone: Type.String(),
});

/** Enough of any row to know which it is, even when the rest does not fit. */
export const AnyRow = Type.Object({
  ...row,
  number: Type.Optional(Type.String()),
  itemNumber: Type.Optional(Type.String()),
});

export const Page = Type.Object({ value: Type.Array(AnyRow), '@odata.nextLink': Type.Optional(Type.String()) });

export const BatchAnswer = Type.Object({
  responses: Type.Array(
    Type.Object({ id: Type.String(), status: Type.Integer(), body: Type.Optional(Type.Unknown()) }),
  ),
});

export const SubscriptionPage = Type.Object({
  value: Type.Array(
    Type.Object({
      '@odata.etag': Type.String(),
      subscriptionId: Type.String(),
      notificationUrl: Type.String(),
      resource: Type.String(),
      expirationDateTime: Type.String({ format: 'date-time' }),
    }),
  ),
});

export const Notifications = Type.Object({
  value: Type.Array(
    Type.Object({
      clientState: Type.Optional(Type.String()),
      resource: Type.String(),
      changeType: Type.String(),
      lastModifiedDateTime: Type.String(),
    }),
  ),
});

export type ItemRow = Static<typeof ItemRow>;
export type PriceRow = Static<typeof PriceRow>;
export type ItemUnitRow = Static<typeof ItemUnitRow>;
export type BomRow = Static<typeof BomRow>;
export type LocationRow = Static<typeof LocationRow>;
export type AnyRow = Static<typeof AnyRow>;
