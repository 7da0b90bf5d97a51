import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  Charge,
  closed,
  Code,
  CurrencyCode,
  DatedPrice,
  Id,
  KitComponent,
  MovementReason,
  oneOf,
  PositiveQuantityText,
  QuantityText,
  ReturnReason,
  SafeInteger,
  TenderAmount,
  Text,
  trackedUnits,
  UnitCode,
  UnitConversion,
} from './fields.ts';
import { CHANGE_EVENTS } from './inbox-changes.ts';
import { MARKETPLACE_EVENTS } from './inbox-marketplace.ts';
import { ORDER_EVENTS, ToldDiscounts, ToldTaxes } from './inbox-orders.ts';
import { PARCEL_EVENTS } from './inbox-parcels.ts';
import { PAYMENT_EVENTS } from './inbox-payments.ts';
import { PICKUP_EVENTS } from './inbox-pickups.ts';
import { ROUTING_EVENTS } from './inbox-routing.ts';
import { SUPPLY_EVENTS } from './inbox-supply.ts';
import { WORK_EVENTS } from './inbox-work.ts';

/*
 * Facts: what happened outside, in canonical words, after mapping. `lineId` is unique within the message, so
 * (source system, event id, line id) is the identity of each movement of stock.
 */

const SaleLine = closed({
  lineId: Id,
  sku: Code,
  quantity: PositiveQuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
  /** For one base unit, before discounts. */
  unitPriceMinor: SafeInteger,
  /** Of the whole line, as the taxes are. */
  discounts: ToldDiscounts,
  taxes: ToldTaxes,
  ...trackedUnits,
});

const Sale = {
  channel: Code,
  /** The receipt or order number; unique within the channel. */
  externalId: Id,
  /** Where the goods left. */
  location: Code,
  /** The register of a store, by the POS's own id. Absent: the POS is asked for it when that matters. */
  register: Type.Optional(Id),
  currency: CurrencyCode,
  customer: Type.Optional(Id),
  lines: Type.Array(SaleLine, { maxItems: 5_000 }),
  charges: Type.Array(Charge, { maxItems: 500 }),
  /** False: the taxes of the lines are added to their prices. Absent: the prices include them. */
  pricesIncludeTax: Type.Optional(Type.Boolean()),
  /** Captured in full. Lines and charges to the minor unit; empty: how it was paid is not told. */
  tenders: Type.Array(TenderAmount, { maxItems: 20 }),
};

export const itemRecorded = defineEvent({
  context: 'inbox',
  type: 'item-recorded',
  version: 1,
  meaning: 'The item master holds this about a SKU now.',
  data: closed({
    sku: Code,
    title: Text,
    product: closed({ id: Code, title: Text, description: Type.Optional(Text) }),
    baseUnit: Type.String({ minLength: 1, maxLength: 10 }),
    step: oneOf('1', '0.1', '0.01', '0.001', '0.0001'),
    tracking: oneOf('NONE', 'LOT', 'SERIAL'),
    categories: Type.Array(Text, { maxItems: 20 }),
    /** Present: the SKU is a kit of these. */
    components: Type.Optional(Type.Array(KitComponent, { minItems: 1, maxItems: 50 })),
    /** Other units, packages included, in which it is bought and moved. */
    conversions: Type.Optional(Type.Array(UnitConversion, { maxItems: 20 })),
    attributes: Type.Array(closed({ name: Text, value: Text }), { maxItems: 50 }),
    gtin: Type.Optional(Type.String({ pattern: '^[0-9]{8,14}$' })),
    lifecycle: oneOf('ACTIVE', 'PHASING_OUT', 'DISCONTINUED'),
    prices: Type.Array(DatedPrice, { maxItems: 60 }),
  }),
});

export const locationRecorded = defineEvent({
  context: 'inbox',
  type: 'location-recorded',
  version: 1,
  meaning: 'The location master holds this about a location now.',
  data: closed({
    location: Code,
    name: Text,
    type: oneOf('STORE', 'DC', 'MICRO_FC', 'RETURNS_CENTRE'),
    timeZone: Type.String({ minLength: 1, maxLength: 64 }),
    capabilities: Type.Array(oneOf('SHIP', 'PICKUP', 'RETURN', 'RECEIVE'), { maxItems: 4 }),
  }),
});

export const storeSaleRecorded = defineEvent({
  context: 'inbox',
  type: 'store-sale-recorded',
  version: 1,
  meaning: 'A store sold goods and the customer took them.',
  data: closed(Sale),
});

export const webSaleRecorded = defineEvent({
  context: 'inbox',
  type: 'web-sale-recorded',
  version: 1,
  meaning: 'A sale at a distance was completed outside the hub: the goods have left the location.',
  data: closed(Sale),
});

export const returnRecorded = defineEvent({
  context: 'inbox',
  type: 'return-recorded',
  version: 1,
  meaning: 'Goods came back over a counter or to a location that takes returns, without the hub having announced them.',
  data: closed({
    channel: Code,
    externalId: Id,
    location: Code,
    /** The register of a store, by the POS's own id. Absent: the POS is asked for it when that matters. */
    register: Type.Optional(Id),
    currency: CurrencyCode,
    customer: Type.Optional(Id),
    /** The sale that it belongs to, when the system knows it. */
    original: Type.Optional(closed({ channel: Code, externalId: Id })),
    lines: Type.Array(closed({ ...SaleLine.properties, reason: ReturnReason }), { maxItems: 5_000 }),
    charges: Type.Array(Charge, { maxItems: 500 }),
    /** Money that was given back at once; empty when the hub is to decide. Amounts are positive. */
    refunds: Type.Array(TenderAmount, { maxItems: 20 }),
  }),
});

