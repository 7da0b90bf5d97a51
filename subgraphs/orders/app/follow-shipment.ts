import { trackParcel, type TrackParcel } from '../../../schema/commands/outbound-parcels.ts';
import type { Order } from '../domain/order.ts';
import type { Shipment } from '../domain/shipment.ts';
import type { Cause } from './cause.ts';
import type { OrdersServices } from './orders-services.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import { toldByHub } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'carriers' | 'outbound' | 'clock'>;

/**
 * Asks the carrier of the next shipment that nobody follows yet to tell where it is. The question waits in the carrier's
 * queue under the name of the shipment, so that a crash before it is noted asks it no second time.
 * @returns whether there was one
 */
export async function followNextShipment(services: Services, order: Order, cause: Cause): Promise<boolean> {
  for (const shipment of order.shipments) {
    const parcel = parcelOf(order, shipment);
    const carrier = parcel && services.carriers.find(({ carriers }) => carriers.includes(parcel.carrier));
    if (!parcel || !carrier) continue;
    await services.outbound.submit({
      system: carrier.system,
      key: `${shipment.id}/track`,
      name: trackParcel.name,
      lane: 'ORDERS',
      group: order.id,
      ref: `${OUTBOUND_REF}${order.id}`,
      payload: parcel,
      correlationId: cause.correlationId,
    });
    const told = toldByHub(services.clock.nowMs(), `${shipment.id}/track`);
    await services.store.change(
      order.id,
      { type: 'FollowShipment', shipment: shipment.id, by: carrier.system, told },
      cause,
    );
    return true;
  }
  return false;
}

/** Undefined for one that needs no following. */
function parcelOf(order: Order, shipment: Shipment): TrackParcel | undefined {
  const { id: reference, carrier, trackingNumber, followedBy, deliveredAtMs } = shipment;
  if (carrier === null || trackingNumber === null) return undefined;
  if (followedBy !== undefined || deliveredAtMs !== null) return undefined;
  return { order: order.id, reference, carrier, trackingNumber };
}
