import { parseAs } from '../../kernel/model/json-schema.ts';
import {
  recordSalesOrder,
  requestInvoice,
  type RecordSalesOrder,
  type RequestInvoice,
} from '../../schema/commands/outbound-sales-orders.ts';
import type { CommandHandlers } from '../runtime/command-handler.ts';
import type { SalesOrderBook } from './sales-order-book.ts';

/** What an ERP does with orders when its queue says so. The book knows a repetition by the order and the parcel. */
export function salesOrderHandlers(orders: SalesOrderBook): CommandHandlers {
  return {
    [recordSalesOrder.name]: {
      perform: (payload) =>
        orders.record(parseAs<RecordSalesOrder>(recordSalesOrder.request, payload, recordSalesOrder.name)),
    },
    [requestInvoice.name]: {
      perform: (payload) =>
        orders.invoice(parseAs<RequestInvoice>(requestInvoice.request, payload, requestInvoice.name)),
    },
  };
}
