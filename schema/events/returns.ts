import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Code, Disposition, Id, Instant, Money, oneOf, QuantityText, Text } from './fields.ts';

export const returnStatusChanged = defineEvent({
  context: 'returns',
  type: 'return-status-changed',
  version: 1,
  meaning: 'A return is now in this state. Published with every save; it is the change log of returns.',
  data: closed({
    return: Id,
    order: Type.Union([Id, Type.Null()]),
    customer: Type.Union([Id, Type.Null()]),
    location: Type.Union([Code, Type.Null()]),
    /** Where it was expected before it was received elsewhere, so that who watches that location hears of it. */
    formerLocation: Type.Optional(Code),
    status: Text,
    changedAt: Instant,
  }),
});

/** A step that belongs on the timeline of the order; `source` and `evidence` name the system that told it. */
export const returnStepTaken = defineEvent({
  context: 'returns',
  type: 'return-step-taken',
  version: 1,
  meaning: 'A return of an order went one step further.',
  data: closed({
    return: Id,
    order: Id,
    step: oneOf('REQUESTED', 'AUTHORIZED', 'REJECTED', 'RECEIVED', 'INSPECTED', 'DISPOSITIONED', 'REFUNDED'),
    summary: Text,
    source: Text,
    evidence: Text,
    location: Type.Union([Code, Type.Null()]),
    lines: Type.Array(
      closed({ orderLine: Id, sku: Code, quantity: QuantityText, disposition: Type.Optional(Disposition) }),
    ),
    refund: Type.Optional(Money),
  }),
});

export const RETURNS_EVENTS = [returnStatusChanged, returnStepTaken] as const;

export type ReturnStatusChanged = DataOf<typeof returnStatusChanged>;
export type ReturnStepTaken = DataOf<typeof returnStepTaken>;
