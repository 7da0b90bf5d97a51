import { Type, type Static } from '@sinclair/typebox';
import { closed, Code, Id, Money, oneOf, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What carriers are asked to do, by way of their queues. The key of the command is what they know it by. */

/** Where a parcel goes or comes from. Personal data: kept no longer than the command. */
export const ParcelAddress = closed({
  name: Text,
  street: Text,
  city: Text,
  postalCode: Text,
  /** ISO 3166 alpha-2. */
  country: Type.String({ pattern: '^[A-Z]{2}$' }),
});

export const buyLabel = defineCommand({
  context: 'outbound',
  name: 'buy-label',
  version: 1,
  meaning: 'Buys a label for a parcel; from then on its carrier tells where the parcel is.',
  request: closed({
    order: Id,
    /** What the hub calls the parcel. */
    reference: Id,
    service: Code,
    from: ParcelAddress,
    to: ParcelAddress,
    weightGrams: Type.Integer({ minimum: 1 }),
  }),
  reply: closed({ label: Id, carrier: Text, trackingNumber: Text, document: Text, cost: Money }),
});

export const voidLabel = defineCommand({
  context: 'outbound',
  name: 'void-label',
  version: 1,
  meaning: 'Gives a label back that was not used. REFUSED: the carrier has the parcel already.',
  request: closed({ order: Id, label: Id }),
  reply: closed({ voided: oneOf('VOIDED', 'REFUSED') }),
});

export const trackParcel = defineCommand({
  context: 'outbound',
  name: 'track-parcel',
  version: 1,
  meaning: 'Asks a carrier to tell where a parcel is that somebody else has bought the label for.',
  request: closed({
    order: Id,
    /** What the hub calls the parcel. */
    reference: Id,
    carrier: Text,
    trackingNumber: Text,
  }),
  reply: closed({ parcel: Id }),
});

export type ParcelAddress = Static<typeof ParcelAddress>;
export type BuyLabel = RequestOf<typeof buyLabel>;
export type BoughtLabel = ReplyOf<typeof buyLabel>;
export type VoidLabel = RequestOf<typeof voidLabel>;
export type VoidedLabel = ReplyOf<typeof voidLabel>;
export type TrackParcel = RequestOf<typeof trackParcel>;
export type FollowedParcel = ReplyOf<typeof trackParcel>;
