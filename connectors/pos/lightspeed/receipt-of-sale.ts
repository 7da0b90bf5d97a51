import { skuId } from '../../../kernel/model/codes.ts';
import type { Tender } from '../../../schema/events/fields.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import { decimalText, minorUnits } from '../../runtime/exact-decimal.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import { returnReasonOf, type PosMapping } from '../pos-mapping.ts';
import type { TillLine, TillReceipt } from '../till-receipt.ts';
import type { OriginalSale } from './lightspeed-api.ts';
import type { SaleRow } from './lightspeed-objects.ts';

/** What a sale alone does not tell. */
export interface SaleSurroundings {
  readonly mapping: PosMapping;
  /** SKU codes by product id. */
  readonly skus: ReadonlyMap<string, string>;
  /** The sale that the goods come from. */
  readonly original: OriginalSale | undefined;
}

interface ReadLine {
  readonly line: TillLine;
  readonly totalMinor: number;
  readonly isReturn: boolean;
}

/** How an exchange of goods of one price is settled, where no money moves at all. */
const EVEN_EXCHANGE: Tender = 'STORE_CREDIT';

/**
 * Lines with a negative quantity are goods that came back.
 * @throws {Unreadable} for an unmapped value, an inexact quantity or amount
 */
export function receiptOfSale(sale: SaleRow, around: SaleSurroundings): TillReceipt {
  const { mapping } = around;
  const lines = sale.line_items.map((item) => readLine(item, sale.currency, around));
  const [sold, returned] = [lines.filter(({ isReturn }) => !isReturn), lines.filter(({ isReturn }) => isReturn)];
  const payments = sale.payments.map(({ name, amount }) => ({
    tender: mapped(mapping.tenders, name, 'payment'),
    amountMinor: minorUnits(amount, sale.currency, 'payment'),
  }));
  const settle = settlement(payments, sold.length > 0 && returned.length > 0);
  return {
    location: mapped(mapping.locations, sale.outlet_id, 'outlet'),
    number: sale.invoice_number,
    currency: sale.currency,
    occurredAtMs: Date.parse(sale.sale_date),
    ...(sold.length > 0 && {
      sale: {
        lines: sold.map(({ line }) => line),
        totalMinor: total(sold),
        discountMinor: 0,
        tenders: settle(total(sold), 1),
      },
    }),
    returns:
      returned.length === 0 ? [] : [returnOf(sale, returned, { ...around, refunds: settle(total(returned), -1) })],
  };
}

function returnOf(
  sale: SaleRow,
  returned: readonly ReadLine[],
  around: SaleSurroundings & { readonly refunds: TillReceipt['returns'][number]['refunds'] },
): TillReceipt['returns'][number] {
  const { mapping, original, refunds } = around;
  return {
    lines: returned.map(({ line }) => line),
    totalMinor: total(returned),
    refunds,
    reason: returnReasonOf(mapping, sale.note ?? ''),
    ...(original && {
      original: { location: mapped(mapping.locations, original.outletId, 'outlet'), number: original.number },
    }),
  };
}

type Payments = readonly { readonly tender: Tender; readonly amountMinor: number }[];

/**
 * Payments as they are, with refunds made positive. An exchange shows the difference only: there both sides are told in
 * full, by the kind of payment that settled the difference.
 */
function settlement(payments: Payments, isExchange: boolean): (totalMinor: number, sign: 1 | -1) => Payments {
  const [first] = payments;
  return (totalMinor, sign) =>
    isExchange
      ? [{ tender: first?.tender ?? EVEN_EXCHANGE, amountMinor: totalMinor }]
      : payments.map(({ tender, amountMinor }) => ({ tender, amountMinor: sign * amountMinor }));
}

function readLine(item: SaleRow['line_items'][number], currency: string, { skus }: SaleSurroundings): ReadLine {
  const sku = skus.get(item.product_id);
  if (sku === undefined) throw new Unreadable(`The product ${item.product_id} is not known.`);
  const quantity = decimalText(item.quantity, 'quantity');
  const isReturn = quantity.startsWith('-');
  const totalMinor = minorUnits(item.total_price_incl, currency, 'line total');
  const line = {
    lineId: item.id,
    sku: skuId(sku),
    quantity: isReturn ? quantity.slice(1) : quantity,
    unitPriceMinor: minorUnits(item.unit_price, currency, 'unit price'),
  };
  return { line, totalMinor: isReturn ? -totalMinor : totalMinor, isReturn };
}

function total(lines: readonly ReadLine[]): number {
  return lines.reduce((sum, { totalMinor }) => sum + totalMinor, 0);
}
