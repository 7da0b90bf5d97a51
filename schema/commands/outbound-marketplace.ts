import { Type } from '@sinclair/typebox';
import { closed, Code, Id, Instant, oneOf, PositiveQuantityText, QuantityText, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What marketplaces are told, by way of their queues. The key of the command is what they know it by. */

/** The hub's order, and how the marketplace knows it. */
const ofOrder = { order: Id, channel: Code, externalId: Id };
const Lines = Type.Array(
  closed({
    /** The marketplace's own id of the line. */
    lineId: Id,
    quantity: PositiveQuantityText,
  }),
  { minItems: 1, maxItems: 500 },
);
/** PENDING: taken on; what became of it is told as `marketplace-answer-told`. */
const done = closed({ status: oneOf('SUCCEEDED', 'PENDING') });

export const acknowledgeOrder = defineCommand({
  context: 'outbound',
  name: 'acknowledge-order',
  version: 1,
  meaning: 'Tells a marketplace that its order is taken on.',
  request: closed({ ...ofOrder }),
  reply: done,
});

export const tellCancellation = defineCommand({
  context: 'outbound',
  name: 'tell-cancellation',
  version: 1,
  meaning: 'Tells a marketplace that units of its order will not be sent.',
  request: closed({
    ...ofOrder,
    lines: Lines,
    /** BUYER: asked for by the customer there. */
    reason: oneOf('BUYER', 'OUT_OF_STOCK', 'ADDRESS', 'PRICE', 'FRAUD', 'OTHER'),
  }),
  reply: done,
});

export const tellShipment = defineCommand({
  context: 'outbound',
  name: 'tell-shipment',
  version: 1,
  meaning:
    'Tells a marketplace that units of its order have left. The same shipment again takes the place of the former.',
  request: closed({
    ...ofOrder,
    shipment: Id,
    /** 1 for the first that left of the order. */
    packageNo: Type.Integer({ minimum: 1 }),
    /** As whoever sent it calls them; absent: not told. */
    carrier: Type.Optional(Text),
    trackingNumber: Type.Optional(Text),
    shippedAt: Instant,
    lines: Lines,
  }),
  reply: done,
});

export const offerStock = defineCommand({
  context: 'outbound',
  name: 'offer-stock',
  version: 1,
  meaning: 'Tells a marketplace how much of a SKU may be sold there from now on.',
  request: closed({ channel: Code, sku: Code, quantity: QuantityText }),
  reply: closed({}),
});

export type AcknowledgeOrder = RequestOf<typeof acknowledgeOrder>;
export type TellCancellation = RequestOf<typeof tellCancellation>;
export type TellShipment = RequestOf<typeof tellShipment>;
export type OfferStock = RequestOf<typeof offerStock>;
export type MarketplaceDone = ReplyOf<typeof acknowledgeOrder>;
