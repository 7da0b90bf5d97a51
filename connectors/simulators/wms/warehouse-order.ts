import { formatDecimal } from '../runtime/decimal.ts';

export type WarehouseOrderStatus =
  'released' | 'picked' | 'packed' | 'partially_shipped' | 'shipped' | 'delivered' | 'canceled';

/** Quantities are ten-thousandths of the base unit. */
export interface WarehouseOrderLine {
  readonly lineId: string;
  readonly partnerLineId: string;
  readonly sku: string;
  readonly ordered: number;
  readonly allocated: number;
  readonly picked: number;
  /** Asked for and not found, or never allocated; final once the line is picked. */
  readonly short: number;
  readonly shipped: number;
}

export interface WarehouseShipment {
  readonly shipmentId: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shippedAt: string;
  readonly deliveredAt: string | undefined;
  readonly lines: readonly { readonly lineId: string; readonly units: number }[];
}

/** As the vendor has it. */
export interface ShippingAddress {
  readonly first_name: string;
  readonly last_name: string;
  readonly address1: string;
  readonly city: string;
  readonly zip: string;
  readonly country: string;
}

export interface WarehouseOrder {
  readonly id: string;
  readonly partnerOrderId: string;
  readonly warehouse: string;
  readonly status: WarehouseOrderStatus;
  readonly cancelReason: string | undefined;
  readonly shippingMethod: string | undefined;
  readonly shippingAddress: ShippingAddress | undefined;
  readonly lines: readonly WarehouseOrderLine[];
  readonly shipments: readonly WarehouseShipment[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function orderObject(order: WarehouseOrder): Record<string, unknown> {
  return {
    id: order.id,
    partner_order_id: order.partnerOrderId,
    warehouse: order.warehouse,
    status: order.status,
    cancel_reason: order.cancelReason ?? null,
    shipping_method: order.shippingMethod ?? null,
    shipping_address: order.shippingAddress ?? null,
    lines: order.lines.map((line) => lineObject(order, line)),
    shipments: order.shipments.map((shipment) => shipmentObject(order, shipment)),
    created_at: order.createdAt,
    updated_at: order.updatedAt,
  };
}

function lineObject(order: WarehouseOrder, line: WarehouseOrderLine): Record<string, unknown> {
  return {
    ...lineKeys(order, line),
    quantity: formatDecimal(line.ordered),
    quantity_allocated: formatDecimal(line.allocated),
    quantity_picked: formatDecimal(line.picked),
    quantity_short: formatDecimal(line.short),
    quantity_shipped: formatDecimal(line.shipped),
  };
}

/** What every quantity line of an order message carries. */
export function lineKeys(order: WarehouseOrder, line: WarehouseOrderLine): Record<string, unknown> {
  return { line_id: line.lineId, partner_line_id: line.partnerLineId, sku: line.sku, warehouse: order.warehouse };
}

export function shipmentObject(order: WarehouseOrder, shipment: WarehouseShipment): Record<string, unknown> {
  return {
    shipment_id: shipment.shipmentId,
    carrier: shipment.carrier,
    tracking_number: shipment.trackingNumber,
    shipped_at: shipment.shippedAt,
    delivered_at: shipment.deliveredAt ?? null,
    lines: shipment.lines.flatMap(({ lineId, units }) => {
      const line = order.lines.find((candidate) => candidate.lineId === lineId);
      return line === undefined ? [] : [{ ...lineKeys(order, line), quantity: formatDecimal(units) }];
    }),
  };
}
