import { Type } from '@sinclair/typebox';
import { closed, Code, Instant, oneOf, QuantityText } from '../events/fields.ts';
import { defineCommand, type RequestOf } from './command-definition.ts';

/** What a POS is asked to do, by way of its queue. */
export const recordStock = defineCommand({
  context: 'outbound',
  name: 'record-stock',
  version: 1,
  meaning: 'Writes counts and adjustments that happened elsewhere into a system that keeps stock of its own.',
  request: closed({
    changes: Type.Array(
      closed({
        /** COUNT: the quantity was there. ADJUSTMENT: it came, or left when it is negative. */
        kind: oneOf('COUNT', 'ADJUSTMENT'),
        sku: Code,
        location: Code,
        quantity: QuantityText,
        occurredAt: Instant,
      }),
      { minItems: 1, maxItems: 100 },
    ),
  }),
  reply: closed({}),
});

export type RecordStock = RequestOf<typeof recordStock>;
