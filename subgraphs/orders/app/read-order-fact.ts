import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import type { DataOf } from '../../../schema/events/event-definition.ts';
import { collectionRecorded, pickupReadyRecorded } from '../../../schema/events/inbox-pickups.ts';
import { orderRouted } from '../../../schema/events/inbox-routing.ts';
import { storeSaleRecorded, webSaleRecorded } from '../../../schema/events/inbox.ts';
import {
  cancellationRefused,
  deliveryRecorded,
  packRecorded,
  pickRecorded,
  releaseEnded,
  shipmentRecorded,
  shortPickRecorded,
} from '../../../schema/events/inbox-work.ts';

const DEFINITIONS = {
  'store-sale-recorded': storeSaleRecorded,
  'web-sale-recorded': webSaleRecorded,
  'pick-recorded': pickRecorded,
  'short-pick-recorded': shortPickRecorded,
  'pack-recorded': packRecorded,
  'shipment-recorded': shipmentRecorded,
  'delivery-recorded': deliveryRecorded,
  'pickup-ready-recorded': pickupReadyRecorded,
  'collection-recorded': collectionRecorded,
  'release-ended': releaseEnded,
  'cancellation-refused': cancellationRefused,
  'order-routed': orderRouted,
} as const;

type Definitions = typeof DEFINITIONS;

/** A fact that says something about orders, as this version reads it. */
export type OrderFact = {
  [Type in keyof Definitions]: { readonly type: Type; readonly data: DataOf<Definitions[Type]> };
}[keyof Definitions];

/** The types of facts that say something about orders. */
export const ORDER_FACTS: readonly string[] = [
  ...Object.keys(DEFINITIONS),
  'payment-recorded',
  'fraud-verdict-recorded',
  'parcel-tracked',
  'order-placed-told',
  'marketplace-order-pending',
  'marketplace-order-received',
  'marketplace-cancellation-told',
  'marketplace-answer-told',
  'order-change-told',
];

/**
 * @throws {Refusal} BAD_USER_INPUT when it says nothing about orders, or cannot be read
 * @throws {Obstacle} LOG_OF_LATER_VERSION
 */
export function readOrderFact(envelope: EventEnvelope): OrderFact {
  const { type } = envelope;
  if (!isOrderFact(type)) throw new Refusal('BAD_USER_INPUT', `${type} says nothing about orders.`, { type });
  // The definition is the one of this type, which TypeScript cannot follow through the table.
  return { type, data: readEvent<OrderFact['data']>(DEFINITIONS[type], envelope) } as OrderFact;
}

function isOrderFact(type: string): type is keyof Definitions {
  return Object.hasOwn(DEFINITIONS, type);
}
