import { HttpFailure } from '../runtime/http-failure.ts';
import { numberOf, type JsonObject } from '../runtime/json-fields.ts';
import { documentLine, lineAmount, totalOf } from './document-line.ts';
import type { EntityRow, ErpCompany } from './erp-company.ts';
import { invalid } from './invalid.ts';

const QUANTITY_SCALE = 10_000;

/** A line of an order: what of it is to be shipped and invoiced next is everything, until somebody says otherwise. */
export function orderLine(company: ErpCompany, line: JsonObject, index: number): JsonObject {
  const made = documentLine(company, line, index);
  const quantity = made['quantity'];
  return {
    id: company.core.ids.uuid(),
    ...made,
    ...(line['sequence'] !== undefined && { sequence: numberOf(line, 'sequence') }),
    shippedQuantity: 0,
    invoicedQuantity: 0,
    shipQuantity: quantity,
    invoiceQuantity: quantity,
  };
}

/** Adds a line at the end, or where it says. */
export function addOrderLine(company: ErpCompany, order: string, body: JsonObject): JsonObject {
  const row = company.row('salesOrders', order);
  const last = linesOfOrder(row).reduce((max, line) => Math.max(max, Number(line['sequence'])), 0);
  const sequence = body['sequence'] === undefined ? last + 10_000 : numberOf(body, 'sequence');
  if (linesOfOrder(row).some((line) => line['sequence'] === sequence)) {
    throw invalid(`The line ${sequence} already exists.`);
  }
  const line = { ...orderLine(company, body, 0), sequence };
  saveLines(company, order, [...linesOfOrder(row), line].toSorted(bySequence));
  return line;
}

/** The fields of a line that a client may change. */
const CHANGEABLE = ['description', 'description2', 'quantity', 'unitPrice', 'shipQuantity', 'invoiceQuantity'];

/** Of texts on lines. */
const DESCRIPTION_MAX = 100;
const DESCRIPTION2_MAX = 50;

/** @throws {HttpFailure} 404; 412; 400 for less than was shipped, or for more to be posted than is left */
export function changeOrderLine(
  company: ErpCompany,
  id: string,
  { body, ifMatch }: { readonly body: JsonObject; readonly ifMatch: string },
): JsonObject {
  const order = orderOfLine(company, id, ifMatch);
  const foreign = Object.keys(body).find((field) => !CHANGEABLE.includes(field));
  if (foreign !== undefined) throw new HttpFailure(400, 'BadRequest', `The property '${foreign}' cannot be changed.`);
  const lines = linesOfOrder(order).map((line) => (line['id'] === id ? changed(line, body) : line));
  saveLines(company, order.id, lines);
  return lines.find((line) => line['id'] === id) ?? {};
}

/** @throws {HttpFailure} 404; 412; 400 for a line of which something was shipped */
export function removeOrderLine(company: ErpCompany, id: string, ifMatch: string): void {
  const order = orderOfLine(company, id, ifMatch);
  const line = linesOfOrder(order).find((each) => each['id'] === id);
  if (Number(line?.['shippedQuantity']) !== 0)
    throw invalid('You cannot delete a line of which something was shipped.');
  saveLines(
    company,
    order.id,
    linesOfOrder(order).filter((each) => each['id'] !== id),
  );
}

function orderOfLine(company: ErpCompany, id: string, ifMatch: string): EntityRow {
  const order = company.rows('salesOrders').find((row) => linesOfOrder(row).some((line) => line['id'] === id));
  if (!order)
    throw new HttpFailure(404, 'BadRequest_ResourceNotFound', `No salesOrderLines record with id ${id} exists.`);
  if (ifMatch !== '*' && ifMatch !== order['@odata.etag']) {
    throw new HttpFailure(412, 'Request_EntityChanged', 'Another user has already changed the record.');
  }
  return order;
}

function textsOf(line: JsonObject, body: JsonObject): JsonObject {
  const { description = line['description'], description2 = line['description2'] ?? '' } = body;
  if (typeof description !== 'string' || typeof description2 !== 'string') throw invalid('A description is a text.');
  if (description.length > DESCRIPTION_MAX || description2.length > DESCRIPTION2_MAX) {
    throw invalid('A description is too long.');
  }
  return { description, description2 };
}

