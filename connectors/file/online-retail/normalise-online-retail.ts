import type { InboundMessage } from '../../runtime/inbound.ts';
import { invoiceMessages, type CountedMessage } from './invoice-messages.ts';
import { itemMessages } from './item-messages.ts';
import type { OnlineRetailOptions } from './online-retail-options.ts';
import type { OnlineRetailRow } from './online-retail-rows.ts';
import { createTimeReader } from './read-row.ts';

export interface NormalisedFile {
  /** The item master; to be sent first. */
  readonly items: readonly InboundMessage[];
  /** In the order of the invoices in the file. Their row counts add up to the rows of the file. */
  readonly documents: readonly CountedMessage[];
  readonly rows: number;
}

/** The whole file as the messages that the systems behind it would have sent. The same rows give the same messages. */
export function normaliseOnlineRetail(rows: readonly OnlineRetailRow[], options: OnlineRetailOptions): NormalisedFile {
  const timeOf = createTimeReader(options.timeZone);
  const invoices = Map.groupBy(rows, ({ InvoiceNo }) => InvoiceNo.trim().toUpperCase());
  const documents = [...invoices].flatMap(([invoice, own]) => invoiceMessages(invoice, own, { options, timeOf }));
  return { items: itemMessages(rows, options), documents, rows: rows.length };
}
