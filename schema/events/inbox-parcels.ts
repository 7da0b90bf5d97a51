import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, Id, oneOf, Text } from './fields.ts';

/* Facts about parcels, as their carriers tell them; a part of the facts of the inbox. */

/**
 * ANNOUNCED: there is a label. EXCEPTION: it is held up. AWAITING_PICKUP: the customer has to fetch it. RETURNED: it came
 * back to whoever sent it.
 */
export const ParcelStatus = oneOf(
  'ANNOUNCED',
  'IN_TRANSIT',
  'OUT_FOR_DELIVERY',
  'AWAITING_PICKUP',
  'DELIVERED',
  'EXCEPTION',
  'LOST',
  'RETURNED',
);

export const parcelTracked = defineEvent({
  context: 'inbox',
  type: 'parcel-tracked',
  version: 1,
  meaning: 'A carrier tells where a parcel is, or what became of it.',
  data: closed({
    /** The carrier's id of the parcel. */
    parcel: Id,
    /** In the words of the system that tells it. */
    carrier: Text,
    trackingNumber: Text,
    /** What the hub calls the parcel; absent when nobody has asked about it yet. */
    reference: Type.Optional(Id),
    status: ParcelStatus,
    /** In the words of the carrier. */
    detail: Type.Optional(Text),
    place: Type.Optional(Text),
  }),
});

export const PARCEL_EVENTS = [parcelTracked] as const;

export type ParcelTracked = DataOf<typeof parcelTracked>;
export type ParcelStatus = ParcelTracked['status'];
