import { listOf, objectOf, optionalTextOf, textOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import { documentLine, totalOf } from './document-line.ts';
import type { EntityRow, ErpCompany } from './erp-company.ts';
import { invalid } from './invalid.ts';
import { assertOpen } from './posting-dates.ts';
import { customerOf, LINES_MAX } from './sales-documents.ts';

/** Creates a draft; as with orders, the external document number is no key. */
export function createCreditMemo(company: ErpCompany, body: JsonObject): EntityRow {
  const { customerNumber, customerName, currencyCode } = customerOf(company, body);
  const salesCreditMemoLines = listOf(body, 'salesCreditMemoLines', LINES_MAX).map((line, index) =>
    documentLine(company, objectOf(line, 'salesCreditMemoLines'), index),
  );
  const number = company.nextNumber('SCM');
  return company.upsert('salesCreditMemos', number, {
    number,
    externalDocumentNumber: textOf(body, 'externalDocumentNumber'),
    creditMemoDate: optionalTextOf(body, 'postingDate') ?? company.core.nowIso().slice(0, 10),
    postingDate: optionalTextOf(body, 'postingDate') ?? company.core.nowIso().slice(0, 10),
    customerNumber,
    customerName,
    currencyCode,
    pricesIncludeTax: true,
    status: 'Draft',
    totalAmountIncludingTax: totalOf(salesCreditMemoLines),
    salesCreditMemoLines,
  });
}

/** Posts it. @throws {HttpFailure} 400 for one that is posted, or that gives nothing back. */
export function postCreditMemo(company: ErpCompany, id: string): EntityRow {
  const memo = company.row('salesCreditMemos', id);
  if (memo['status'] !== 'Draft') throw invalid(`The credit memo ${String(memo['number'])} is posted already.`);
  assertOpen(company, String(memo['postingDate']));
  if (Number(memo['totalAmountIncludingTax']) < 0) throw invalid('The total amount must be 0 or greater.');
  return company.update('salesCreditMemos', id, { fields: { status: 'Open' } });
}
