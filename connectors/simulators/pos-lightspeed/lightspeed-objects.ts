import { formatDecimal, toJsonNumber } from '../runtime/decimal.ts';
import { ON_SHELF } from '../runtime/till.ts';
import type { Receipt, ReceiptLine, TillLocation } from '../runtime/till.ts';
import type {
  LightspeedEstate,
  LightspeedInventory,
  LightspeedProduct,
  LightspeedRegister,
  LightspeedSale,
} from './lightspeed-estate.ts';

/** The API writes decimals as JSON numbers, webhooks write the same members as text with five places. */
export type DecimalStyle = 'NUMBER' | 'TEXT';

export function outletObject(
  estate: LightspeedEstate,
  location: TillLocation,
  version: number,
): { readonly id: string; readonly version: number } & Record<string, unknown> {
  return {
    id: estate.outletId(location.code),
    name: location.code,
    display_prices: 'inclusive',
    time_zone: location.timeZone,
    currency: location.currency,
    physical_city: location.city,
    physical_postcode: location.postalCode,
    physical_country_id: location.country,
    deleted_at: null,
    version,
  };
}

/** The newest session tells whether the register is open. */
export function registerObject(
  estate: LightspeedEstate,
  row: LightspeedRegister,
): { readonly id: string; readonly version: number } & Record<string, unknown> {
  const session = estate.registerBook
    .sessions()
    .findLast(({ location, register }) => location.code === row.locationCode && register === row.number);
  return {
    id: row.id,
    name: `Register ${row.number}`,
    outlet_id: estate.outletId(row.locationCode),
    is_open: session !== undefined && session.closedAtMs === undefined,
    register_open_time: session === undefined ? null : iso(session.openedAtMs),
    register_close_time: session?.closedAtMs === undefined ? null : iso(session.closedAtMs),
    deleted_at: null,
    version: row.version,
  };
}

export function productObject(
  product: LightspeedProduct,
): { readonly id: string; readonly version: number } & Record<string, unknown> {
  const { item } = product;
  const [[, priceMinor] = ['GBP', 0]] = Object.entries(item.pricesMinor);
  return {
    id: product.id,
    name: item.productName,
    variant_name: item.variantName === '' ? item.productName : `${item.productName} / ${item.variantName}`,
    variant_parent_id: item.variantName === '' ? null : product.parentId,
    sku: item.sku,
    product_codes: item.gtin === undefined ? [] : [{ type: 'EAN', code: item.gtin }],
    price_including_tax: priceMinor / 100,
    is_active: true,
    has_inventory: true,
    deleted_at: null,
    version: product.version,
  };
}

export function inventoryObject(
  estate: LightspeedEstate,
  record: LightspeedInventory,
  style: DecimalStyle,
): { readonly id: string; readonly version: number } & Record<string, unknown> {
  const { locationCode, sku } = record;
  const units = estate.till.stock.booked({ location: locationCode, sku, status: ON_SHELF });
  return {
    id: record.id,
    outlet_id: estate.outletId(locationCode),
    product_id: estate.product(sku).id,
    inventory_level: decimal(units, style),
    current_amount: decimal(units, style),
    deleted_at: null,
    version: record.version,
  };
}

export function saleObject(
  estate: LightspeedEstate,
  sale: LightspeedSale,
  style: DecimalStyle,
): { readonly id: string; readonly version: number } & Record<string, unknown> {
  const { receipt } = sale;
  const sign = receipt.kind === 'SALE' ? 1 : -1;
  return {
    id: sale.id,
    outlet_id: estate.outletId(receipt.location.code),
    register_id: estate.registerId(receipt.location.code, receipt.register),
    invoice_number: receipt.number,
    receipt_number: receipt.number,
    status: 'CLOSED',
    state: 'closed',
    note: sale.note,
    return_for: receipt.original === undefined ? null : receipt.original.id,
    is_return: receipt.kind === 'RETURN',
    total_price: money(sign * (receipt.totalMinor - receipt.taxMinor), style),
    total_tax: money(sign * receipt.taxMinor, style),
    total_price_incl: money(sign * receipt.totalMinor, style),
    currency: receipt.location.currency,
    line_items: receipt.lines.map((line, index) => lineObject(estate, line, { sign, style, sequence: index })),
    payments: [paymentObject(estate, receipt, { sign, style })],
    sale_date: iso(receipt.occurredAtMs),
    created_at: iso(receipt.recordedAtMs),
    updated_at: iso(sale.updatedAtMs),
    deleted_at: null,
    version: sale.version,
  };
}

function lineObject(
  estate: LightspeedEstate,
  line: ReceiptLine,
  how: { readonly sign: 1 | -1; readonly style: DecimalStyle; readonly sequence: number },
): unknown {
  const { sign, style } = how;
  return {
    id: line.uid,
    product_id: estate.product(line.sku).id,
    quantity: decimal(sign * line.units, style),
    unit_price: money(line.unitPriceMinor, style),
    total_price_incl: money(sign * line.totalMinor, style),
    total_tax: money(sign * line.taxMinor, style),
    is_return: sign < 0,
    return_for_line_item_id: line.sourceLineUid ?? null,
    sequence: how.sequence,
    status: 'CONFIRMED',
  };
}

function paymentObject(
  estate: LightspeedEstate,
  receipt: Receipt,
  how: { readonly sign: 1 | -1; readonly style: DecimalStyle },
): unknown {
  return {
    id: receipt.paymentId,
    register_id: estate.registerId(receipt.location.code, receipt.register),
    name: { CARD: 'Card', CASH: 'Cash', GIFT_CARD: 'Gift Card' }[receipt.tender],
    amount: money(how.sign * receipt.totalMinor, how.style),
    payment_date: iso(receipt.occurredAtMs),
  };
}

function decimal(units: number, style: DecimalStyle): number | string {
  return style === 'NUMBER' ? toJsonNumber(units) : formatDecimal(units, 5);
}

/** Amounts are in major units with two places: the estate's currencies all have two. */
function money(minor: number, style: DecimalStyle): number | string {
  return style === 'NUMBER' ? minor / 100 : formatDecimal(minor * 100, 5);
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
