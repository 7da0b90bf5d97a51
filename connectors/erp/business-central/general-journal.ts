import type { PostedDocument, PostJournal } from '../../../schema/commands/journals.ts';
import { majorText, minorUnits } from '../../runtime/exact-decimal.ts';
import { parseAnswer } from '../../runtime/parse-answer.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { BookedDocument } from '../journal-ledger.ts';
import { API_ROOT, type BusinessCentralApi } from './business-central-api.ts';
import { documentNumberOf, journalCodeOf } from './journal-reference.ts';
import { JournalLineRow, JournalRow, LedgerEntryRow } from './journal-rows.ts';
import { readRows } from './read-rows.ts';

const LINE_STEP = 10_000;
const DESCRIPTION_LENGTH_MAX = 100;
/** The vendor's words for what is there already; its code does not come through. */
const SAME_KEY = 'already exists';

interface Making {
  readonly entry: PostJournal;
  /** The number of the account of each booking. */
  readonly accounts: readonly string[];
  /** Numbers of the lines that are there. */
  readonly ready: ReadonlySet<number>;
}

/**
 * Entries by way of a journal of their own each: what is made ready there has no effect before the whole journal is posted,
 * and posting empties it. Its code and the numbers of its lines are keys, so that none is made twice.
 */
export class GeneralJournal {
  readonly #api: BusinessCentralApi;
  readonly #currency: string;

  constructor(api: BusinessCentralApi, currency: string) {
    this.#api = api;
    this.#currency = currency;
  }

  /** @param accounts the number of the account of each booking */
  async post(entry: PostJournal, accounts: readonly string[]): Promise<PostedDocument> {
    const { reference } = entry;
    const journal = await this.#find(reference);
    // Before what is booked: a journal that is empty because it was posted must not be filled once more.
    const ready = journal ? await this.#linesOf(journal) : new Set<number>();
    const known = await this.booked(reference);
    if (known) {
      if (journal) await this.#remove(journal);
      return { document: known.document };
    }
    const own = journal ?? (await this.#create(reference));
    await this.#makeReady(own, { entry, accounts, ready });
    const posted = await this.#act(own, reference);
    await this.#remove(own);
    return { document: posted.document };
  }

  async booked(reference: string): Promise<BookedDocument | undefined> {
    const document = documentNumberOf(reference);
    const asked = { resource: this.#api.resource('generalLedgerEntries'), filter: `documentNumber eq '${document}'` };
    const rows: readonly LedgerEntryRow[] = await readRows(this.#api, asked, LedgerEntryRow);
    if (rows.length === 0) return undefined;
    const debits = rows.map((row) => debitOf(row, this.#currency));
    return { document, totalMinor: debits.reduce((sum, debit) => sum + debit, 0) };
  }

  async #find(reference: string): Promise<JournalRow | undefined> {
    const asked = { resource: this.#api.resource('journals'), filter: `code eq '${journalCodeOf(reference)}'` };
    const [journal] = await readRows(this.#api, asked, JournalRow);
    return journal;
  }

  async #create(reference: string): Promise<JournalRow> {
    const json = { code: journalCodeOf(reference), displayName: documentNumberOf(reference) };
    const path = `${API_ROOT}/${this.#api.resource('journals')}`;
    const { json: made } = await this.#make(path, json);
    return parseAnswer(this.#api.system, JournalRow, made);
  }

  async #linesOf({ id }: JournalRow): Promise<ReadonlySet<number>> {
    const resource = `${this.#api.resource('journals')}(${id})/journalLines`;
    const lines = await readRows(this.#api, { resource }, JournalLineRow);
    return new Set(lines.map(({ lineNumber }) => lineNumber));
  }

  /** Lines that an attempt before has made are left as they are. */
  async #makeReady({ id }: JournalRow, { entry, accounts, ready }: Making): Promise<void> {
    const path = `${API_ROOT}/${this.#api.resource('journals')}(${id})/journalLines`;
    for (const [index, { account, dimension, amountMinor }] of entry.bookings.entries()) {
      const lineNumber = (index + 1) * LINE_STEP;
      if (ready.has(lineNumber)) continue;
      const description = [entry.text, account, dimension].filter((part) => part !== undefined).join(', ');
      await this.#make(path, {
        lineNumber,
        accountNumber: accounts[index],
        postingDate: entry.date,
        documentNumber: documentNumberOf(entry.reference),
        // Journals name no currency where it is the company's own.
        ...(entry.currency !== this.#currency && { currencyCode: entry.currency }),
        amount: Number(majorText(amountMinor, entry.currency)),
        description: description.slice(0, DESCRIPTION_LENGTH_MAX),
      });
    }
  }

  /** What somebody else has made meanwhile is found by the next attempt. */
  async #make(path: string, json: object): Promise<{ readonly json: unknown }> {
    try {
      return await this.#api.http.request({ method: 'POST', path, isIdempotent: false, json });
    } catch (error) {
      if (!(error instanceof UpstreamRejected) || !error.message.includes(SAME_KEY)) throw error;
      throw new UpstreamUnavailable(this.#api.system, { words: error.message }, { cause: error });
    }
  }

  /** A journal that an attempt before has posted has nothing to post any more. */
  async #act({ id }: JournalRow, reference: string): Promise<BookedDocument> {
    const path = `${API_ROOT}/${this.#api.resource('journals')}(${id})/Microsoft.NAV.post`;
    let refusal: unknown;
    try {
      await this.#api.http.request({ method: 'POST', path, isIdempotent: false, json: {} });
    } catch (error) {
      if (!(error instanceof UpstreamRejected)) throw error;
      refusal = error;
    }
    const posted = await this.booked(reference);
    if (posted) return posted;
    throw refusal ?? new UpstreamUnavailable(this.#api.system, { words: `${reference} was not posted.` });
  }

  async #remove({ id }: JournalRow): Promise<void> {
    const path = `${API_ROOT}/${this.#api.resource('journals')}(${id})`;
    await this.#api.http.request({ method: 'DELETE', path, headers: { 'if-match': '*' }, isIdempotent: true });
  }
}

/** As it was posted, in whatever currency that was. */
function debitOf({ debitAmount, sourceCurrencyCode, sourceCurrencyAmount }: LedgerEntryRow, currency: string): number {
  if (!sourceCurrencyCode || sourceCurrencyAmount === undefined) return minorUnits(debitAmount, currency, 'debit');
  return Math.max(0, minorUnits(sourceCurrencyAmount, sourceCurrencyCode, 'source amount'));
}
