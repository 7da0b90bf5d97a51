import { Type, type Static, type TSchema } from '@sinclair/typebox';

const CLOSED = { additionalProperties: false } as const;

/** An object that allows no members but these. */
export const closed = <Members extends Record<string, TSchema>>(members: Members) => Type.Object(members, CLOSED);

export const Code = Type.String({ minLength: 1, maxLength: 64 });
export const Id = Type.String({ minLength: 1, maxLength: 200 });
export const Text = Type.String({ maxLength: 2_000 });
/** A decimal string in base units; may be negative only where the field says so. */
export const QuantityText = Type.String({ pattern: '^-?[0-9]{1,15}(\\.[0-9]{1,9})?$' });
/** As QuantityText, more than zero. */
export const PositiveQuantityText = Type.String({ pattern: '^(?=.*[1-9])[0-9]{1,15}(\\.[0-9]{1,9})?$' });
/** A UN/CEFACT Rec 20 or 21 code such as EA, KGM, CS, or the item master's own word. */
export const UnitCode = Type.String({ minLength: 1, maxLength: 10 });
/** What a line may say of the units of a SKU that is tracked. The ledger takes in what the SKU is tracked by. */
export const trackedUnits = {
  /** Of a SKU that is tracked by lots; units of several lots are several lines. */
  lot: Type.Optional(Code),
  /** The day that the label of the lot says, such as a best-before date. */
  expiresOn: Type.Optional(Type.String({ format: 'date' })),
  /** Of a SKU that is tracked by serial numbers: one for each base unit. */
  serials: Type.Optional(Type.Array(Code, { maxItems: 500 })),
};
/** A kit consists of this; it has no stock of its own, and no kit is part of another. */
export const KitComponent = closed({ sku: Code, quantity: PositiveQuantityText });
/** One of `unit` is exactly `numerator / denominator` base units; a pack of twelve is 12 / 1. */
export const UnitConversion = closed({
  unit: UnitCode,
  numerator: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  denominator: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
});

export const Instant = Type.String({ format: 'date-time' });
export const CurrencyCode = Type.String({ pattern: '^[A-Z]{3}$' });
export const SafeInteger = Type.Integer({ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER });
export const Money = closed({ amountMinor: SafeInteger, currencyCode: CurrencyCode });

/** What one base unit is sold for, and when. */
export const DatedPrice = closed({
  amount: Money,
  effectiveFrom: Instant,
  /** It no longer applies from then on; absent: it applies until a later one does. */
  effectiveUntil: Type.Optional(Instant),
  /** A MARKDOWN takes the place of the regular price for as long as it applies. Absent: REGULAR. */
  kind: Type.Optional(oneOf('REGULAR', 'MARKDOWN')),
  /** The list of the item master that it stands on; absent: what everybody pays who has no list of their own. */
  priceList: Type.Optional(Code),
});

/** Values of an outside system, each with what it means; at most 10,000. */
export const MappingRows = Type.Record(Type.String({ minLength: 1, maxLength: 200 }), Type.String({ maxLength: 200 }), {
  maxProperties: 10_000,
});

export const Tender = oneOf('CARD', 'WALLET', 'GIFT_CARD', 'STORE_CREDIT', 'CASH', 'MARKETPLACE', 'INVOICE');
export const ChargeKind = oneOf('SHIPPING', 'DISCOUNT', 'FEE', 'OTHER');
/** Where an order goes, as far as it decides who serves it; no address. */
export const Destination = closed({
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
  postalCode: Type.Optional(Type.String({ minLength: 1, maxLength: 20 })),
});

