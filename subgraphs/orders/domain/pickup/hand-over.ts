import type { Order } from '../order.ts';
import { shipmentIdOf, type HandOver, type LineQuantity, type Shipment } from '../parcels/shipment.ts';
import type { Told } from '../told.ts';

export interface NewHandOver {
  readonly location: string;
  readonly told: Told;
  readonly lines: readonly LineQuantity[];
  /** Absent: whoever told it did not say. */
  readonly handOver?: HandOver;
}

/** Goods went over the counter: they left and arrived at the same moment. */
export function addHandOver(order: Order, { location, told, lines, handOver }: NewHandOver): Order {
  const shipment: Shipment = {
    id: shipmentIdOf(order.id, order.shipments.length + 1),
    externalId: told.evidence,
    source: told.source,
    location,
    carrier: null,
    trackingNumber: null,
    shippedAtMs: told.occurredAtMs,
    deliveredAtMs: told.occurredAtMs,
    lines,
    ...(handOver && { handOver }),
  };
  return { ...order, shipments: [...order.shipments, shipment] };
}
