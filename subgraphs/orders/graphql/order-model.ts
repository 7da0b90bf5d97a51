import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { invariant } from '../../../kernel/model/errors.ts';
import type { Money } from '../../../kernel/model/money.ts';
import type { OrderAccess } from '../app/order-access.ts';
import { locationOf } from '../domain/work/line-location.ts';
import type { Order, TimelineEntry } from '../domain/order.ts';
import type { OrderLine } from '../domain/order-line.ts';
import type { Payment } from '../domain/money/order-payment.ts';
import type { LineQuantity, Shipment, ShipmentLabel, Tracking } from '../domain/parcels/shipment.ts';
import { findLine } from '../domain/order.ts';
import type { Hold } from '../domain/holds/hold.ts';
import type { ParcelLabel } from '../domain/labels/parcel-label.ts';
import { lineMoneyOf } from '../domain/money/order-money.ts';
import { askedOf, authorizedOf, capturedOf, chargedBackOf, refundedOf } from '../domain/money/payment.ts';
import { totalsOf } from '../domain/money/totals.ts';
import { stateVector } from '../domain/units.ts';

/** An order on its way through the resolvers, with how much of it the caller sees. */
export interface OrderSource {
  readonly order: Order;
  readonly access: OrderAccess;
}

export interface LineSource {
  readonly order: Order;
  readonly line: OrderLine;
}

const money = ({ currency }: Order, amountMinor: number): Money => ({ amountMinor, currencyCode: currency });
const instant = (ms: number): string => new Date(ms).toISOString();
const instantOrNull = (ms: number | null): string | null => (ms === null ? null : instant(ms));
const reference = (id: string) => ({ id });

export const lineSources = (order: Order): readonly LineSource[] => order.lines.map((line) => ({ order, line }));

export function lineSource(order: Order, id: string): LineSource | null {
  const line = findLine(order, id);
  return line ? { order, line } : null;
}

export function totalsModel(order: Order) {
  const { itemsMinor, lineDiscountsMinor, chargesMinor, taxMinor, grandMinor } = totalsOf(order);
  return {
    items: money(order, itemsMinor),
    lineDiscounts: money(order, lineDiscountsMinor),
    charges: money(order, chargesMinor),
    tax: money(order, taxMinor),
    grand: money(order, grandMinor),
  };
}

export const chargesModel = (order: Order) =>
  order.charges.map(({ kind, description, amountMinor }) => ({ kind, description, amount: money(order, amountMinor) }));

/** Whoever only looks the order up sees kinds and amounts. */
export const paymentModel = (order: Order, { provider, ...payment }: Payment, access: OrderAccess) => ({
  id: payment.id,
  tender: payment.tender,
  provider: access === 'FULL' ? (provider?.system ?? null) : null,
  status: access === 'FULL' ? (provider?.state ?? null) : null,
  captureAt: payment.captureAt ?? 'SHIPMENT',
  expiresAt: instantOrNull(access === 'FULL' ? (provider?.expiresAtMs ?? null) : null),
  capturing: money(order, askedOf(payment, 'CAPTURE')),
  chargedBack: money(order, chargedBackOf(payment)),
  authorized: money(order, authorizedOf(payment)),
  captured: money(order, capturedOf(payment)),
  refunded: money(order, refundedOf(payment)),
  reference: access === 'FULL' ? (provider?.reference ?? null) : null,
  operations: (access === 'FULL' ? (payment.operations ?? []) : []).map(({ id, kind, amountMinor, state }) => ({
    id,
    kind,
    state,
    amount: money(order, amountMinor),
  })),
});

export const shipmentModel = (order: Order, shipment: Shipment) => ({
  id: shipment.id,
  location: reference(shipment.location),
  carrier: shipment.carrier,
  trackingNumber: shipment.trackingNumber,
  shippedAt: instant(shipment.shippedAtMs),
  deliveredAt: shipment.deliveredAtMs === null ? null : instant(shipment.deliveredAtMs),
  presumedDeliveredAt: instantOrNull(shipment.presumedAtMs ?? null),
  label: shipment.label ? labelModel(shipment.label) : null,
  tracking: shipment.tracking ? trackingModel(shipment.tracking) : null,
  handOver: shipment.handOver ?? null,
  lines: shipment.lines.map((line) => shipmentLineModel(order, line)),
});

