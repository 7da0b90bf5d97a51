import { locationId, storeChannelId } from '../../../kernel/model/codes.ts';
import {
  returnRecorded,
  stockAdjusted,
  storeSaleRecorded,
  webSaleRecorded,
  type ReturnRecorded,
  type StockAdjusted,
  type StoreSaleRecorded,
} from '../../../schema/events/inbox.ts';
import type { MovementReason } from '../../../schema/events/fields.ts';
import type { InboundMessage, UnreadableMessage } from '../../runtime/inbound.ts';
import { messageOf } from '../../runtime/message-of.ts';
import type { OnlineRetailOptions } from './online-retail-options.ts';
import type { OnlineRetailRow } from './online-retail-rows.ts';
import { readRow, type RowMeaning } from './read-row.ts';

/** How many rows of the file a message stands for, by what they are. */
export interface RowCounts {
  readonly saleLines: number;
  readonly returnLines: number;
  readonly adjustments: number;
  readonly charges: number;
  readonly quarantined: number;
}

/** A message to send, and what it accounts for. */
export interface CountedMessage {
  readonly message: InboundMessage | UnreadableMessage;
  readonly rows: RowCounts;
}

interface NumberedRow {
  readonly row: OnlineRetailRow;
  /** The place of the row within its invoice, from 1: exact repeats inside an invoice are real lines. */
  readonly ordinal: number;
  readonly meaning: RowMeaning;
}

const NO_ROWS: RowCounts = { saleLines: 0, returnLines: 0, adjustments: 0, charges: 0, quarantined: 0 };
const INVOICE = /^C?\d{1,20}$/;
/** Whatever stands in that column, event ids stay short. */
const INVOICE_LENGTH_MAX = 100;
const ROUNDING = 'Rounding of unit prices';

/**
 * The messages of one invoice: its sale or return under the invoice's own number, its stock adjustments, and each row
 * that cannot be understood. An invoice with nothing but such rows makes neither sale nor return.
 */
export function invoiceMessages(
  invoice: string,
  rows: readonly OnlineRetailRow[],
  { options, timeOf }: { readonly options: OnlineRetailOptions; readonly timeOf: (text: string) => number | undefined },
): readonly CountedMessage[] {
  const isCredit = invoice.startsWith('C');
  const customer = rows.map(({ CustomerID }) => CustomerID.trim()).find((id) => id !== '');
  const occurredAtMs = rows.map(({ InvoiceDate }) => timeOf(InvoiceDate)).find((time) => time !== undefined);
  const numbered = rows.map((row, index) => {
    const reason = invoiceFault(invoice, row, { customer, timeOf });
    const meaning: RowMeaning = reason === undefined ? readRow(row, isCredit, options) : { kind: 'UNREADABLE', reason };
    return { row, ordinal: index + 1, meaning };
  });
  const told = { invoice, customer, occurredAtMs: occurredAtMs ?? 0, options };
  const document = isCredit ? creditMessage(numbered, told) : saleMessage(numbered, told);
  const adjustment = adjustmentMessage(numbered, told);
  return [...document, ...adjustment, ...numbered.flatMap((entry) => quarantined(invoice, entry))];
}

/** What makes a row unreadable whatever else it says. */
function invoiceFault(
  invoice: string,
  row: OnlineRetailRow,
  {
    customer,
    timeOf,
  }: { readonly customer: string | undefined; readonly timeOf: (text: string) => number | undefined },
): string | undefined {
  if (!INVOICE.test(invoice)) return 'invoice number';
  if (timeOf(row.InvoiceDate) === undefined) return 'invoice date';
  const own = row.CustomerID.trim();
  return own !== '' && own !== customer ? 'two customers on one invoice' : undefined;
}

interface Told {
  readonly invoice: string;
  readonly customer: string | undefined;
  readonly occurredAtMs: number;
  readonly options: OnlineRetailOptions;
}

function saleMessage(rows: readonly NumberedRow[], told: Told): readonly CountedMessage[] {
  const { lines, charges, totalMinor } = documentOf(rows);
  if (lines.length === 0 && charges.length === 0) return [];
  const { tender } = told.options;
  const data: StoreSaleRecorded = {
    ...headOf(told),
    lines,
    charges,
    tenders: totalMinor === 0 ? [] : [{ tender, amountMinor: totalMinor }],
  };
  const definition = told.customer === undefined ? storeSaleRecorded : webSaleRecorded;
  const message = messageOf(definition, { eventId: told.invoice, occurredAtMs: told.occurredAtMs }, data);
  return [{ message, rows: { ...NO_ROWS, saleLines: lines.length, charges: countOf(rows, 'CHARGE') } }];
}

