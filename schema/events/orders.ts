import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import {
  closed,
  Code,
  ExceptionClass,
  ExceptionSeverity,
  Id,
  Instant,
  LineState,
  Money,
  oneOf,
  QuantityText,
  SafeInteger,
  Text,
} from './fields.ts';

export const orderStatusChanged = defineEvent({
  context: 'orders',
  type: 'order-status-changed',
  version: 1,
  meaning: 'An order and its lines are now in these states. Published with every save; it is the change log of orders.',
  data: closed({
    order: Id,
    channel: Code,
    externalId: Id,
    customer: Type.Union([Id, Type.Null()]),
    /** Every location that serves or served a line. */
    locations: Type.Array(Code),
    status: Text,
    changedAt: Instant,
    /** Something was decided that has still to be told to another system; absent: nothing. */
    isWorkDue: Type.Optional(Type.Literal(true)),
    lines: Type.Array(
      closed({
        line: Id,
        lineNo: Type.Integer(),
        sku: Code,
        location: Type.Union([Code, Type.Null()]),
        states: Type.Array(closed({ state: LineState, quantity: QuantityText })),
      }),
    ),
  }),
});

export const orderPlaced = defineEvent({
  context: 'orders',
  type: 'order-placed',
  version: 1,
  meaning: 'The hub has accepted an order and claimed its stock, or keeps a sale that was completed outside.',
  data: closed({ order: Id, channel: Code, externalId: Id, placedAt: Instant }),
});

const Released = closed({ orderLine: Id, sku: Code, quantity: QuantityText });

export const orderReleased = defineEvent({
  context: 'orders',
  type: 'order-released',
  version: 1,
  meaning: 'A location was given work: pick, pack and ship these units.',
  data: closed({ order: Id, location: Code, lines: Type.Array(Released) }),
});

export const workRejected = defineEvent({
  context: 'orders',
  type: 'work-rejected',
  version: 1,
  meaning: 'A location does not do work that it was given; the units are sourced anew.',
  data: closed({
    order: Id,
    location: Code,
    reason: oneOf(
      'NOT_FOUND',
      'DAMAGED',
      'MISPLACED',
      'CAPACITY',
      'STORE_CLOSED',
      'IDLE_TIMEOUT',
      'AVOID_SPLIT',
      'CASCADE_SAME_SKU',
    ),
    lines: Type.Array(Released),
  }),
});

export const nodeCapacityChanged = defineEvent({
  context: 'orders',
  type: 'node-capacity-changed',
  version: 1,
  meaning: 'Somebody said how much work a location can take on a day; what is too much by now is to go elsewhere.',
  data: closed({
    location: Code,
    day: Type.String({ format: 'date' }),
    /** Null: what the rules say. */
    ordersPerDay: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    unitsPerDay: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()]),
    /** Orders and units that are beyond it as it was said. */
    excessOrders: Type.Integer({ minimum: 0 }),
    excessUnits: Type.Integer({ minimum: 0 }),
    changedBy: Text,
    reason: Text,
  }),
});

/** One open exception per cause; the same id again tells its newest figures. */
export const orderExceptionRaised = defineEvent({
  context: 'orders',
  type: 'order-exception-raised',
  version: 1,
  meaning: 'An order cannot go on by itself, and somebody has to see to it.',
  data: closed({
    exceptionId: Id,
    class: ExceptionClass,
    severity: ExceptionSeverity,
    /** As it was told; absent where no order is known. */
    order: Type.Optional(Id),
    channel: Type.Optional(Code),
    sku: Type.Optional(Code),
    location: Type.Optional(Code),
    /** The system that told it; absent: the hub found it out. */
    source: Type.Optional(Text),
    /** What shows why, such as a decision. */
    evidence: Text,
    summary: Text,
    /** Absent: it is not known, or none is. */
    valueAtRisk: Type.Optional(Money),
  }),
});

export const orderExceptionCleared = defineEvent({
  context: 'orders',
  type: 'order-exception-cleared',
  version: 1,
  meaning: 'The cause of an exception is gone.',
  data: closed({ exceptionId: Id, because: Text }),
});

export const parcelReturning = defineEvent({
  context: 'orders',
  type: 'parcel-returning',
  version: 1,
  meaning: 'A carrier brings a parcel back to where it came from: it was not taken in, or could not be handed over.',
  data: closed({
    order: Id,
    shipment: Id,
    /** Where it left, and comes back to. */
    location: Code,
    lines: Type.Array(closed({ orderLine: Id, sku: Code, quantity: QuantityText })),
  }),
});

/** Told with every change of a part, the newest figures each time; they add up to the amount. */
export const refundChanged = defineEvent({
  context: 'orders',
  type: 'refund-changed',
  version: 1,
  meaning: 'Providers were asked to give money of a return back, or have said what became of it.',
  data: closed({
    order: Id,
    return: Id,
    /** The command that asked for it. */
    commandId: Id,
    /** Being given back: its provider has not said yet what became of it. */
    pendingMinor: SafeInteger,
    succeededMinor: SafeInteger,
    failedMinor: SafeInteger,
    /** Given back, and come back since. */
    reversedMinor: SafeInteger,
  }),
});

export const ORDERS_EVENTS = [
  orderStatusChanged,
  orderPlaced,
  orderReleased,
  workRejected,
  nodeCapacityChanged,
  orderExceptionRaised,
  orderExceptionCleared,
  parcelReturning,
  refundChanged,
] as const;

export type OrderStatusChanged = DataOf<typeof orderStatusChanged>;
export type OrderPlaced = DataOf<typeof orderPlaced>;
export type OrderReleased = DataOf<typeof orderReleased>;
export type WorkRejected = DataOf<typeof workRejected>;
export type NodeCapacityChanged = DataOf<typeof nodeCapacityChanged>;
export type ParcelReturning = DataOf<typeof parcelReturning>;
export type RefundChanged = DataOf<typeof refundChanged>;