const labelModel = ({ reference: ofCarrier, document, cost }: Omit<ShipmentLabel, 'id'>) => ({
  reference: ofCarrier,
  cost,
  documentUrl: document,
});

export const parcelLabelModel = ({ id, location, state, bought, because }: ParcelLabel) => ({
  id,
  location: reference(location),
  status: state,
  carrier: bought?.carrier ?? null,
  trackingNumber: bought?.trackingNumber ?? null,
  label: bought ? labelModel({ ...bought, reference: bought.label }) : null,
  because: because ?? null,
});

const trackingModel = ({ status, detail, place, atMs }: Tracking) => ({
  status,
  detail: detail ?? null,
  place: place ?? null,
  seenAt: instant(atMs),
});

function shipmentLineModel(order: Order, { line, quantity }: LineQuantity) {
  const orderLine = lineSource(order, line);
  invariant(orderLine, 'A shipment holds a line that its order does not have.', { line });
  return { orderLine, quantity: formatQuantity(quantity, orderLine.line.decimals) };
}

export const statesModel = ({ line }: LineSource) =>
  stateVector(line.units).map(({ state, quantity }) => ({ state, quantity: formatQuantity(quantity, line.decimals) }));

export function lineLocationModel({ line }: LineSource) {
  const location = locationOf(line);
  return location === null ? null : reference(location);
}

export function substitutionModel({ order, line }: LineSource) {
  if (!line.substituteFor) return null;
  const { line: id, quantity, priceRule, by } = line.substituteFor;
  const replaced = lineSource(order, id);
  invariant(replaced, 'A line takes the place of one that its order does not have.', { line: line.id });
  return { line: replaced, quantity: formatQuantity(quantity, replaced.line.decimals), priceRule, by };
}

export const lineModel = (source: LineSource) => ({
  sku: reference(source.line.sku),
  ordered: formatQuantity(source.line.ordered, source.line.decimals),
  unitPrice: money(source.order, source.line.unitPriceMinor),
  discounts: (source.line.discounts ?? []).map(({ promotion, description, amountMinor }) => ({
    promotion,
    description,
    amount: money(source.order, amountMinor),
  })),
  taxes: (source.line.taxes ?? []).map(({ jurisdiction, ratePercent, amountMinor }) => ({
    jurisdiction,
    ratePercent,
    amount: money(source.order, amountMinor),
  })),
});

export const timelineEntryModel = (order: Order, entry: TimelineEntry) => ({
  id: `${order.id}.t${entry.entryNo}`,
  type: entry.type,
  summary: entry.summary,
  occurredAt: instant(entry.told.occurredAtMs),
  recordedAt: instant(entry.told.recordedAtMs),
  lagMs: entry.told.recordedAtMs - entry.told.occurredAtMs,
  source: entry.told.source,
  evidence: entry.told.evidence,
  origin: entry.origin,
  visibility: entry.visibility,
  lines: lineSources(order).filter(({ line }) => entry.lineNos.includes(line.lineNo)),
});

export function lineTotalsModel({ order, line }: LineSource) {
  const found = lineMoneyOf(order)[line.lineNo - 1];
  invariant(found, 'A line is not of its order.', { line: line.id });
  return {
    items: money(order, found.itemsMinor),
    discounts: money(order, found.discountsMinor),
    shipping: money(order, found.shippingMinor),
    otherCharges: money(order, found.otherMinor),
    tax: money(order, found.taxMinor),
    grand: money(order, found.grandMinor),
  };
}

export const holdModel = ({ id, type, state, blocks, placedBy, authority, reason, ...hold }: Hold) => ({
  id,
  type,
  state,
  blocks,
  placedBy,
  authority,
  reason,
  placedAt: instant(hold.placedAtMs),
  expiresAt: instantOrNull(hold.expiresAtMs),
  lines: hold.lines ?? [],
  ended: hold.ended ? { ...hold.ended, endedAt: instant(hold.ended.atMs) } : null,
});
