import type { OrderEvent } from '../order-command.ts';
import { refundProgressOf, refundsChangedBetween } from '../money/order-refund.ts';
import type { Order } from '../order.ts';
import type { Shipment } from '../parcels/shipment.ts';

/** What returns hear of an order, whatever has changed it: how far refunds got, and parcels that come back. */
export function toldBetween(before: Order, after: Order): readonly OrderEvent[] {
  const refunds = refundsChangedBetween(before, after).map((refund): OrderEvent => {
    return { type: 'refund-changed', refund, progress: refundProgressOf(after, refund) };
  });
  const wasBack = new Set(before.shipments.filter(isComingBack).map(({ id }) => id));
  const parcels = after.shipments.filter((shipment) => isComingBack(shipment) && !wasBack.has(shipment.id));
  return [...refunds, ...parcels.map(({ id }): OrderEvent => ({ type: 'parcel-returning', shipment: id }))];
}

/** What had arrived before comes back by the customer's wish, and not by itself. */
const isComingBack = ({ tracking, deliveredAtMs }: Shipment): boolean =>
  tracking?.status === 'RETURNED' && deliveredAtMs === null;
