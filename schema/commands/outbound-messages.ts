import { Type, type Static } from '@sinclair/typebox';
import { closed, Code, Id, Instant, Money, oneOf, PositiveQuantityText, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What systems that send messages to customers are asked to do, by way of their queues. */

/** What customers are told of. */
export const Milestone = oneOf(
  'CONFIRMED',
  'SHIPPED',
  'READY_FOR_PICKUP',
  'DELIVERED',
  'CANCELLED',
  'REFUNDED',
  'DELAYED',
);

/** A BCP 47 tag, such as `de-AT`. */
export const Language = Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$' });

/** What the message is about, as far as the milestone has it. */
const MessageSubject = closed({
  /** WHOLE: all of the order. */
  scope: oneOf('WHOLE', 'PART'),
  lines: Type.Array(closed({ sku: Code, quantity: PositiveQuantityText }), { maxItems: 500 }),
  carrier: Type.Optional(Text),
  trackingNumber: Type.Optional(Text),
  /** Where it waits for the customer. */
  location: Type.Optional(Code),
  /** What was given back. */
  amount: Type.Optional(Money),
  /** The day on which it is expected at the latest. */
  expectedOn: Type.Optional(Type.String({ format: 'date' })),
});

export const tellCustomer = defineCommand({
  context: 'outbound',
  name: 'tell-customer',
  version: 1,
  meaning:
    'Tells a customer that their order has come to a milestone. Bears no address: who the customer is, and how they are reached, is known to the system that sends the message.',
  request: closed({
    order: Id,
    channel: Code,
    /** The number that the channel gave the order, and that the customer knows. */
    number: Id,
    /** As the channel knows them. */
    customer: Id,
    milestone: Milestone,
    language: Language,
    occurredAt: Instant,
    /** Afterwards it is no news, and nobody is told. */
    tellBefore: Instant,
    about: MessageSubject,
  }),
  /** SUPPRESSED: the customer does not want such messages. TOO_LATE: nothing was sent. */
  reply: closed({
    outcome: oneOf('ACCEPTED', 'SUPPRESSED', 'TOO_LATE'),
    /** The system's id of it; null when nothing was sent. */
    message: Type.Union([Id, Type.Null()]),
  }),
});

export type Milestone = Static<typeof Milestone>;
export type MessageSubject = Static<typeof MessageSubject>;
export type TellCustomer = RequestOf<typeof tellCustomer>;
export type ToldCustomer = ReplyOf<typeof tellCustomer>;
