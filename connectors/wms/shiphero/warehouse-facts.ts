import { skuId } from '../../../kernel/model/codes.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import {
  announcedReturnReceived,
  feedHeartbeatRecorded,
  goodsReceived,
  stockAdjusted,
  stockCounted,
} from '../../../schema/events/inbox.ts';
import {
  deliveryRecorded,
  packRecorded,
  pickRecorded,
  releaseEnded,
  shipmentRecorded,
  shortPickRecorded,
  type PickRecorded,
} from '../../../schema/events/inbox-work.ts';
import type { DataOf, EventDefinition } from '../../../schema/events/event-definition.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText, type VendorDecimal } from '../../runtime/exact-decimal.ts';
import type { InboundFact } from '../../runtime/inbound.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import { orderOfRelease } from './release-id.ts';
import {
  Adjustment,
  Count,
  OrderWork,
  ReceivedReturn,
  Receipt,
  ShipmentUpdate,
  type OrderLine,
  type WarehouseEvent,
} from './ship-hero-events.ts';
import { ECHO_PREFIX, type ShipHeroMapping } from './ship-hero-mapping.ts';

/** A fact of a message and its name within it. */
export type WarehouseFact = InboundFact & { readonly part: string };

type Work = Pick<PickRecorded, 'order' | 'location' | 'lines'>;
type ReadFacts = (event: WarehouseEvent, mapping: ShipHeroMapping) => readonly (WarehouseFact | undefined)[];

const READERS = new Map<string, ReadFacts>(
  Object.entries({
    order_allocated: allocated,
    order_picked: picked,
    order_packed: packed,
    shipment_update: shipmentUpdated,
    order_canceled: canceled,
    inventory_receipt: received,
    inventory_adjustment: adjusted,
    inventory_count: counted,
    return_received: returned,
  }),
);

/**
 * The canonical facts of one message of the warehouse. One that changes nothing that the hub keeps tells at least that its
 * number has come.
 * @throws {Unreadable} for an unknown type, an unmapped value or an inexact quantity
 */
export function warehouseFacts(event: WarehouseEvent, mapping: ShipHeroMapping): readonly WarehouseFact[] {
  const read = READERS.get(event.webhook_type);
  if (!read) throw new Unreadable(`The message type "${event.webhook_type}" is not known.`);
  const facts = read(event, mapping).filter((fact) => fact !== undefined);
  return facts.length > 0 ? facts : heard(event, mapping);
}

function heard(event: WarehouseEvent, { locations }: ShipHeroMapping): readonly WarehouseFact[] {
  const location = locations[event.warehouse];
  return location === undefined ? [] : [fact(event, 'heard', feedHeartbeatRecorded, { location })];
}

/** Units that the warehouse has not got when it takes the order in: it will not do that part of the work. */
function allocated(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const work = workOf(event, mapping, (line) => line.quantity_short ?? '0');
  const reason = 'The warehouse has no stock to allocate.';
  return [work && fact(event, 'rejected', releaseEnded, { ...work, outcome: 'REJECTED', reason })];
}

function picked(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const found = workOf(event, mapping, (line) => line.quantity);
  const short = workOf(event, mapping, (line) => line.quantity_short ?? '0');
  return [found && fact(event, 'picked', pickRecorded, found), short && fact(event, 'short', shortPickRecorded, short)];
}

function packed(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const work = workOf(event, mapping, (line) => line.quantity);
  return [work && fact(event, 'packed', packRecorded, work)];
}

function shipmentUpdated(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const update = parseAs(ShipmentUpdate, event.data, event.webhook_type);
  const { shipment_id: shipment, carrier, tracking_number: trackingNumber } = update;
  switch (update.status) {
    case 'shipped': {
      const work = workOf(event, mapping, (line) => line.quantity);
      const parcel = { shipment, ...(carrier && { carrier }), ...(trackingNumber && { trackingNumber }) };
      return [work && fact(event, 'shipped', shipmentRecorded, { ...work, ...parcel })];
    }
    case 'delivered':
      return [fact(event, 'delivered', deliveryRecorded, { order: orderOfRelease(update.partner_order_id), shipment })];
    default:
      throw new Unreadable(`The shipment status "${update.status}" is not known.`);
  }
}

