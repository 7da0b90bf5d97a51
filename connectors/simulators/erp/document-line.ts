import { HttpFailure } from '../runtime/http-failure.ts';
import { numberOf, optionalTextOf, textOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import { extendPrice } from '../runtime/decimal.ts';
import type { ErpCompany } from './erp-company.ts';

/** What no line of a document can be without. */
const NO_AMOUNT = { quantity: 0, unitPrice: 0, amountIncludingTax: 0 };
const QUANTITY_SCALE = 10_000;

/** A line of an order or a credit memo; less than nothing of an item comes back with an order. */
export function documentLine(company: ErpCompany, line: JsonObject, index: number): JsonObject {
  const lineType = optionalTextOf(line, 'lineType') ?? 'Item';
  const head = { sequence: (index + 1) * 10_000, lineType };
  switch (lineType) {
    case 'Comment':
      return { ...head, ...NO_AMOUNT, description: textOf(line, 'description') };
    case 'Account': {
      const account = { lineObjectNumber: textOf(line, 'lineObjectNumber'), description: textOf(line, 'description') };
      return { ...head, ...account, ...amountOf(line, numberOf(line, 'unitPrice')) };
    }
    case 'Item':
      return { ...head, ...itemOf(company, line) };
    default:
      throw invalid(`The line type ${lineType} is not supported.`);
  }
}

export function totalOf(lines: readonly JsonObject[]): number {
  const minor = lines.reduce((total, line) => total + Math.round(Number(line['amountIncludingTax']) * 100), 0);
  return minor / 100;
}

function itemOf(company: ErpCompany, line: JsonObject): JsonObject {
  const lineObjectNumber = textOf(line, 'lineObjectNumber');
  const item = company.rowByKey('items', lineObjectNumber);
  if (item === undefined) throw invalid(`The item ${lineObjectNumber} does not exist.`);
  if (item['blocked'] === true) throw invalid(`The item ${lineObjectNumber} is blocked.`);
  const unitPrice = line['unitPrice'] === undefined ? Number(item['unitPrice']) : numberOf(line, 'unitPrice');
  return {
    lineObjectNumber,
    description: optionalTextOf(line, 'description') ?? item['displayName'],
    description2: optionalTextOf(line, 'description2') ?? '',
    unitOfMeasureCode: item['baseUnitOfMeasureCode'],
    locationCode: optionalTextOf(line, 'locationCode') ?? '',
    ...amountOf(line, unitPrice),
  };
}

/** Amounts have two decimals, rounded half away from zero. */
function amountOf(line: JsonObject, unitPrice: number): JsonObject {
  const quantity = numberOf(line, 'quantity');
  if (quantity === 0) throw invalid('The quantity must not be zero.');
  return { quantity, unitPrice, amountIncludingTax: lineAmount(unitPrice, quantity) };
}

/** In major units. */
export function lineAmount(unitPrice: number, quantity: number): number {
  return extendPrice(Math.round(unitPrice * 100), Math.round(quantity * QUANTITY_SCALE)) / 100;
}

function invalid(message: string): HttpFailure {
  return new HttpFailure(400, 'Application_DialogException', message);
}
