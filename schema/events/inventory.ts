import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  closed,
  Code,
  CurrencyCode,
  ExceptionClass,
  ExceptionSeverity,
  Id,
  oneOf,
  QuantityText,
  Text,
} from './fields.ts';

const Band = oneOf('NONE', 'LOW', 'OK');

/*
 * Records of the change feed: the full value of a key after a change. Field names are those of the subscription's
 * change type; `sku`, `location` and `channel` are ids, which the graph resolves to entities.
 */

export const positionChanged = defineEvent({
  context: 'inventory',
  type: 'position-changed',
  version: 1,
  meaning: 'The buckets or claims of a position are now these.',
  data: closed({
    sku: Code,
    location: Code,
    categories: Type.Array(Text),
    onHand: QuantityText,
    sellable: QuantityText,
    qcHold: QuantityText,
    returnPending: QuantityText,
    damaged: QuantityText,
    quarantine: QuantityText,
    suspect: QuantityText,
    softReserved: QuantityText,
    allocated: QuantityText,
    picked: QuantityText,
    onOrder: Type.Optional(QuantityText),
    inTransitIn: Type.Optional(QuantityText),
  }),
});

export const availabilityChanged = defineEvent({
  context: 'inventory',
  type: 'availability-changed',
  version: 1,
  meaning: 'A channel may now sell this much of a SKU; `available` is null when the channel tells bands only.',
  data: closed({
    sku: Code,
    channel: Code,
    categories: Type.Array(Text),
    available: Type.Union([QuantityText, Type.Null()]),
    band: Band,
  }),
});

export const nodeAvailabilityChanged = defineEvent({
  context: 'inventory',
  type: 'node-availability-changed',
  version: 1,
  meaning: 'A location may now contribute this much of a SKU to a channel.',
  data: closed({
    sku: Code,
    location: Code,
    channel: Code,
    categories: Type.Array(Text),
    available: Type.Union([QuantityText, Type.Null()]),
    band: Band,
  }),
});

/* Relayed from the journal to the durable stream, because others act on them. */

export const locationRegistered = defineEvent({
  context: 'inventory',
  type: 'location-registered',
  version: 1,
  meaning: 'Stock may lie here; said again when a property changes.',
  data: closed({
    location: Code,
    name: Text,
    type: Text,
    timeZone: Text,
    capabilities: Type.Array(oneOf('SHIP', 'PICKUP', 'RETURN', 'RECEIVE')),
  }),
});

export const channelRegistered = defineEvent({
  context: 'inventory',
  type: 'channel-registered',
  version: 1,
  meaning: 'This channel may sell from the stock of this network; said again when a property changes.',
  data: closed({
    channel: Code,
    network: Code,
    /** In the order of preference for sourcing. */
    locations: Type.Array(Code),
    currency: CurrencyCode,
    publishes: oneOf('ATS', 'BAND'),
  }),
});

const ClaimLine = closed({ reservation: Id, sku: Code, quantity: QuantityText });

export const reservationExpired = defineEvent({
  context: 'inventory',
  type: 'reservation-expired',
  version: 1,
  meaning: 'A reservation ended by itself and claims nothing any more.',
  data: closed({ ...ClaimLine.properties, kind: Text, owner: Type.Optional(Id) }),
});

export const reservationRefused = defineEvent({
  context: 'inventory',
  type: 'reservation-refused',
  version: 1,
  meaning: 'Stock was asked for and was not there.',
  data: closed({
    channel: Code,
    kind: Text,
    owner: Type.Optional(Id),
    lines: Type.Array(closed({ sku: Code, asked: QuantityText, available: QuantityText })),
  }),
});

export const stockBackordered = defineEvent({
  context: 'inventory',
  type: 'stock-backordered',
  version: 1,
  meaning: 'Units were sold beyond stock under a sell policy; they wait until stock covers them.',
  data: closed({ ...ClaimLine.properties, lineRef: Id, channel: Code, kind: Text, owner: Type.Optional(Id) }),
});

export const backorderCovered = defineEvent({
  context: 'inventory',
  type: 'backorder-covered',
  version: 1,
  meaning: 'Stock has come for units that were sold beyond it; they are demand like any other now.',
  data: closed({ ...ClaimLine.properties, kind: Text, owner: Type.Optional(Id) }),
});

