import { HttpFailure } from '../runtime/http-failure.ts';
import { numberOf, optionalTextOf, textOf } from '../runtime/json-fields.ts';
import type { JsonObject } from '../runtime/json-fields.ts';
import type { EntityRow, ErpCompany } from './erp-company.ts';
import { invalid } from './invalid.ts';
import { assertOpen } from './posting-dates.ts';

const CODE_LENGTH_MAX = 10;
const DOCUMENT_NUMBER_LENGTH_MAX = 20;
/** What one of another currency is in the company's own. */
const RATES: Readonly<Record<string, number>> = { EUR: 0.86, USD: 0.79 };

/** Creates a batch of journal lines. Its code is a key: another one of the same code is refused. */
export function createJournal(company: ErpCompany, body: JsonObject): EntityRow {
  const code = textOf(body, 'code');
  if (code.length > CODE_LENGTH_MAX) throw invalid(`The code ${code} is longer than ${CODE_LENGTH_MAX} characters.`);
  if (journalOfCode(company, code) !== undefined) throw exists('journal', code);
  return company.upsert('journals', code, { code, displayName: optionalTextOf(body, 'displayName') ?? code });
}

/** Creates a line. Its number is a key within its journal. */
export function createJournalLine(company: ErpCompany, journalId: string, body: JsonObject): EntityRow {
  const journal = company.row('journals', journalId);
  const lineNumber = numberOf(body, 'lineNumber');
  const key = lineKey(journalId, lineNumber);
  if (linesOf(company, journalId).some((line) => line['lineNumber'] === lineNumber)) throw exists('line', key);
  const accountNumber = textOf(body, 'accountNumber');
  const account = company.rowByKey('accounts', accountNumber);
  if (account === undefined) throw invalid(`The G/L account ${accountNumber} does not exist.`);
  const documentNumber = textOf(body, 'documentNumber');
  if (documentNumber.length > DOCUMENT_NUMBER_LENGTH_MAX) throw invalid('The document number is too long.');
  return company.upsert('journalLines', key, {
    journalId,
    journalDisplayName: journal['displayName'],
    lineNumber,
    accountType: 'G/L Account',
    accountId: account.id,
    accountNumber,
    postingDate: textOf(body, 'postingDate'),
    documentNumber,
    externalDocumentNumber: optionalTextOf(body, 'externalDocumentNumber') ?? '',
    currencyCode: currencyOf(body),
    amount: numberOf(body, 'amount'),
    description: optionalTextOf(body, 'description') ?? account['displayName'],
  });
}

/** Posts all lines of a journal and empties it. @throws {HttpFailure} 400 unless there are some, and they balance. */
export function postJournal(company: ErpCompany, journalId: string): void {
  const journal = company.row('journals', journalId);
  const lines = linesOf(company, journalId);
  if (lines.length === 0) throw invalid(`There is nothing to post in the journal ${String(journal['code'])}.`);
  const totals = new Map<string, number>();
  for (const line of lines) {
    assertOpen(company, String(line['postingDate']));
    const document = `${String(line['documentNumber'])} ${String(line['currencyCode'])}`.trim();
    totals.set(document, (totals.get(document) ?? 0) + minorOf(line));
  }
  for (const [document, total] of totals) {
    if (total !== 0) throw invalid(`The document ${document} is out of balance by ${total / 100}.`);
  }
  for (const line of lines) {
    enter(company, line);
    company.remove('journalLines', line.id, '*');
  }
}

/** Deletes a journal with the lines that it still has. */
export function removeJournal(company: ErpCompany, journalId: string, ifMatch: string): void {
  company.remove('journals', journalId, ifMatch);
  for (const line of linesOf(company, journalId)) company.remove('journalLines', line.id, '*');
}

export function linesOf(company: ErpCompany, journalId: string): readonly EntityRow[] {
  return company.rows('journalLines').filter((line) => line['journalId'] === journalId);
}

function enter(company: ErpCompany, line: EntityRow): void {
  const { postingDate, documentNumber, accountId, accountNumber, description } = line;
  const sourceCurrencyCode = String(line['currencyCode']);
  const amount = Math.round(minorOf(line) * rateOf(sourceCurrencyCode));
  const entryNumber = company.rows('generalLedgerEntries').length + 1;
  company.upsert('generalLedgerEntries', String(entryNumber), {
    entryNumber,
    postingDate,
    documentNumber,
    documentType: ' ',
    accountId,
    accountNumber,
    description,
    debitAmount: Math.max(0, amount) / 100,
    creditAmount: Math.max(0, -amount) / 100,
    sourceCurrencyCode,
    sourceCurrencyAmount: sourceCurrencyCode === '' ? 0 : minorOf(line) / 100,
  });
}

/** Empty: the company's own. */
function currencyOf(body: JsonObject): string {
  const currencyCode = optionalTextOf(body, 'currencyCode') ?? '';
  rateOf(currencyCode);
  return currencyCode;
}

function rateOf(currencyCode: string): number {
  const rate = currencyCode === '' ? 1 : RATES[currencyCode];
  if (rate === undefined) throw invalid(`The currency ${currencyCode} does not exist.`);
  return rate;
}

function journalOfCode(company: ErpCompany, code: string): EntityRow | undefined {
  return company.rows('journals').find((journal) => journal['code'] === code);
}

const lineKey = (journalId: string, lineNumber: number): string => `${journalId}\n${lineNumber}`;

const minorOf = (line: EntityRow): number => Math.round(Number(line['amount']) * 100);

function exists(kind: string, key: string): HttpFailure {
  return new HttpFailure(400, 'Internal_EntityWithSameKeyExists', `The ${kind} ${key.trim()} already exists.`);
}