export const returnAnnounced = defineEvent({
  context: 'inbox',
  type: 'return-announced',
  version: 1,
  meaning:
    'A channel, such as a marketplace, has agreed with its customer that goods come back; they are not here yet.',
  data: closed({
    channel: Code,
    /** The number that the channel gave the return. */
    externalId: Id,
    original: closed({ channel: Code, externalId: Id }),
    /** Where they are to arrive. Absent: not told. */
    location: Type.Optional(Code),
    lines: Type.Array(
      closed({
        sku: Code,
        quantity: PositiveQuantityText,
        /** Absent: the base unit. */
        unit: Type.Optional(UnitCode),
        reason: ReturnReason,
      }),
      { minItems: 1, maxItems: 500 },
    ),
  }),
});

export const announcedReturnReceived = defineEvent({
  context: 'inbox',
  type: 'announced-return-received',
  version: 1,
  meaning: 'A warehouse took in the goods of a return that the hub knows.',
  data: closed({
    return: Id,
    location: Code,
    lines: Type.Array(
      closed({
        lineId: Id,
        /** Absent when the warehouse knows the SKU only. */
        returnLine: Type.Optional(Id),
        sku: Code,
        quantity: PositiveQuantityText,
        /** Absent: the base unit. */
        unit: Type.Optional(UnitCode),
        ...trackedUnits,
      }),
      { maxItems: 500 },
    ),
  }),
});

const StockLine = closed({
  lineId: Id,
  sku: Code,
  quantity: QuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
  ...trackedUnits,
});
const ReceivedLine = closed({ ...StockLine.properties, quantity: PositiveQuantityText });

export const goodsReceived = defineEvent({
  context: 'inbox',
  type: 'goods-received',
  version: 1,
  meaning: 'Goods from a supplier were put on the shelf.',
  data: closed({ location: Code, reference: Id, lines: Type.Array(ReceivedLine, { minItems: 1, maxItems: 5_000 }) }),
});

export const stockAdjusted = defineEvent({
  context: 'inbox',
  type: 'stock-adjusted',
  version: 1,
  meaning: 'A system corrected its stock; quantities are signed differences.',
  data: closed({
    location: Code,
    lines: Type.Array(closed({ ...StockLine.properties, reason: MovementReason }), { minItems: 1, maxItems: 5_000 }),
  }),
});

export const stockCounted = defineEvent({
  context: 'inbox',
  type: 'stock-counted',
  version: 1,
  meaning: 'This many were physically there at that instant.',
  data: closed({ location: Code, lines: Type.Array(StockLine, { minItems: 1, maxItems: 5_000 }) }),
});

export const balanceReported = defineEvent({
  context: 'inbox',
  type: 'balance-reported',
  version: 1,
  meaning: 'A system held this much at that instant. Compared with the ledger as of the same instant, never applied.',
  data: closed({
    location: Code,
    /** Lines of the same SKU and bucket, such as bins, are added up. */
    lines: Type.Array(
      closed({
        ...StockLine.properties,
        /** Absent: SELLABLE. */
        bucket: Type.Optional(oneOf('SELLABLE', 'QC_HOLD', 'RETURN_PENDING', 'DAMAGED', 'QUARANTINE', 'SUSPECT')),
      }),
      { minItems: 1, maxItems: 5_000 },
    ),
  }),
});

export const feedHeartbeatRecorded = defineEvent({
  context: 'inbox',
  type: 'feed-heartbeat-recorded',
  version: 1,
  meaning: 'A system has told everything that happened at a location up to that instant.',
  data: closed({ location: Code }),
});

/** Every fact, by its type. */
export const INBOX_EVENTS = [
  itemRecorded,
  locationRecorded,
  storeSaleRecorded,
  webSaleRecorded,
  returnRecorded,
  returnAnnounced,
  announcedReturnReceived,
  ...WORK_EVENTS,
  goodsReceived,
  stockAdjusted,
  stockCounted,
  balanceReported,
  ...SUPPLY_EVENTS,
  ...PAYMENT_EVENTS,
  ...PARCEL_EVENTS,
  ...PICKUP_EVENTS,
  ...ROUTING_EVENTS,
  ...ORDER_EVENTS,
  ...MARKETPLACE_EVENTS,
  ...CHANGE_EVENTS,
  feedHeartbeatRecorded,
] as const;

export type ItemRecorded = DataOf<typeof itemRecorded>;
export type LocationRecorded = DataOf<typeof locationRecorded>;
export type StoreSaleRecorded = DataOf<typeof storeSaleRecorded>;
export type WebSaleRecorded = DataOf<typeof webSaleRecorded>;
export type ReturnRecorded = DataOf<typeof returnRecorded>;
export type ReturnAnnounced = DataOf<typeof returnAnnounced>;
export type AnnouncedReturnReceived = DataOf<typeof announcedReturnReceived>;
export type GoodsReceived = DataOf<typeof goodsReceived>;
export type StockAdjusted = DataOf<typeof stockAdjusted>;
export type StockCounted = DataOf<typeof stockCounted>;
export type BalanceReported = DataOf<typeof balanceReported>;
