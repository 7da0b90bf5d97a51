import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Order } from './order.ts';
import type { CommandOf, Transition } from './order-command.ts';

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
