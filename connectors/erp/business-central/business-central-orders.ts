import type {
  RecordedSalesOrder,
  RecordSalesOrder,
  RequestedInvoice,
  RequestInvoice,
} from '../../../schema/commands/outbound-sales-orders.ts';
import { dayOf } from '../../runtime/calendar-day.ts';
import { extendedMinor, majorText } from '../../runtime/exact-decimal.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { SalesOrderBook } from '../sales-order-book.ts';
import { CHARGES_SEQUENCE, isGoods, nextSequence, quantityOf, restOf, sequenceOf } from './order-amounts.ts';
import { claimLines, noteClaims } from './line-claims.ts';
import { CHARGES_TEXT, orderReferenceOf, parcelText } from './order-reference.ts';
import type { OrderLineRow, OrderRow } from './order-rows.ts';
import { OrderTable } from './order-table.ts';
import type { BusinessCentralApi } from './business-central-api.ts';

/** For whom orders are made out, and where what is no goods is booked. */
export interface BusinessCentralOrdersOptions {
  /** By channel: the customer for whom its orders are made out. */
  readonly customers: Readonly<Record<string, string>>;
  /** The G/L account of discounts, carriage, other charges and rounding. */
  readonly chargesAccount: string;
}

interface OrderSettings extends BusinessCentralOrdersOptions {
  /** In which the days of postings are told, such as `Europe/London`. */
  readonly timeZone: string;
}

type Line = RecordSalesOrder['lines'][number];

const NOTHING = 0;

/**
 * Orders of the hub as sales orders. Goods stand at their prices; what an order costs more or less stands on a line of its
 * own, and is taken from there parcel by parcel, so that each invoice is what was told to the minor unit.
 */
export class BusinessCentralOrders implements SalesOrderBook {
  readonly #table: OrderTable;
  readonly #options: OrderSettings;

  constructor(api: BusinessCentralApi, options: OrderSettings) {
    this.#table = new OrderTable(api);
    this.#options = options;
  }

