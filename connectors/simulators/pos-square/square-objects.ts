import { formatDecimal } from '../runtime/decimal.ts';
import { ON_SHELF } from '../runtime/till.ts';
import type { Receipt, ReceiptLine, TenderKind, TillItem, TillLocation } from '../runtime/till.ts';
import type { SquareChange, SquareEstate, SquareOrder, SquareRefund, Variation } from './square-estate.ts';

const TENDER_TYPES: Readonly<Record<TenderKind, string>> = {
  CARD: 'CARD',
  CASH: 'CASH',
  GIFT_CARD: 'SQUARE_GIFT_CARD',
};

export function locationObject(estate: SquareEstate, location: TillLocation): unknown {
  return {
    id: estate.locationId(location.code),
    name: location.code,
    business_name: location.displayName,
    address: { locality: location.city, postal_code: location.postalCode, country: location.country },
    timezone: location.timeZone,
    capabilities: ['CREDIT_CARD_PROCESSING'],
    status: 'ACTIVE',
    merchant_id: estate.webhooks.merchantId,
    country: location.country,
    language_code: 'en-GB',
    currency: location.currency,
    type: 'PHYSICAL',
  };
}

export function variationObject(estate: SquareEstate, variation: Variation): unknown {
  const { item } = variation;
  const [[currency, amount] = ['GBP', 0]] = Object.entries(item.pricesMinor);
  return {
    type: 'ITEM_VARIATION',
    id: variation.variationId,
    updated_at: iso(variation.updatedAtMs),
    version: variation.version,
    is_deleted: false,
    present_at_all_locations: true,
    item_variation_data: {
      item_id: variation.itemId,
      name: item.variantName === '' ? 'Regular' : item.variantName,
      sku: item.sku,
      ...(item.gtin === undefined ? {} : { upc: item.gtin }),
      pricing_type: 'FIXED_PRICING',
      price_money: { amount, currency },
      location_overrides: priceOverrides(estate, item, currency),
      track_inventory: true,
      sellable: true,
      stockable: true,
    },
  };
}

/** Stores that sell in another currency than the item's first price override it. */
function priceOverrides(estate: SquareEstate, item: TillItem, baseCurrency: string): unknown[] {
  return estate.till.locations().flatMap(({ code, currency }) => {
    const amount = item.pricesMinor[currency];
    if (currency === baseCurrency || amount === undefined) return [];
    return [{ location_id: estate.locationId(code), price_money: { amount, currency }, pricing_type: 'FIXED_PRICING' }];
  });
}

/** An ITEM object with all its variations. */
export function itemObject(estate: SquareEstate, itemId: string): unknown {
  const variations = estate.variations().filter((variation) => variation.itemId === itemId);
  const updatedAtMs = Math.max(...variations.map((variation) => variation.updatedAtMs));
  return {
    type: 'ITEM',
    id: itemId,
    updated_at: iso(updatedAtMs),
    version: updatedAtMs,
    is_deleted: false,
    present_at_all_locations: true,
    item_data: {
      name: variations[0]?.item.productName ?? '',
      is_taxable: true,
      product_type: 'REGULAR',
      variations: variations.map((variation) => variationObject(estate, variation)),
    },
  };
}

export function orderObject(estate: SquareEstate, order: SquareOrder): unknown {
  const { receipt } = order;
  const isSale = receipt.kind === 'SALE';
  const total = money(receipt, isSale ? receipt.totalMinor : 0);
  const tax = money(receipt, isSale ? receipt.taxMinor : 0);
  const refunds = order.refundIds.map((id) => orderRefund(estate, order, id));
  return {
    id: order.id,
    location_id: estate.locationId(receipt.location.code),
    reference_id: receipt.number,
    source: { name: 'Square Point of Sale' },
    ...(isSale ? { line_items: receipt.lines.map((line) => soldLine(estate, receipt, line)) } : {}),
    ...(isSale ? { tenders: [tenderObject(estate, order)] } : { returns: [returnObject(estate, receipt)] }),
    ...(refunds.length === 0 ? {} : { refunds }),
    ...(isSale ? {} : { return_amounts: amounts(receipt) }),
    created_at: iso(receipt.occurredAtMs),
    updated_at: iso(order.updatedAtMs),
    closed_at: iso(receipt.occurredAtMs),
    state: 'COMPLETED',
    version: order.version,
    total_money: total,
    total_tax_money: tax,
    total_discount_money: money(receipt, 0),
    net_amount_due_money: money(receipt, 0),
  };
}

function soldLine(estate: SquareEstate, receipt: Receipt, line: ReceiptLine): unknown {
  return { ...lineBasics(estate, receipt, line), gross_sales_money: money(receipt, line.totalMinor) };
}

function returnObject(estate: SquareEstate, receipt: Receipt): unknown {
  const { original } = receipt;
  return {
    uid: receipt.id,
    ...(original === undefined ? {} : { source_order_id: estate.orderOfReceipt(original.number).id }),
    return_line_items: receipt.lines.map((line) => ({
      ...lineBasics(estate, receipt, line),
      ...(line.sourceLineUid === undefined ? {} : { source_line_item_uid: line.sourceLineUid }),
      gross_return_money: money(receipt, line.totalMinor),
    })),
    return_amounts: amounts(receipt),
  };
}

