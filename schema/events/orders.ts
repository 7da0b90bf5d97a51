import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, Id, Instant, LineState, QuantityText, Text } from './fields.ts';

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

export const ORDERS_EVENTS = [orderStatusChanged, orderPlaced, orderReleased] as const;

export type OrderStatusChanged = DataOf<typeof orderStatusChanged>;
export type OrderPlaced = DataOf<typeof orderPlaced>;
export type OrderReleased = DataOf<typeof orderReleased>;
