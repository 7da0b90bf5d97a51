import { listOf, objectOf, optionalTextOf, textOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import { totalOf } from './document-line.ts';
import type { EntityRow, ErpCompany } from './erp-company.ts';
import { invalid } from './invalid.ts';
import { invoicedLines, isFull, linesOfOrder, orderLine, shippedLines } from './order-lines.ts';

export const LINES_MAX = 500;

/**
 * Creates an order, as this ERP does: a second one with the same external document number is a second order, because
 * the number is no key. Callers look before they create.
 */
export function createSalesOrder(company: ErpCompany, body: JsonObject): EntityRow {
  const { customerNumber, customerName, currencyCode } = customerOf(company, body);
  const salesOrderLines = listOf(body, 'salesOrderLines', LINES_MAX).map((line, index) =>
    orderLine(company, objectOf(line, 'salesOrderLines'), index),
  );
  const sequences = new Set(salesOrderLines.map((line) => line['sequence']));
  if (sequences.size < salesOrderLines.length) throw invalid('Two lines have the same sequence.');
  const number = company.nextNumber('SO');
  return company.upsert('salesOrders', number, {
    number,
    externalDocumentNumber: textOf(body, 'externalDocumentNumber'),
    orderDate: optionalTextOf(body, 'orderDate') ?? company.core.nowIso().slice(0, 10),
    postingDate: optionalTextOf(body, 'postingDate') ?? company.core.nowIso().slice(0, 10),
    customerNumber,
    customerName,
    currencyCode,
    pricesIncludeTax: true,
    status: 'Open',
    fullyShipped: false,
    fullyInvoiced: false,
    totalAmountIncludingTax: totalOf(salesOrderLines),
    salesOrderLines,
  });
}

/** Posts the shipment of what is to be shipped. */
export function shipSalesOrder(company: ErpCompany, id: string): EntityRow {
  const order = company.row('salesOrders', id);
  const salesOrderLines = shippedLines(linesOfOrder(order));
  if (!salesOrderLines) throw invalid(`There is nothing to post for order ${String(order['number'])}.`);
  const fullyShipped = isFull(salesOrderLines, 'shippedQuantity');
  return company.update('salesOrders', id, { fields: { fullyShipped, salesOrderLines } });
}

/** Posts the invoice of what is to be invoiced. @throws {HttpFailure} 400 unless it was shipped and is not invoiced. */
export function invoiceSalesOrder(company: ErpCompany, id: string): EntityRow {
  const order = company.row('salesOrders', id);
  const posted = invoicedLines(linesOfOrder(order));
  if (order['fullyInvoiced'] === true) throw invalid(`There is nothing to post for order ${String(order['number'])}.`);
  if (!posted) throw invalid(`Order ${String(order['number'])} has not been shipped.`);
  const { lines: salesOrderLines, invoiced } = posted;
  const totalAmountIncludingTax = totalOf(invoiced);
  if (totalAmountIncludingTax < 0) throw invalid('The total amount for the invoice must be 0 or greater.');
  const fullyInvoiced = isFull(salesOrderLines, 'invoicedQuantity');
  company.update('salesOrders', id, { fields: { fullyInvoiced, salesOrderLines } });
  const number = company.nextNumber('SI');
  return company.upsert('salesInvoices', number, {
    number,
    externalDocumentNumber: order['externalDocumentNumber'],
    orderId: order.id,
    orderNumber: order['number'],
    invoiceDate: order['postingDate'],
    postingDate: order['postingDate'],
    customerNumber: order['customerNumber'],
    currencyCode: order['currencyCode'],
    totalAmountIncludingTax,
    status: 'Open',
    salesInvoiceLines: invoiced,
  });
}

/** @throws {HttpFailure} 400 for a customer that does not exist. */
export function customerOf(
  company: ErpCompany,
  body: JsonObject,
): { readonly customerNumber: string; readonly customerName: string; readonly currencyCode: string } {
  const customerNumber = textOf(body, 'customerNumber');
  const customer = company.rowByKey('customers', customerNumber);
  if (customer === undefined) throw invalid(`The customer ${customerNumber} does not exist.`);
  const currencyCode = optionalTextOf(body, 'currencyCode') ?? String(customer['currencyCode']);
  return { customerNumber, customerName: String(customer['displayName']), currencyCode };
}
