import { Type } from '@sinclair/typebox';
import { closed, Code, Id, Instant, QuantityText, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';
import { ParcelAddress } from './outbound-parcels.ts';

/* What an outside OMS that routes orders by itself is asked to do, by way of its queue. */

export const routeOrder = defineCommand({
  context: 'outbound',
  name: 'route-order',
  version: 1,
  meaning:
    'Hands an order to the OMS that orchestrates its channel, as it is now. It is made when the OMS has none of that id, and brought up to this where it has; a line of nothing is called off.',
  request: closed({
    order: Id,
    channel: Code,
    /** The number that the channel gave it. */
    number: Id,
    placedAt: Instant,
    /** ISO 3166-1 alpha-2; null: not told. */
    country: Type.Union([Type.String({ minLength: 2, maxLength: 2 }), Type.Null()]),
    postalCode: Type.Union([Text, Type.Null()]),
    /** Absent: nobody told it. */
    shipTo: Type.Optional(ParcelAddress),
    lines: Type.Array(
      closed({
        orderLine: Id,
        sku: Code,
        /** Without what was called off. */
        quantity: QuantityText,
        /** What the ledger claimed for the line. */
        reservations: Type.Array(Id, { maxItems: 100 }),
      }),
      { minItems: 1, maxItems: 1_000 },
    ),
  }),
  reply: closed({
    /** What the OMS calls it. */
    document: Text,
  }),
});

export type RouteOrder = RequestOf<typeof routeOrder>;
export type RoutedOrder = ReplyOf<typeof routeOrder>;
