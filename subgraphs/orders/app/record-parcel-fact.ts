import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import { parcelTracked, type ParcelTracked } from '../../../schema/events/inbox-parcels.ts';
import { orderOfLabelId } from '../domain/labels/parcel-label.ts';
import { orderOfShipmentId } from '../domain/parcels/shipment.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldBy } from './told-by.ts';

/**
 * Takes in what a carrier tells of a parcel, once by its source and event id. A parcel that nobody here has asked about is
 * left alone: it is told again, under the name of its shipment, when somebody does.
 * @throws {Refusal} UNKNOWN_ORDER, UNKNOWN_SHIPMENT
 * @throws {Obstacle} LOG_OF_LATER_VERSION
 */
export async function recordParcelFact(
  { store }: Pick<OrdersServices, 'store'>,
  envelope: EventEnvelope,
): Promise<undefined> {
  const { reference, status, detail, place } = readEvent<ParcelTracked>(parcelTracked, envelope);
  if (reference === undefined) return;
  const order = orderOfShipmentId(reference) ?? orderOfLabelId(reference);
  if (order === undefined) throw new Refusal('UNKNOWN_SHIPMENT', `There is no shipment ${reference}.`);
  const { system, eventId } = envelope.source;
  const told = toldBy(envelope);
  const tracking = {
    status,
    ...(detail !== undefined && { detail }),
    ...(place !== undefined && { place }),
    atMs: told.occurredAtMs,
  };
  await store.change(
    order,
    {
      type: 'RecordTracking',
      shipment: reference,
      tracking,
      told,
      once: { key: `${system}/${eventId}`, contentHash: '' },
    },
    { correlationId: envelope.correlationId, causationId: envelope.id },
  );
}