/** Which sale the goods come from is not said, so the return is blind. The money was given back with it. */
function creditMessage(rows: readonly NumberedRow[], told: Told): readonly CountedMessage[] {
  const { lines, charges, totalMinor } = documentOf(rows);
  if (lines.length === 0 && charges.length === 0) return [];
  const { tender, returnReason } = told.options;
  const data: ReturnRecorded = {
    ...headOf(told),
    lines: lines.map((line) => ({ ...line, reason: returnReason })),
    charges,
    refunds: totalMinor === 0 ? [] : [{ tender, amountMinor: totalMinor }],
  };
  const message = messageOf(returnRecorded, { eventId: told.invoice, occurredAtMs: told.occurredAtMs }, data);
  return [{ message, rows: { ...NO_ROWS, returnLines: lines.length, charges: countOf(rows, 'CHARGE') } }];
}

function headOf({ invoice, customer, options }: Told): Omit<StoreSaleRecorded, 'lines' | 'charges' | 'tenders'> {
  const { currency, storeLocation, webLocation, webChannel } = options;
  if (customer === undefined) {
    const channel = storeChannelId(locationId(storeLocation));
    return { channel, externalId: invoice, location: storeLocation, currency };
  }
  return { channel: webChannel, externalId: invoice, location: webLocation, currency, customer };
}

function documentOf(
  rows: readonly NumberedRow[],
): Pick<StoreSaleRecorded, 'lines' | 'charges'> & { readonly totalMinor: number } {
  const lines: StoreSaleRecorded['lines'] = [];
  const charges: StoreSaleRecorded['charges'] = [];
  let [totalMinor, roundingMinor] = [0, 0];
  for (const { ordinal, meaning } of rows) {
    if (meaning.kind === 'GOODS') {
      const { sku, quantity, unitPriceMinor } = meaning;
      lines.push({ lineId: String(ordinal), sku, quantity: String(quantity), unitPriceMinor });
      totalMinor += meaning.totalMinor;
      roundingMinor += meaning.roundingMinor;
    } else if (meaning.kind === 'CHARGE') {
      charges.push({ kind: meaning.charge, description: meaning.description, amountMinor: meaning.totalMinor });
      totalMinor += meaning.totalMinor;
    }
  }
  if (roundingMinor !== 0) charges.push({ kind: 'OTHER', description: ROUNDING, amountMinor: roundingMinor });
  return { lines, charges, totalMinor };
}

function adjustmentMessage(rows: readonly NumberedRow[], told: Told): readonly CountedMessage[] {
  const lines = rows.flatMap(({ ordinal, meaning }) => {
    if (meaning.kind !== 'ADJUSTMENT') return [];
    const { sku, quantity, description } = meaning;
    return [{ lineId: String(ordinal), sku, quantity: String(quantity), reason: reasonOf(description, told.options) }];
  });
  if (lines.length === 0) return [];
  const data: StockAdjusted = { location: told.options.storeLocation, lines };
  const eventId = `${told.invoice}:adjustment`;
  const message = messageOf(stockAdjusted, { eventId, occurredAtMs: told.occurredAtMs }, data);
  return [{ message, rows: { ...NO_ROWS, adjustments: lines.length } }];
}

function reasonOf(description: string, options: OnlineRetailOptions): MovementReason {
  const text = description.toLowerCase();
  return options.adjustmentReasons.find(({ word }) => text.includes(word))?.reason ?? options.otherAdjustmentReason;
}

function quarantined(invoice: string, { row, ordinal, meaning }: NumberedRow): readonly CountedMessage[] {
  if (meaning.kind !== 'UNREADABLE') return [];
  const message = { eventId: `${invoice.slice(0, INVOICE_LENGTH_MAX)}:${ordinal}`, reason: meaning.reason, raw: row };
  return [{ message, rows: { ...NO_ROWS, quarantined: 1 } }];
}

function countOf(rows: readonly NumberedRow[], kind: RowMeaning['kind']): number {
  return rows.filter(({ meaning }) => meaning.kind === kind).length;
}
