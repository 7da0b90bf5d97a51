import { formatDecimal } from '../runtime/decimal.ts';
import { HttpFailure } from '../runtime/http-failure.ts';
import type { Warehouse } from './warehouse.ts';
import type { WarehouseEventType } from './warehouse-event.ts';
import { lineKeys, shipmentObject } from './warehouse-order.ts';
import type {
  ShippingAddress,
  WarehouseOrder,
  WarehouseOrderLine,
  WarehouseOrderStatus,
  WarehouseShipment,
} from './warehouse-order.ts';

export interface ReleasedOrder {
  readonly partnerOrderId: string;
  readonly warehouse: string;
  readonly shippingMethod?: string;
  readonly shippingAddress?: ShippingAddress;
  readonly lines: readonly { readonly partnerLineId: string; readonly sku: string; readonly quantity: string }[];
}

export interface Parcel {
  /** Default: everything that is picked and not yet shipped. */
  readonly lines?: readonly { readonly sku: string; readonly quantity: string }[];
  readonly carrier?: string;
  readonly trackingNumber?: string;
}

/** The parcel has no label yet. */
const REDIRECTABLE: ReadonlySet<WarehouseOrderStatus> = new Set(['released', 'picked']);
const CANCELLABLE: ReadonlySet<WarehouseOrderStatus> = new Set(['released', 'picked']);

/** Orders from release to delivery. Each step changes the order, the stock and the claims, and says so in one event. */
export class OrderDesk {
  readonly #warehouse: Warehouse;
  readonly #orders = new Map<string, WarehouseOrder>();
  readonly #idOfPartner = new Map<string, string>();
  readonly #released = new Map<string, string>();

  constructor(warehouse: Warehouse) {
    this.#warehouse = warehouse;
  }

  orders(): readonly WarehouseOrder[] {
    return [...this.#orders.values()];
  }

  /** By the warehouse's own id or by the partner's. @throws {HttpFailure} 404 */
  order(id: string): WarehouseOrder {
    const order = this.#orders.get(id) ?? this.#orders.get(this.#idOfPartner.get(id) ?? '');
    if (order === undefined) throw new HttpFailure(404, 'ORDER_NOT_FOUND', `there is no order ${id}`);
    return order;
  }

  /** The same partner order again answers the first one. @throws {HttpFailure} 409 when it differs, 422 when it is faulty. */
  release(input: ReleasedOrder): { readonly order: WarehouseOrder; readonly isNew: boolean } {
    const content = JSON.stringify(input);
    const known = this.#idOfPartner.get(input.partnerOrderId);
    if (known !== undefined) {
      if (this.#released.get(input.partnerOrderId) === content) return { order: this.order(known), isNew: false };
      throw new HttpFailure(409, 'PARTNER_ORDER_ID_REUSED', 'another order has this partner_order_id', {
        field: 'partner_order_id',
      });
    }
    const { warehouse } = input;
    const units = input.lines.map((line) => this.#warehouse.unitsOf({ ...line, warehouse }));
    const order = this.#newOrder(
      input,
      input.lines.map((line, index) => this.#allocate(warehouse, line, units[index] ?? 0)),
    );
    this.#released.set(input.partnerOrderId, content);
    this.#idOfPartner.set(input.partnerOrderId, order.id);
    this.#orders.set(order.id, order);
    this.#emitLines(order, 'order_allocated', (line) => ({
      quantity: formatDecimal(line.allocated),
      quantity_short: formatDecimal(line.short),
    }));
    return { order, isNew: true };
  }

  /** The parcel goes elsewhere. @throws {HttpFailure} 409 once packed. */
  redirect(id: string, shippingAddress: ShippingAddress): WarehouseOrder {
    const order = this.order(id);
    if (REDIRECTABLE.has(order.status)) return this.#change(order, { shippingAddress });
    throw new HttpFailure(409, 'TOO_LATE_TO_CHANGE', `the order is ${order.status}`, { field: 'status' });
  }

