import { Type } from '@sinclair/typebox';
import { defineEvent, type DataOf } from './event-definition.ts';
import { closed, oneOf, Text } from './fields.ts';
import { work } from './inbox-work.ts';

/* Facts about goods that customers collect; a part of the facts of the inbox. */

export const pickupReadyRecorded = defineEvent({
  context: 'inbox',
  type: 'pickup-ready-recorded',
  version: 1,
  meaning: 'Units of an order wait at the counter to be collected.',
  data: closed(work),
});

export const collectionRecorded = defineEvent({
  context: 'inbox',
  type: 'collection-recorded',
  version: 1,
  meaning: 'The customer collected units of an order.',
  data: closed({
    ...work,
    /** What showed that it was the right one; absent: it was not told. */
    proof: Type.Optional(oneOf('PICKUP_CODE', 'ID_DOCUMENT', 'SIGNATURE', 'PAYMENT_CARD')),
    /** Such as the last digits of a document. */
    reference: Type.Optional(Text),
  }),
});

export const PICKUP_EVENTS = [pickupReadyRecorded, collectionRecorded] as const;

export type PickupReadyRecorded = DataOf<typeof pickupReadyRecorded>;
export type CollectionRecorded = DataOf<typeof collectionRecorded>;
