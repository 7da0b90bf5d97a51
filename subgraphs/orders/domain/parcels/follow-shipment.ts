import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { findLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { note } from '../timeline.ts';

/** A carrier was asked to tell where a shipment is. */
export function followShipment(
  order: Order,
  { shipment: id, by }: CommandOf<'FollowShipment'>,
): Transition | RefusalValue {
  const shipment = order.shipments.find((each) => each.id === id);
  if (!shipment) return refuse('UNKNOWN_SHIPMENT', `The order has no shipment ${id}.`, { shipment: id });
  if (shipment.followedBy === by) return { state: order, events: [] };
  const shipments = order.shipments.map((each) => (each.id === id ? { ...each, followedBy: by } : each));
  return { state: { ...order, shipments }, events: [] };
}

/** The carrier that was to tell where a shipment is does not: nothing is heard of it until somebody tells that it arrived. */
export function noteUntoldParcel(
  order: Order,
  { shipment: id, by, reason, told }: CommandOf<'NoteUntoldParcel'>,
): Transition | RefusalValue {
  const shipment = order.shipments.find((each) => each.id === id);
  if (!shipment) return refuse('UNKNOWN_SHIPMENT', `The order has no shipment ${id}.`, { shipment: id });
  if (shipment.untoldBecause === reason && shipment.followedBy === by) return { state: order, events: [] };
  const untold = { ...shipment, followedBy: by, untoldBecause: reason };
  const shipments = order.shipments.map((each) => (each.id === id ? untold : each));
  const state = note(
    { ...order, shipments },
    {
      type: 'TRACKING_REFUSED',
      summary: `${by} does not tell where parcel ${shipment.trackingNumber ?? id} is: ${reason}`,
      told,
      visibility: 'AGENT',
      lineNos: shipment.lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
    },
  );
  return { state, events: [] };
}