  async record(order: RecordSalesOrder): Promise<RecordedSalesOrder> {
    const reference = orderReferenceOf(order.order);
    const isCalledOff = order.lines.every(({ quantity }) => Number(quantity) === NOTHING);
    let found = await this.#table.find(reference);
    if (found.length === 0) {
      if (isCalledOff) return { document: null };
      await this.#table.create(this.#newOrder(order, reference));
      // Another attempt may have made one meanwhile: all of them take the same.
      found = await this.#table.find(reference);
    }
    const [kept, ...strays] = found;
    if (!kept) throw new UpstreamUnavailable(this.#table.system, { words: `${reference} was not made.` });
    for (const stray of strays) await this.#table.remove(stray);
    if (isCalledOff && kept.salesOrderLines.every(({ shippedQuantity }) => Number(shippedQuantity) === NOTHING)) {
      await this.#table.remove(kept);
      return { document: null };
    }
    await this.#bringUp(kept, order);
    return { document: kept.number };
  }

  async invoice(parcel: RequestInvoice): Promise<RequestedInvoice> {
    const reference = orderReferenceOf(parcel.order);
    const text = parcelText(parcel.shipment);
    const [order] = await this.#table.find(reference);
    // An order that is invoiced in full may be gone.
    if (!order || order.salesOrderLines.some(({ description }) => description === text)) {
      const known = await this.#table.invoiceWith(reference, text);
      if (known !== undefined) return { invoice: known };
    }
    if (!order) throw this.#table.rejected(`There is no order ${reference}.`);
    const ready = await this.#withParcel(order, parcel);
    await this.#choose(ready, parcel);
    await this.#table.setPostingDate(ready, dayOf(parcel.shippedAt, this.#options.timeZone));
    await this.#table.post(ready);
    const posted = await this.#table.invoiceWith(reference, text);
    if (posted !== undefined) return { invoice: posted };
    throw new UpstreamUnavailable(this.#table.system, { words: `${text} was not invoiced.` });
  }

  #newOrder(order: RecordSalesOrder, externalDocumentNumber: string): object {
    const customerNumber = this.#options.customers[order.channel];
    if (customerNumber === undefined)
      throw this.#table.rejected(`No customer stands for the channel ${order.channel}.`);
    const { currency } = order;
    const lines = order.lines.filter(({ quantity }) => Number(quantity) !== NOTHING);
    const goodsMinor = lines.reduce((sum, line) => sum + extendedMinor(line.unitPriceMinor, line.quantity), 0);
    const rest = order.totalMinor - goodsMinor;
    return {
      externalDocumentNumber,
      customerNumber,
      orderDate: dayOf(order.placedAt, this.#options.timeZone),
      currencyCode: currency,
      salesOrderLines: [
        ...lines.flatMap((line) => [goodsLine(line, currency), ...claimLines(line)]),
        ...(rest === NOTHING ? [] : [this.#chargesLine(rest, currency)]),
      ],
    };
  }

  #chargesLine(amountMinor: number, currency: string): object {
    return { sequence: CHARGES_SEQUENCE, ...this.#amountLine(CHARGES_TEXT, amountMinor, currency) };
  }

  #amountLine(description: string, amountMinor: number, currency: string): object {
    const unitPrice = Number(majorText(amountMinor, currency));
    const { chargesAccount: lineObjectNumber } = this.#options;
    return { lineType: 'Account', lineObjectNumber, description, quantity: 1, unitPrice };
  }

  async #bringUp(kept: OrderRow, { lines, totalMinor, currency }: RecordSalesOrder): Promise<void> {
    let isChanged = false;
    for (const line of lines) {
      const known = kept.salesOrderLines.find(({ sequence }) => sequence === sequenceOf(line.lineNo));
      const told = { quantity: Number(line.quantity), unitPrice: Number(majorText(line.unitPriceMinor, currency)) };
      if (known ? isAsTold(known, told) : told.quantity === NOTHING) continue;
      isChanged = true;
      if (known) await this.#table.changeLine(known, told);
      else await this.#table.addLine(kept, goodsLine(line, currency));
    }
    for (const line of lines) await noteClaims(this.#table, kept, line);
    await this.#bringRestUp(isChanged ? await this.#table.reread(kept) : kept, { totalMinor, currency });
  }

  /** @returns whether anything was changed */
  async #bringRestUp(
    order: OrderRow,
    cost: { readonly totalMinor: number; readonly currency: string },
  ): Promise<boolean> {
    const rest = restOf(order.salesOrderLines, cost);
    const line = order.salesOrderLines.find(({ description }) => description === CHARGES_TEXT);
    const unitPrice = Number(majorText(rest, cost.currency));
    if (line ? Number(line.unitPrice) === unitPrice : rest === NOTHING) return false;
    if (line) await this.#table.changeLine(line, { unitPrice });
    else await this.#table.addLine(order, this.#chargesLine(rest, cost.currency));
    return true;
  }

  /** Gives the parcel its line, which takes its part of what is no goods. */
  async #withParcel(order: OrderRow, parcel: RequestInvoice): Promise<OrderRow> {
    const text = parcelText(parcel.shipment);
    const { currency, amountMinor, totalMinor, lines } = parcel;
    const goodsMinor = lines.reduce((sum, line) => sum + extendedMinor(line.unitPriceMinor, line.quantity), 0);
    let current = order;
    if (!order.salesOrderLines.some(({ description }) => description === text)) {
      const line = this.#amountLine(text, amountMinor - goodsMinor, currency);
      await this.#table.addLine(order, { ...line, sequence: nextSequence(order.salesOrderLines) });
      current = await this.#table.reread(order);
    }
    const isChanged = await this.#bringRestUp(current, { totalMinor, currency });
    return isChanged ? this.#table.reread(order) : current;
  }

  /** What is posted next is what is in the parcel; with the last goods whatever else is left. */
  async #choose(order: OrderRow, { lines, shipment }: RequestInvoice): Promise<void> {
    const inside = new Map(lines.map(({ lineNo, quantity }) => [sequenceOf(lineNo), Number(quantity)]));
    const isLast = order.salesOrderLines.filter(isGoods).every(({ sequence, quantity, shippedQuantity }) => {
      return Number(shippedQuantity) + (inside.get(sequence) ?? 0) >= Number(quantity);
    });
    for (const line of order.salesOrderLines) {
      const count = countOf(line, { inside, isLast, text: parcelText(shipment) });
      if (Number(line.shipQuantity) === count && Number(line.invoiceQuantity) === count) continue;
      await this.#table.changeLine(line, { shipQuantity: count, invoiceQuantity: count });
    }
  }
}

const isAsTold = (
  line: OrderLineRow,
  { quantity, unitPrice }: { readonly quantity: number; readonly unitPrice: number },
): boolean => Number(quantityOf(line)) === quantity && Number(line.unitPrice) === unitPrice;

interface Chosen {
  readonly inside: ReadonlyMap<number, number>;
  readonly isLast: boolean;
  readonly text: string;
}

function countOf(line: OrderLineRow, { inside, isLast, text }: Chosen): number {
  if (isGoods(line)) return inside.get(line.sequence) ?? NOTHING;
  if (line.description === text) return 1;
  const left = Number(line.quantity) - Number(line.shippedQuantity);
  return isLast && line.description === CHARGES_TEXT ? left : NOTHING;
}

/** The first claim of the ledger stands beside the goods, the others on lines of text after them. */
function goodsLine({ lineNo, sku, quantity, unitPriceMinor, reservations }: Line, currency: string): object {
  return {
    sequence: sequenceOf(lineNo),
    lineType: 'Item',
    lineObjectNumber: sku,
    ...(reservations[0] !== undefined && { description2: reservations[0] }),
    quantity: Number(quantity),
    unitPrice: Number(majorText(unitPriceMinor, currency)),
  };
}