export const owedSupplyChanged = defineEvent({
  context: 'inventory',
  type: 'owed-supply-changed',
  version: 1,
  meaning:
    'What is to come of a SKU is another quantity or another day; units that were sold beyond stock wait for it.',
  data: closed({ reservation: Id, sku: Code, kind: Text, owner: Id }),
});

export const shortageRecorded = defineEvent({
  context: 'inventory',
  type: 'shortage-recorded',
  version: 1,
  meaning: 'More was promised or taken than is there; promises at this location have to be sourced again.',
  data: closed({
    sku: Code,
    location: Code,
    short: QuantityText,
    /** Reservations bound there that are to be sourced again, lowest priority first; not all when there are very many. */
    atRisk: Type.Optional(
      Type.Array(
        closed({
          reservation: Id,
          quantity: QuantityText,
          kind: Text,
          priority: Type.Integer(),
          owner: Type.Optional(Id),
        }),
      ),
    ),
  }),
});

/** Figures as they are now; the newest counts: `coming` never rises, `arrived` never falls. */
export const orderTransferChanged = defineEvent({
  context: 'inventory',
  type: 'order-transfer-changed',
  version: 1,
  meaning: 'Goods that are brought to where a customer collects them have moved, or less of them will come.',
  data: closed({
    transfer: Id,
    order: Id,
    from: Code,
    to: Code,
    status: oneOf('DRAFT', 'APPROVED', 'READY', 'IN_TRANSIT', 'PARTIALLY_RECEIVED', 'RECEIVED', 'CANCELLED'),
    lines: Type.Array(
      closed({
        orderLine: Id,
        sku: Code,
        /** Still to be bound to the line. */
        coming: QuantityText,
        /** Of it, what has left. */
        onTheWay: QuantityText,
        /** Bound to the line where it arrived, altogether. */
        arrived: QuantityText,
      }),
    ),
  }),
});

/** One open exception per cause; the same id again tells its newest figures. */
export const stockExceptionRaised = defineEvent({
  context: 'inventory',
  type: 'stock-exception-raised',
  version: 1,
  meaning: 'Stock is not as it has to be, and somebody has to see to it.',
  data: closed({
    exceptionId: Id,
    class: ExceptionClass,
    severity: ExceptionSeverity,
    sku: Type.Optional(Code),
    location: Type.Optional(Code),
    channel: Type.Optional(Code),
    /** Orders that it may concern, not all when there are very many. */
    orders: Type.Array(Id, { maxItems: 100 }),
    /** How much is wrong or missing; signed for a variance: what was told less what the ledger holds. */
    quantity: Type.Optional(QuantityText),
    /** The system that told what revealed it; `inventory` when nobody did. */
    source: Text,
    /** The event id of that message within its system. */
    evidence: Text,
    correlationId: Id,
    summary: Text,
  }),
});

export const stockExceptionCleared = defineEvent({
  context: 'inventory',
  type: 'stock-exception-cleared',
  version: 1,
  meaning: 'The cause of an exception is gone.',
  data: closed({ exceptionId: Id, because: Text }),
});

export const INVENTORY_EVENTS = [
  positionChanged,
  availabilityChanged,
  nodeAvailabilityChanged,
  locationRegistered,
  channelRegistered,
  reservationExpired,
  reservationRefused,
  stockBackordered,
  backorderCovered,
  owedSupplyChanged,
  shortageRecorded,
  orderTransferChanged,
  stockExceptionRaised,
  stockExceptionCleared,
] as const;

export type PositionChanged = DataOf<typeof positionChanged>;
export type AvailabilityChanged = DataOf<typeof availabilityChanged>;
export type NodeAvailabilityChanged = DataOf<typeof nodeAvailabilityChanged>;
export type LocationRegistered = DataOf<typeof locationRegistered>;
export type ChannelRegistered = DataOf<typeof channelRegistered>;
export type ReservationExpired = DataOf<typeof reservationExpired>;
export type ReservationRefused = DataOf<typeof reservationRefused>;
export type StockBackordered = DataOf<typeof stockBackordered>;
export type OwedSupplyChanged = DataOf<typeof owedSupplyChanged>;
export type BackorderCovered = DataOf<typeof backorderCovered>;
export type ShortageRecorded = DataOf<typeof shortageRecorded>;
export type OrderTransferChanged = DataOf<typeof orderTransferChanged>;
export type StockExceptionRaised = DataOf<typeof stockExceptionRaised>;
export type StockExceptionCleared = DataOf<typeof stockExceptionCleared>;
