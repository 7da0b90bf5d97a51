import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, Id, oneOf, PositiveQuantityText, Text, UnitCode } from './fields.ts';

/* What an outside OMS tells of orders that it routes by itself; a part of the facts of the inbox. */

const RoutedLine = closed({
  lineId: Id,
  orderLine: Id,
  sku: Code,
  quantity: PositiveQuantityText,
  /** Absent: the base unit. */
  unit: Type.Optional(UnitCode),
});

export const orderRouted = defineEvent({
  context: 'inbox',
  type: 'order-routed',
  version: 1,
  meaning:
    'A system that orchestrates a channel has chosen a location for units of an order, has given them to the location as work, or has called them off.',
  data: closed({
    order: Id,
    channel: Code,
    status: oneOf('ALLOCATED', 'RELEASED', 'CANCELLED'),
    /** Null of CANCELLED: wherever they are. */
    location: Type.Union([Code, Type.Null()]),
    /** Absent: it was not told. */
    reason: Type.Optional(Text),
    lines: Type.Array(RoutedLine, { minItems: 1, maxItems: 500 }),
  }),
});

export const ROUTING_EVENTS = [orderRouted] as const;

export type OrderRouted = DataOf<typeof orderRouted>;
