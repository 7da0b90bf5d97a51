import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  BucketName,
  closed,
  Code,
  Id,
  Instant,
  MovementReason,
  oneOf,
  PositiveQuantityText,
  QuantityText,
  trackedUnits,
  UnitCode,
} from './fields.ts';

/* Facts about goods that are on their way, are to come or are held; a part of the facts of the inbox. */

/** `transfer` is the hub's id of it, or the document number of a system that moves goods unasked. */
const transferred = { transfer: Id, location: Code };
const TransferredLine = closed({
  lineId: Id,
  sku: Code,
  quantity: PositiveQuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
  /** Absent when the system knows the SKU only. */
  transferLine: Type.Optional(Id),
  ...trackedUnits,
});

export const transferShipped = defineEvent({
  context: 'inbox',
  type: 'transfer-shipped',
  version: 1,
  meaning: 'Goods left this location for another one.',
  data: closed({
    ...transferred,
    to: Code,
    expectedAt: Type.Optional(Instant),
    /** Nothing more of the transfer will leave. */
    isFinal: Type.Optional(Type.Boolean()),
    lines: Type.Array(TransferredLine, { minItems: 1, maxItems: 5_000 }),
  }),
});

export const transferReceived = defineEvent({
  context: 'inbox',
  type: 'transfer-received',
  version: 1,
  meaning: 'Goods of a transfer arrived at this location, all or a part.',
  data: closed({
    ...transferred,
    from: Type.Optional(Code),
    lines: Type.Array(
      closed({
        ...TransferredLine.properties,
        /** Absent: SELLABLE. */
        bucket: Type.Optional(BucketName),
      }),
      { minItems: 1, maxItems: 5_000 },
    ),
  }),
});

export const transferLost = defineEvent({
  context: 'inbox',
  type: 'transfer-lost',
  version: 1,
  meaning: 'Goods of a transfer to this location are given up: they left and will not arrive.',
  data: closed({ ...transferred, lines: Type.Array(TransferredLine, { minItems: 1, maxItems: 5_000 }) }),
});

/** `document` is what receipts refer to: a purchase order, or the notice of a supplier. */
const supplied = { document: Id, location: Code };
const SupplyLine = closed({
  lineId: Id,
  /** The name of the line within the document; what is said of it later replaces this. */
  documentLine: Id,
  sku: Code,
  /** All of the line, what was received already included. */
  quantity: QuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
  expectedAt: Type.Optional(Instant),
});
const supplyLines = Type.Array(SupplyLine, { minItems: 1, maxItems: 5_000 });

export const supplyAnnounced = defineEvent({
  context: 'inbox',
  type: 'supply-announced',
  version: 1,
  meaning: 'A purchase order was placed, or a supplier announced a delivery.',
  data: closed({ ...supplied, lines: supplyLines }),
});

export const supplyChanged = defineEvent({
  context: 'inbox',
  type: 'supply-changed',
  version: 1,
  meaning: 'These lines of an order or announcement are now for this quantity and date.',
  data: closed({ ...supplied, lines: supplyLines }),
});

export const supplyCancelled = defineEvent({
  context: 'inbox',
  type: 'supply-cancelled',
  version: 1,
  meaning: 'What is still to come of these lines of an order or announcement will not come.',
  data: closed({
    ...supplied,
    lines: Type.Array(closed({ lineId: Id, documentLine: Id, sku: Code }), { minItems: 1, maxItems: 5_000 }),
  }),
});

const HandledLine = {
  lineId: Id,
  sku: Code,
  quantity: PositiveQuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
  from: BucketName,
  reason: MovementReason,
  ...trackedUnits,
};

export const conditionChanged = defineEvent({
  context: 'inbox',
  type: 'condition-changed',
  version: 1,
  meaning: 'Goods stay at the location and are fit for something else now: checked, damaged, recalled, found again.',
  data: closed({
    location: Code,
    lines: Type.Array(closed({ ...HandledLine, to: BucketName }), { minItems: 1, maxItems: 5_000 }),
  }),
});

export const stockDisposed = defineEvent({
  context: 'inbox',
  type: 'stock-disposed',
  version: 1,
  meaning:
    'It was settled what becomes of goods that were held: back on the shelf, set apart, back to the supplier, or gone.',
  data: closed({
    location: Code,
    lines: Type.Array(
      closed({
        ...HandledLine,
        from: oneOf('RETURN_PENDING', 'QC_HOLD', 'SUSPECT', 'DAMAGED', 'QUARANTINE'),
        to: oneOf('SELLABLE', 'DAMAGED', 'QUARANTINE', 'SUPPLIER', 'SHRINK'),
      }),
      { minItems: 1, maxItems: 5_000 },
    ),
  }),
});

export const SUPPLY_EVENTS = [
  transferShipped,
  transferReceived,
  transferLost,
  supplyAnnounced,
  supplyChanged,
  supplyCancelled,
  conditionChanged,
  stockDisposed,
] as const;

export type TransferShipped = DataOf<typeof transferShipped>;
export type TransferReceived = DataOf<typeof transferReceived>;
export type TransferLost = DataOf<typeof transferLost>;
export type ConditionChanged = DataOf<typeof conditionChanged>;
export type StockDisposed = DataOf<typeof stockDisposed>;
export type SupplyAnnounced = DataOf<typeof supplyAnnounced>;
export type SupplyChanged = DataOf<typeof supplyChanged>;
export type SupplyCancelled = DataOf<typeof supplyCancelled>;