function canceled(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const { reason } = parseAs(OrderWork, event.data, event.webhook_type);
  const work = workOf(event, mapping, (line) => line.quantity);
  return [work && fact(event, 'canceled', releaseEnded, { ...work, outcome: 'CANCELLED', reason: reason ?? '' })];
}

function received(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const { reference, lines } = parseAs(Receipt, event.data, event.webhook_type);
  const location = locationOf(event, mapping);
  const foreign = lines.find(({ status }) => mapped(mapping.statuses, status, 'stock status') !== 'SELLABLE');
  if (foreign) throw new Unreadable(`Goods received as "${foreign.status}" cannot be told yet.`);
  const told = lines.map(({ sku, quantity }, index) => stockLine(index, sku, decimalText(quantity, 'quantity')));
  return [fact(event, 'received', goodsReceived, { location, reference, lines: told })];
}

/** Only the change of what may be sold is told: a unit that leaves `available` for `hold` is gone from there. */
function adjusted(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const adjustment = parseAs(Adjustment, event.data, event.webhook_type);
  if (adjustment.partner_reference?.startsWith(ECHO_PREFIX) === true) return [];
  const reason = mapped(mapping.reasons, adjustment.reason, 'adjustment reason');
  const isSellable = (status: string | null): boolean =>
    status !== null && mapped(mapping.statuses, status, 'stock status') === 'SELLABLE';
  const lines = adjustment.lines.flatMap(({ sku, quantity, from_status: from, to_status: to }, index) => {
    const size = decimalText(quantity, 'quantity');
    if (isSellable(from) === isSellable(to)) return [];
    return [{ ...stockLine(index, sku, isSellable(to) ? size : `-${size}`), reason }];
  });
  return [
    lines.length === 0
      ? undefined
      : fact(event, 'adjusted', stockAdjusted, { location: locationOf(event, mapping), lines }),
  ];
}

function counted(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const count = parseAs(Count, event.data, event.webhook_type);
  const lines = count.lines.flatMap(({ sku, quantity, status }, index) => {
    if (mapped(mapping.statuses, status, 'stock status') !== 'SELLABLE') return [];
    return [stockLine(index, sku, decimalText(quantity, 'quantity'))];
  });
  return [
    lines.length === 0
      ? undefined
      : fact(event, 'counted', stockCounted, { location: locationOf(event, mapping), lines }),
  ];
}

function returned(event: WarehouseEvent, mapping: ShipHeroMapping): readonly (WarehouseFact | undefined)[] {
  const { rma, lines } = parseAs(ReceivedReturn, event.data, event.webhook_type);
  if (rma === null || rma === '') throw new Unreadable('Goods came back without the number of an announced return.');
  const told = lines.map(({ sku, quantity }, index) => stockLine(index, sku, decimalText(quantity, 'quantity')));
  return [
    fact(event, 'returned', announcedReturnReceived, {
      return: rma,
      location: locationOf(event, mapping),
      lines: told,
    }),
  ];
}

/** The lines with more than nothing; undefined when there are none. */
function workOf(
  event: WarehouseEvent,
  mapping: ShipHeroMapping,
  quantityOf: (line: OrderLine) => VendorDecimal,
): Work | undefined {
  const { partner_order_id: partnerOrderId, lines } = parseAs(OrderWork, event.data, event.webhook_type);
  const worked = lines.flatMap((line) => {
    const quantity = decimalText(quantityOf(line), 'quantity');
    if (quantity === '0') return [];
    return [{ lineId: line.line_id, orderLine: line.partner_line_id, sku: skuId(line.sku), quantity }];
  });
  if (worked.length === 0) return undefined;
  return { order: orderOfRelease(partnerOrderId), location: locationOf(event, mapping), lines: worked };
}

function locationOf({ warehouse }: WarehouseEvent, { locations }: ShipHeroMapping): string {
  return mapped(locations, warehouse, 'warehouse');
}

function stockLine(index: number, sku: string, quantity: string): { lineId: string; sku: string; quantity: string } {
  return { lineId: String(index + 1), sku: skuId(sku), quantity };
}

function fact<Definition extends EventDefinition>(
  event: WarehouseEvent,
  part: string,
  definition: Definition,
  data: DataOf<Definition>,
): WarehouseFact {
  return { part, definition, occurredAtMs: Date.parse(event.occurred_at), data };
}
