import { HttpFailure } from '../runtime/http-failure.ts';
import { listOf, numberOf, objectOf, optionalTextOf, textOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import type { EntityRow, ErpCompany } from './erp-company.ts';

const LINES_MAX = 500;

/**
 * Creates an order, as this ERP does: a second one with the same external document number is a second order, because
 * the number is no key. Callers look before they create.
 */
export function createSalesOrder(company: ErpCompany, body: JsonObject): EntityRow {
  const customerNumber = textOf(body, 'customerNumber');
  const customer = company.rowByKey('customers', customerNumber);
  if (customer === undefined) throw invalid(`The customer ${customerNumber} does not exist.`);
  const lines = listOf(body, 'salesOrderLines', LINES_MAX).map((line, index) =>
    orderLine(company, objectOf(line, 'salesOrderLines'), index),
  );
  const number = company.nextNumber('SO');
  return company.upsert('salesOrders', number, {
    number,
    externalDocumentNumber: textOf(body, 'externalDocumentNumber'),
    orderDate: optionalTextOf(body, 'orderDate') ?? company.core.nowIso().slice(0, 10),
    customerNumber,
    customerName: String(customer['displayName']),
    currencyCode: optionalTextOf(body, 'currencyCode') ?? String(customer['currencyCode']),
    pricesIncludeTax: true,
    status: 'Open',
    fullyShipped: false,
    fullyInvoiced: false,
    totalAmountIncludingTax: totalOf(lines.map(({ line }) => line)),
    salesOrderLines: lines.map(({ line }) => line),
  });
}

/** Posts the shipment of everything that is not shipped yet. */
export function shipSalesOrder(company: ErpCompany, id: string): EntityRow {
  const order = company.row('salesOrders', id);
  if (order['fullyShipped'] === true) throw invalid(`There is nothing to post for order ${String(order['number'])}.`);
  const salesOrderLines = linesOf(order).map((line) => ({ ...line, shippedQuantity: line['quantity'] }));
  return company.update('salesOrders', id, { fields: { fullyShipped: true, salesOrderLines } });
}

/** Posts the invoice. @throws {HttpFailure} 400 unless all is shipped and nothing is invoiced. */
export function invoiceSalesOrder(company: ErpCompany, id: string): EntityRow {
  const order = company.row('salesOrders', id);
  if (order['fullyShipped'] !== true) throw invalid(`Order ${String(order['number'])} has not been shipped.`);
  if (order['fullyInvoiced'] === true) throw invalid(`There is nothing to post for order ${String(order['number'])}.`);
  company.update('salesOrders', id, {
    fields: {
      fullyInvoiced: true,
      salesOrderLines: linesOf(order).map((line) => ({ ...line, invoicedQuantity: line['quantity'] })),
    },
  });
  const number = company.nextNumber('SI');
  return company.upsert('salesInvoices', number, {
    number,
    externalDocumentNumber: order['externalDocumentNumber'],
    orderId: order.id,
    orderNumber: order['number'],
    invoiceDate: company.core.nowIso().slice(0, 10),
    customerNumber: order['customerNumber'],
    currencyCode: order['currencyCode'],
    totalAmountIncludingTax: order['totalAmountIncludingTax'],
    status: 'Open',
    salesInvoiceLines: linesOf(order).map((line) => ({
      sequence: line['sequence'],
      lineObjectNumber: line['lineObjectNumber'],
      quantity: line['quantity'],
      unitPrice: line['unitPrice'],
    })),
  });
}

function orderLine(company: ErpCompany, line: JsonObject, index: number): { readonly line: JsonObject } {
  const itemNumber = textOf(line, 'lineObjectNumber');
  const item = company.rowByKey('items', itemNumber);
  if (item === undefined) throw invalid(`The item ${itemNumber} does not exist.`);
  if (item['blocked'] === true) throw invalid(`The item ${itemNumber} is blocked.`);
  const quantity = numberOf(line, 'quantity');
  if (quantity <= 0) throw invalid('The quantity must be positive.');
  const unitPrice = line['unitPrice'] === undefined ? Number(item['unitPrice']) : numberOf(line, 'unitPrice');
  return {
    line: {
      sequence: (index + 1) * 10_000,
      lineType: 'Item',
      lineObjectNumber: itemNumber,
      description: item['displayName'],
      unitOfMeasureCode: item['baseUnitOfMeasureCode'],
      locationCode: optionalTextOf(line, 'locationCode') ?? '',
      quantity,
      unitPrice,
      amountIncludingTax: Math.round(quantity * unitPrice * 100) / 100,
      shippedQuantity: 0,
      invoicedQuantity: 0,
    },
  };
}

function totalOf(lines: readonly JsonObject[]): number {
  const minor = lines.reduce((total, line) => total + Math.round(Number(line['amountIncludingTax']) * 100), 0);
  return minor / 100;
}

function linesOf(order: EntityRow): readonly JsonObject[] {
  return order['salesOrderLines'] as readonly JsonObject[];
}

function invalid(message: string): HttpFailure {
  return new HttpFailure(400, 'Application_DialogException', message);
}