function changed(line: JsonObject, body: JsonObject): JsonObject {
  const valueOf = (field: string): number => (body[field] === undefined ? Number(line[field]) : numberOf(body, field));
  const quantity = valueOf('quantity');
  const [shipped, invoiced] = [Number(line['shippedQuantity']), Number(line['invoicedQuantity'])];
  if (quantity < shipped) throw invalid(`Quantity must not be less than ${shipped}, which was shipped.`);
  const isResized = body['quantity'] !== undefined;
  const shipQuantity = isResized && body['shipQuantity'] === undefined ? quantity - shipped : valueOf('shipQuantity');
  const invoiceQuantity =
    isResized && body['invoiceQuantity'] === undefined ? quantity - invoiced : valueOf('invoiceQuantity');
  if (shipQuantity > quantity - shipped) throw invalid('You cannot ship more than is left.');
  if (invoiceQuantity > quantity - invoiced) throw invalid('You cannot invoice more than is left.');
  const unitPrice = valueOf('unitPrice');
  const amountIncludingTax = lineAmount(unitPrice, quantity);
  return { ...line, ...textsOf(line, body), quantity, unitPrice, shipQuantity, invoiceQuantity, amountIncludingTax };
}

/** What a posting does to the lines; undefined when there is nothing to post. */
export function shippedLines(lines: readonly JsonObject[]): readonly JsonObject[] | undefined {
  if (lines.every((line) => Number(line['shipQuantity']) === 0)) return undefined;
  return lines.map((line) => {
    const shippedQuantity = sum(line['shippedQuantity'], line['shipQuantity']);
    return { ...line, shippedQuantity, shipQuantity: difference(line['quantity'], shippedQuantity) };
  });
}

export interface InvoicedLines {
  /** The lines of the order afterwards. */
  readonly lines: readonly JsonObject[];
  /** Those of the invoice. */
  readonly invoiced: readonly JsonObject[];
}

/** Invoices what is to be, as far as it was shipped; undefined when there is nothing. Texts go with the first invoice. */
export function invoicedLines(lines: readonly JsonObject[]): InvoicedLines | undefined {
  const isFirst = lines.every((line) => Number(line['invoicedQuantity']) === 0);
  const counts = lines.map((line) => {
    const left = difference(line['shippedQuantity'], line['invoicedQuantity']);
    const asked = Number(line['invoiceQuantity']);
    return Math.abs(asked) < Math.abs(left) ? asked : left;
  });
  if (counts.every((count) => count === 0)) return undefined;
  return {
    lines: lines.map((line, index) => {
      const invoicedQuantity = sum(line['invoicedQuantity'], counts[index]);
      return { ...line, invoicedQuantity, invoiceQuantity: difference(line['quantity'], invoicedQuantity) };
    }),
    invoiced: lines.flatMap((line, index) => {
      const quantity = counts[index] ?? 0;
      if (quantity === 0 && !(isFirst && line['lineType'] === 'Comment')) return [];
      return [{ ...onInvoice(line), quantity, amountIncludingTax: lineAmount(Number(line['unitPrice']), quantity) }];
    }),
  };
}

const OF_ORDERS = new Set(['id', 'shippedQuantity', 'invoicedQuantity', 'shipQuantity', 'invoiceQuantity']);

const onInvoice = (line: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(line).filter(([field]) => !OF_ORDERS.has(field)));

/** Whether of every line as much was done as was ordered. */
export const isFull = (lines: readonly JsonObject[], field: 'shippedQuantity' | 'invoicedQuantity'): boolean =>
  lines.every((line) => line[field] === line['quantity']);

export function linesOfOrder(order: EntityRow): readonly JsonObject[] {
  return order['salesOrderLines'] as readonly JsonObject[];
}

function saveLines(company: ErpCompany, order: string, salesOrderLines: readonly JsonObject[]): void {
  company.update('salesOrders', order, {
    fields: { salesOrderLines, totalAmountIncludingTax: totalOf(salesOrderLines) },
  });
}

const sum = (a: unknown, b: unknown): number => Math.round((Number(a) + Number(b)) * QUANTITY_SCALE) / QUANTITY_SCALE;

const difference = (a: unknown, b: unknown): number => sum(a, -Number(b));

const bySequence = (a: JsonObject, b: JsonObject): number => Number(a['sequence']) - Number(b['sequence']);