  /** Picked goods go back to their bins. @throws {HttpFailure} 409 once packed. */
  cancel(id: string, reason: string): WarehouseOrder {
    const order = this.order(id);
    if (order.status === 'canceled') return order;
    if (!CANCELLABLE.has(order.status)) {
      throw new HttpFailure(409, 'TOO_LATE_TO_CANCEL', `the order is ${order.status}`, { field: 'status' });
    }
    for (const line of order.lines) this.#warehouse.stock.claim(spotOf(order, line), -line.allocated);
    const lines = order.lines.map((line) => ({ ...line, allocated: 0, picked: 0 }));
    const canceled = this.#change(order, { status: 'canceled', cancelReason: reason, lines });
    this.#emit(canceled, 'order_canceled', {
      reason,
      lines: order.lines.map((line) => ({ ...lineKeys(order, line), quantity: formatDecimal(line.allocated) })),
    });
    return canceled;
  }

  /**
   * Picks what is allocated, less what is not found: `short` by SKU, else whatever the shelf really lacks. Missing
   * units lose their allocation and move to `hold` in the book; that movement has no event of its own.
   */
  pick(id: string, options: { readonly short?: Readonly<Record<string, string>> } = {}): WarehouseOrder {
    const order = this.#inStatus(id, ['released']);
    const found = order.lines.map((line) => this.#find(order, line, options.short));
    const lines = order.lines.map((line, index) => {
      const missing = line.allocated - (found[index] ?? 0);
      if (missing > 0) this.#warehouse.stock.suspect(spotOf(order, line), missing);
      this.#warehouse.stock.claim(spotOf(order, line), -missing);
      const picked = line.allocated - missing;
      return { ...line, allocated: picked, picked, short: line.ordered - picked };
    });
    const isEmpty = lines.every((line) => line.picked === 0);
    const change = isEmpty ? { status: 'canceled' as const, cancelReason: 'SHORT' } : { status: 'picked' as const };
    const picked = this.#change(order, { ...change, lines });
    this.#emit(picked, 'order_picked', {
      lines: lines.map((line, index) => ({
        ...lineKeys(order, line),
        quantity: formatDecimal(line.picked),
        quantity_short: formatDecimal((order.lines[index]?.allocated ?? 0) - line.picked),
        short_reason: (order.lines[index]?.allocated ?? 0) > line.picked ? 'NOT_FOUND' : null,
      })),
    });
    return picked;
  }

  pack(id: string): WarehouseOrder {
    const packed = this.#change(this.#inStatus(id, ['picked']), { status: 'packed' });
    this.#emitLines(packed, 'order_packed', (line) => ({ quantity: formatDecimal(line.picked) }));
    return packed;
  }

  /** Hands a parcel to the carrier: the goods leave the stock. @throws {HttpFailure} 422 for more than is packed. */
  ship(id: string, parcel: Parcel = {}): WarehouseOrder {
    const order = this.#inStatus(id, ['packed', 'partially_shipped']);
    const sent = order.lines.map((line) => sentOf(line, parcel));
    const lines = order.lines.map((line, index) => {
      const units = sent[index] ?? 0;
      this.#warehouse.stock.move(spotOf(order, line), 'available', -units);
      this.#warehouse.stock.claim(spotOf(order, line), -units);
      return { ...line, allocated: line.allocated - units, shipped: line.shipped + units };
    });
    const { ids, nowIso } = this.#warehouse.core;
    const shipment: WarehouseShipment = {
      shipmentId: ids.hex(24),
      carrier: parcel.carrier ?? 'DPD',
      trackingNumber: parcel.trackingNumber ?? `1550${Math.floor(this.#warehouse.core.random() * 1e10)}`,
      shippedAt: nowIso(),
      deliveredAt: undefined,
      lines: lines
        .map((line, index) => ({ lineId: line.lineId, units: sent[index] ?? 0 }))
        .filter(({ units }) => units > 0),
    };
    const isWhole = lines.every((line) => line.shipped === line.picked);
    const status = isWhole ? 'shipped' : 'partially_shipped';
    const shipped = this.#change(order, { status, lines, shipments: [...order.shipments, shipment] });
    this.#emit(shipped, 'shipment_update', { status: 'shipped', ...shipmentObject(shipped, shipment) });
    return shipped;
  }

  /** The carrier's word, relayed by the warehouse. Default: the oldest shipment that is still on its way. */
  deliver(id: string, shipmentId?: string): WarehouseOrder {
    const order = this.order(id);
    const shipment = order.shipments.find(
      (candidate) =>
        candidate.deliveredAt === undefined && candidate.shipmentId === (shipmentId ?? candidate.shipmentId),
    );
    if (shipment === undefined) throw new HttpFailure(409, 'NOTHING_TO_DELIVER', 'no shipment is on its way');
    const arrived = { ...shipment, deliveredAt: this.#warehouse.core.nowIso() };
    const shipments = order.shipments.map((candidate) => (candidate === shipment ? arrived : candidate));
    const isDone = order.status === 'shipped' && shipments.every(({ deliveredAt }) => deliveredAt !== undefined);
    const delivered = this.#change(order, { shipments, ...(isDone ? { status: 'delivered' as const } : {}) });
    this.#emit(delivered, 'shipment_update', { status: 'delivered', ...shipmentObject(delivered, arrived) });
    return delivered;
  }

  #newOrder(input: ReleasedOrder, lines: readonly WarehouseOrderLine[]): WarehouseOrder {
    const now = this.#warehouse.core.nowIso();
    return {
      id: this.#warehouse.core.ids.hex(24),
      partnerOrderId: input.partnerOrderId,
      warehouse: input.warehouse,
      status: 'released',
      cancelReason: undefined,
      shippingMethod: input.shippingMethod,
      shippingAddress: input.shippingAddress,
      lines,
      shipments: [],
      createdAt: now,
      updatedAt: now,
    };
  }

  #allocate(warehouse: string, line: ReleasedOrder['lines'][number], units: number): WarehouseOrderLine {
    const spot = { warehouse, sku: line.sku };
    const allocated = Math.min(units, Math.max(0, this.#warehouse.stock.unclaimed(spot)));
    this.#warehouse.stock.claim(spot, allocated);
    return {
      lineId: this.#warehouse.core.ids.hex(24),
      partnerLineId: line.partnerLineId,
      sku: line.sku,
      ordered: units,
      allocated,
      picked: 0,
      short: units - allocated,
      shipped: 0,
    };
  }

  #find(order: WarehouseOrder, line: WarehouseOrderLine, short: Readonly<Record<string, string>> | undefined): number {
    const missing = short?.[line.sku];
    if (missing === undefined)
      return Math.min(line.allocated, this.#warehouse.stock.actual(spotOf(order, line), 'available'));
    const units = this.#warehouse.unitsOf({ warehouse: order.warehouse, sku: line.sku, quantity: missing });
    return Math.max(0, line.allocated - units);
  }

  #inStatus(id: string, statuses: readonly WarehouseOrderStatus[]): WarehouseOrder {
    const order = this.order(id);
    if (statuses.includes(order.status)) return order;
    throw new HttpFailure(409, 'WRONG_STATUS', `the order is ${order.status}`, { field: 'status' });
  }

  #change(order: WarehouseOrder, change: Partial<WarehouseOrder>): WarehouseOrder {
    const changed = { ...order, ...change, updatedAt: this.#warehouse.core.nowIso() };
    this.#orders.set(order.id, changed);
    return changed;
  }

  #emitLines(
    order: WarehouseOrder,
    type: WarehouseEventType,
    quantities: (line: WarehouseOrderLine) => Record<string, unknown>,
  ): void {
    this.#emit(order, type, { lines: order.lines.map((line) => ({ ...lineKeys(order, line), ...quantities(line) })) });
  }

  #emit(order: WarehouseOrder, type: WarehouseEventType, data: Record<string, unknown>): void {
    const keys = { order_id: order.id, partner_order_id: order.partnerOrderId };
    this.#warehouse.events.append(order.warehouse, type, { ...keys, ...data });
  }
}

function sentOf(line: WarehouseOrderLine, parcel: Parcel): number {
  const left = line.picked - line.shipped;
  if (parcel.lines === undefined) return left;
  const wanted = parcel.lines.find(({ sku }) => sku === line.sku);
  if (wanted === undefined) return 0;
  const units = Math.round(Number(wanted.quantity) * 10_000);
  if (units > 0 && units <= left) return units;
  throw new HttpFailure(422, 'INVALID_QUANTITY', `not that much of ${line.sku} is packed`, { field: 'quantity' });
}

function spotOf(order: WarehouseOrder, line: WarehouseOrderLine): { readonly warehouse: string; readonly sku: string } {
  return { warehouse: order.warehouse, sku: line.sku };
}