export const TenderAmount = closed({ tender: Tender, amountMinor: SafeInteger });
export const Charge = closed({ kind: ChargeKind, description: Text, amountMinor: SafeInteger });
export const LineState = oneOf(
  'CAPTURED',
  'RESERVED',
  'BACKORDERED',
  'ALLOCATED',
  'RELEASED',
  'CANCEL_REQUESTED',
  'PICKED',
  'PACKED',
  'READY_FOR_PICKUP',
  'SHIPPED',
  'DELIVERED',
  'LOST',
  'RETURNED',
  'SUBSTITUTED',
  'CANCELLED',
  'REJECTED',
  'CLOSED',
);
export const ReturnReason = oneOf(
  'SIZE_SMALL',
  'SIZE_LARGE',
  'COLOUR',
  'STYLE',
  'DEFECTIVE',
  'DAMAGED_IN_TRANSIT',
  'WRONG_ITEM',
  'NOT_AS_DESCRIBED',
  'LATE',
  'UNWANTED',
  'DUPLICATE',
  'REFUSED',
  'OTHER',
);
export const Disposition = oneOf(
  'RESTOCK',
  'REFURBISH',
  'DAMAGED',
  'RETURN_TO_VENDOR',
  'LIQUIDATE',
  'DONATE',
  'DESTROY',
  'MISSING',
  'KEEP_IT',
);
export const BucketName = oneOf('SELLABLE', 'QC_HOLD', 'RETURN_PENDING', 'DAMAGED', 'QUARANTINE', 'SUSPECT');
export const MovementReason = oneOf(
  'SALE',
  'RETURN',
  'RECEIPT',
  'TRANSFER',
  'SHIP',
  'CYCLE_COUNT',
  'FULL_COUNT',
  'DAMAGE',
  'THEFT',
  'LOST',
  'FOUND',
  'SAMPLE',
  'PROMOTION',
  'DONATION',
  'EXPIRED',
  'RECALL',
  'MISSHIP_OUT',
  'MISSHIP_IN',
  'SHORT_PICK',
  'QC_FAIL',
  'QC_PASS',
  'UOM_CORRECTION',
  'SYSTEM_RECONCILE',
  'MIGRATION',
);
export const ExceptionClass = oneOf(
  'OVERSOLD',
  'NEGATIVE_STOCK',
  'NETWORK_SHORTAGE',
  'COUNT_VARIANCE',
  'BALANCE_VARIANCE',
  'FOREIGN_WRITE',
  'UNKNOWN_CODE',
  'SEQUENCE_GAP',
  'DUPLICATE_CONFLICT',
  'TRACKING_MISMATCH',
  'MASTER_DATA_REFUSED',
  'UNMAPPED_VALUE',
  'UNREADABLE_MESSAGE',
  'SCHEMA_DRIFT',
  'COMMAND_GIVEN_UP',
  'SYSTEM_STALLED',
  'SOURCING_GIVEN_UP',
  'WORK_IDLE',
  'ACKNOWLEDGEMENT_DUE',
  'MARKETPLACE_REFUSED',
  'MARKETPLACE_ORDER_UNCLAIMED',
  'RELEASE_DUE',
  'SHIPMENT_DUE',
  'PROMISE_DUE',
  'STATUS_REGRESSION',
  'PAYMENT_MISMATCH',
  'CHARGEBACK',
  'HOLD_BREACHED',
  'COMMAND_REFUSED',
  'TRACKING_REFUSED',
  'REFUND_FAILED',
  'CLAIM_LOST',
  'FACT_REFUSED',
  'ORDER_STUCK',
  'LABEL_REFUSED',
  'PICKUP_EXPIRING',
  'CAPACITY_LOST',
  'SALES_VARIANCE',
  'POSTING_FAILED',
  'EVENT_GIVEN_UP',
  'EVENTS_STALLED',
);
export const ExceptionSeverity = oneOf('LOW', 'MEDIUM', 'HIGH');
export const OwnershipDomain = oneOf(
  'STOCK',
  'ITEM',
  'LOCATION',
  'PRICE',
  'SALE',
  'ORDER',
  'RETURN',
  'SUPPLY',
  'TASK',
  'CART',
  'VALUATION',
  'ORCHESTRATION',
);
/** RECORD: of every domain but stock, the record as a whole. */
export const OwnedQuantity = oneOf('COUNT', 'ADJUSTMENT', 'RECEIPT', 'RECORD');

export type Tender = Static<typeof Tender>;
export type ChargeKind = Static<typeof ChargeKind>;
export type LineState = Static<typeof LineState>;
export type ReturnReason = Static<typeof ReturnReason>;
export type Disposition = Static<typeof Disposition>;
export type KitComponent = Static<typeof KitComponent>;
export type UnitConversion = Static<typeof UnitConversion>;
export type BucketName = Static<typeof BucketName>;
export type MovementReason = Static<typeof MovementReason>;
export type ExceptionClass = Static<typeof ExceptionClass>;
export type DatedPrice = Static<typeof DatedPrice>;
export type ExceptionSeverity = Static<typeof ExceptionSeverity>;
export type OwnershipDomain = Static<typeof OwnershipDomain>;
export type OwnedQuantity = Static<typeof OwnedQuantity>;

/** One of a closed set of words. */
export function oneOf<const Words extends readonly string[]>(...words: Words) {
  return Type.Unsafe<Words[number]>({ type: 'string', enum: [...words] });
}