function lineBasics(estate: SquareEstate, receipt: Receipt, line: ReceiptLine): Record<string, unknown> {
  const { item, variationId, version } = estate.variation(line.sku);
  const weighed = {
    quantity_unit: {
      measurement_unit: { type: 'TYPE_WEIGHT', weight_unit: 'METRIC_KILOGRAM' },
      precision: item.step.split('.')[1]?.length ?? 0,
    },
  };
  return {
    uid: line.uid,
    name: item.productName,
    quantity: formatDecimal(line.units),
    ...(item.unit === 'KGM' ? weighed : {}),
    catalog_object_id: variationId,
    catalog_version: version,
    variation_name: item.variantName === '' ? 'Regular' : item.variantName,
    item_type: 'ITEM',
    base_price_money: money(receipt, line.unitPriceMinor),
    total_tax_money: money(receipt, line.taxMinor),
    total_discount_money: money(receipt, 0),
    total_money: money(receipt, line.totalMinor),
  };
}

function tenderObject(estate: SquareEstate, { id, receipt }: SquareOrder): unknown {
  return {
    id: receipt.tenderId,
    location_id: estate.locationId(receipt.location.code),
    transaction_id: id,
    created_at: iso(receipt.occurredAtMs),
    amount_money: money(receipt, receipt.totalMinor),
    type: TENDER_TYPES[receipt.tender],
    payment_id: receipt.paymentId,
  };
}

function orderRefund(estate: SquareEstate, order: SquareOrder, refundId: string): unknown {
  const refund = estate.refund(refundId) as SquareRefund;
  const { receipt } = order;
  return {
    id: refund.id,
    location_id: estate.locationId(receipt.location.code),
    transaction_id: order.id,
    tender_id: receipt.original?.tenderId ?? receipt.tenderId,
    created_at: iso(refund.createdAtMs),
    reason: refund.reason,
    amount_money: money(receipt, refund.amountMinor),
    status: 'APPROVED',
  };
}

export function refundObject(
  estate: SquareEstate,
  refund: SquareRefund,
  status: 'PENDING' | 'COMPLETED' = 'COMPLETED',
): unknown {
  const { order, paymentId } = refund;
  return {
    id: refund.id,
    status,
    location_id: estate.locationId(order.receipt.location.code),
    unlinked: paymentId === undefined,
    destination_type: order.receipt.tender === 'CASH' ? 'CASH' : 'CARD',
    amount_money: money(order.receipt, refund.amountMinor),
    ...(paymentId === undefined ? {} : { payment_id: paymentId }),
    order_id: order.id,
    reason: refund.reason,
    created_at: iso(refund.createdAtMs),
    updated_at: iso(refund.createdAtMs),
  };
}

export function countObject(
  estate: SquareEstate,
  at: { readonly locationCode: string; readonly sku: string },
): unknown {
  const { locationCode, sku } = at;
  return {
    catalog_object_id: estate.variation(sku).variationId,
    catalog_object_type: 'ITEM_VARIATION',
    state: 'IN_STOCK',
    location_id: estate.locationId(locationCode),
    quantity: formatDecimal(estate.till.stock.booked({ location: locationCode, sku, status: ON_SHELF })),
    calculated_at: iso(estate.calculatedAtMs.get(`${locationCode}\n${sku}`) ?? 0),
  };
}

export function changeObject(estate: SquareEstate, change: SquareChange): unknown {
  const facts = {
    id: change.id,
    ...(change.referenceId === undefined ? {} : { reference_id: change.referenceId }),
    catalog_object_id: estate.variation(change.sku).variationId,
    catalog_object_type: 'ITEM_VARIATION',
    location_id: estate.locationId(change.locationCode),
    quantity: formatDecimal(change.units),
    source: { product: change.referenceId === undefined ? 'SQUARE_POS' : 'EXTERNAL_API' },
    occurred_at: iso(change.occurredAtMs),
    created_at: iso(change.createdAtMs),
  };
  if (change.kind === 'PHYSICAL_COUNT')
    return { type: change.kind, physical_count: { ...facts, state: change.toState } };
  const documents = {
    ...(change.transactionId === undefined ? {} : { transaction_id: change.transactionId }),
    ...(change.refundId === undefined ? {} : { refund_id: change.refundId }),
  };
  return {
    type: change.kind,
    adjustment: { ...facts, from_state: change.fromState, to_state: change.toState, ...documents },
  };
}

/** The small object inside order notifications. */
export function orderUpdate(
  estate: SquareEstate,
  order: SquareOrder,
): { readonly updated_at: string } & Record<string, unknown> {
  return {
    order_id: order.id,
    location_id: estate.locationId(order.receipt.location.code),
    state: 'COMPLETED',
    version: order.version,
    created_at: iso(order.receipt.occurredAtMs),
    updated_at: iso(order.updatedAtMs),
  };
}

function amounts(receipt: Receipt): unknown {
  return { total_money: money(receipt, receipt.totalMinor), tax_money: money(receipt, receipt.taxMinor) };
}

function money(receipt: Receipt, amount: number): unknown {
  return { amount, currency: receipt.location.currency };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
