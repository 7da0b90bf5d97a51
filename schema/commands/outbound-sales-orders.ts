import { Type } from '@sinclair/typebox';
import {
  closed,
  Code,
  CurrencyCode,
  Id,
  Instant,
  PositiveQuantityText,
  QuantityText,
  SafeInteger,
  Text,
} from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What an ERP that keeps sales orders is asked to do, by way of its queue. */

const Line = {
  orderLine: Id,
  /** 1 for the first; stays with the line for ever. */
  lineNo: Type.Integer({ minimum: 1, maximum: 100_000 }),
  sku: Code,
  /** For one base unit, before discounts. */
  unitPriceMinor: SafeInteger,
};

export const recordSalesOrder = defineCommand({
  context: 'outbound',
  name: 'record-sales-order',
  version: 1,
  meaning:
    'Has an ERP keep an order as it is now. It is made when the ERP has none of that id, and brought up to this where it has: lines that are not named stay as they are, and one of nothing is called off.',
  request: closed({
    order: Id,
    channel: Code,
    /** The number that the channel gave it. */
    number: Id,
    customer: Type.Union([Id, Type.Null()]),
    currency: CurrencyCode,
    placedAt: Instant,
    lines: Type.Array(
      closed({
        ...Line,
        /** Without what was called off. */
        quantity: QuantityText,
        /** By which the ledger claims what is left of the line, or had claimed it before it was bound, the oldest first. */
        reservations: Type.Array(Id, { maxItems: 100 }),
      }),
      { minItems: 1, maxItems: 1_000 },
    ),
    /** What these units cost altogether: discounts, carriage, fees and added taxes included. */
    totalMinor: SafeInteger,
  }),
  reply: closed({
    /** What the ERP calls it; null when it keeps none any more, because everything was called off. */
    document: Type.Union([Text, Type.Null()]),
  }),
});

export const requestInvoice = defineCommand({
  context: 'outbound',
  name: 'request-invoice',
  version: 1,
  meaning: 'Has an ERP book that a parcel of an order has left, and invoice what is in it. Once for each parcel.',
  request: closed({
    order: Id,
    channel: Code,
    /** What the hub calls the parcel. */
    shipment: Id,
    shippedAt: Instant,
    location: Code,
    currency: CurrencyCode,
    lines: Type.Array(closed({ ...Line, quantity: PositiveQuantityText }), { minItems: 1, maxItems: 1_000 }),
    /** What the order costs altogether, as the ERP was told last. */
    totalMinor: SafeInteger,
    /** What is invoiced. The parts of an order that goes whole sum to what it costs. */
    amountMinor: SafeInteger,
  }),
  reply: closed({
    /** What the ERP calls the invoice. */
    invoice: Text,
  }),
});

export type RecordSalesOrder = RequestOf<typeof recordSalesOrder>;
export type RecordedSalesOrder = ReplyOf<typeof recordSalesOrder>;
export type RequestInvoice = RequestOf<typeof requestInvoice>;
export type RequestedInvoice = ReplyOf<typeof requestInvoice>;
