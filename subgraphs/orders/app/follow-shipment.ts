import type { OutboundCommand } from '../../../connectors/outbound/port.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { trackParcel, type TrackParcel } from '../../../schema/commands/outbound-parcels.ts';
import type { CommandSettled } from '../../../schema/events/outbound.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import type { Order } from '../domain/order.ts';
import type { Shipment } from '../domain/parcels/shipment.ts';
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
    const refused = await ask(services, {
      system: carrier.system,
      key: trackKeyOf(shipment.id),
      name: trackParcel.name,
      lane: 'ORDERS',
      group: order.id,
      ref: `${OUTBOUND_REF}${order.id}`,
      payload: parcel,
      correlationId: cause.correlationId,
    });
    const told = toldByHub(services.clock.nowMs(), trackKeyOf(shipment.id));
    const about = { shipment: shipment.id, by: carrier.system, told };
    const change: OrderCommand =
      refused === undefined
        ? { type: 'FollowShipment', ...about }
        : { type: 'NoteUntoldParcel', reason: refused, ...about };
    await services.store.change(order.id, change, cause);
    return true;
  }
  return false;
}

const trackKeyOf = (shipment: string): string => `${shipment}/track`;

/** Keeps that a carrier will not tell where a parcel is. What became of any other command changes nothing here. */
export async function noteRefusedTracking(
  { store, clock }: Pick<Services, 'store' | 'clock'>,
  { order: id, settled }: { readonly order: string; readonly settled: CommandSettled },
  cause: Cause,
): Promise<void> {
  const { name, key, status, system: by, message: reason = 'no reason was told' } = settled;
  if (name !== trackParcel.name || status !== 'REFUSED') return;
  const told = toldByHub(clock.nowMs(), key);
  const shipmentOf = ({ shipments }: Order): Shipment | undefined =>
    shipments.find((each) => trackKeyOf(each.id) === key);
  await store.change(
    id,
    (order) => {
      const shipment = shipmentOf(order);
      return shipment && { type: 'NoteUntoldParcel', shipment: shipment.id, by, reason, told };
    },
    cause,
  );
}

/** @returns why the carrier will not, or undefined when the question waits or was answered */
async function ask({ outbound }: Services, command: OutboundCommand): Promise<string | undefined> {
  try {
    const submission = await outbound.submit(command);
    return submission.status === 'REFUSED' ? submission.message : undefined;
  } catch (error) {
    // It would be refused again: the carrier is connected no more, or follows nothing.
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

/** Undefined for one that needs no following. */
function parcelOf(order: Order, shipment: Shipment): TrackParcel | undefined {
  const { id: reference, carrier, trackingNumber, followedBy, deliveredAtMs } = shipment;
  if (carrier === null || trackingNumber === null) return undefined;
  if (followedBy !== undefined || deliveredAtMs !== null) return undefined;
  return { order: order.id, reference, carrier, trackingNumber };
}
