import { skuId } from '../../../kernel/model/codes.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText } from '../../runtime/exact-decimal.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import { returnReasonOf, type PosMapping } from '../pos-mapping.ts';
import type { TillLine, TillReceipt, TillReturn } from '../till-receipt.ts';
import type { SquareLine, SquareMoney, SquareOrder } from './square-objects.ts';

/** What an order alone does not tell. */
export interface OrderSurroundings {
  readonly mapping: PosMapping;
  /** SKU codes by variation id. */
  readonly skus: ReadonlyMap<string, string>;
  /** The orders that returns come from, by id. */
  readonly originals: ReadonlyMap<string, SquareOrder>;
  /** Square's words for where the money of each refund went, by refund id. */
  readonly refundKinds: ReadonlyMap<string, string>;
}

type Return = NonNullable<SquareOrder['returns']>[number];

/** The number on the paper; orders of other sources have none. */
export function receiptNumberOf(order: Pick<SquareOrder, 'id' | 'reference_id'>): string {
  return order.reference_id ?? order.id;
}

/** A pure return is whole once its refund stands on the order; an exchange may have none. */
export function isWhole(order: SquareOrder): boolean {
  const items = (order.returns ?? []).flatMap(({ return_line_items: returned = [] }) => returned);
  const isPureReturn = items.length > 0 && (order.line_items ?? []).length === 0;
  const isFree = items.every(({ total_money: total }) => Number(total.amount) === 0);
  return !isPureReturn || isFree || (order.refunds ?? []).length > 0;
}

/** @throws {Unreadable} for an unmapped value or an inexact quantity */
export function receiptOfOrder(order: SquareOrder, around: OrderSurroundings): TillReceipt {
  const { mapping } = around;
  const lines = order.line_items ?? [];
  const returns = (order.returns ?? []).filter(({ return_line_items: items = [] }) => items.length > 0);
  const lineTotalMinor = sum(lines.map(({ total_money: total }) => total));
  return {
    location: mapped(mapping.locations, order.location_id, 'location'),
    number: receiptNumberOf(order),
    currency: order.total_money.currency,
    occurredAtMs: Date.parse(order.closed_at ?? order.created_at),
    ...(lines.length > 0 && {
      sale: {
        lines: lines.map((line) => tillLine(line, around)),
        // An exchange's total is what was paid after the returned goods were taken off.
        totalMinor: returns.length > 0 ? lineTotalMinor : Number(order.total_money.amount),
        discountMinor: 0 - sum(lines.flatMap(({ total_discount_money: discount }) => discount ?? [])),
        tenders: (order.tenders ?? []).map(({ type, amount_money: money }) => ({
          tender: mapped(mapping.tenders, type, 'tender type'),
          amountMinor: Number(money.amount),
        })),
      },
    }),
    returns: returns.map((returned) => tillReturn(order, returned, around)),
  };
}

function tillReturn(order: SquareOrder, returned: Return, around: OrderSurroundings): TillReturn {
  const { mapping, originals } = around;
  const items = returned.return_line_items ?? [];
  const totalMinor = sum(items.map(({ total_money: total }) => total));
  const original = returned.source_order_id === undefined ? undefined : originals.get(returned.source_order_id);
  const [refund] = order.refunds ?? [];
  const kind =
    refund && (original?.tenders?.find(({ id }) => id === refund.tender_id)?.type ?? around.refundKinds.get(refund.id));
  return {
    lines: items.map((line) => tillLine(line, around)),
    totalMinor,
    refunds:
      kind === undefined ? [] : [{ tender: mapped(mapping.tenders, kind, 'tender type'), amountMinor: totalMinor }],
    reason: returnReasonOf(mapping, refund?.reason ?? ''),
    ...(original && {
      original: {
        location: mapped(mapping.locations, original.location_id, 'location'),
        number: receiptNumberOf(original),
      },
    }),
  };
}

function tillLine(line: SquareLine, { skus }: OrderSurroundings): TillLine {
  const { uid, quantity, catalog_object_id: variation, base_price_money: price } = line;
  const sku = skus.get(variation ?? '');
  if (sku === undefined) throw new Unreadable(`The line ${uid} names no item of the catalogue with a SKU.`);
  return {
    lineId: uid,
    sku: skuId(sku),
    quantity: decimalText(quantity, 'quantity'),
    unitPriceMinor: Number(price.amount),
  };
}

function sum(amounts: readonly SquareMoney[]): number {
  return amounts.reduce((total, { amount }) => total + Number(amount), 0);
}
