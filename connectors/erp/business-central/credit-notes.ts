import type { PostCreditNote, PostedDocument } from '../../../schema/commands/journals.ts';
import { majorText, minorUnits } from '../../runtime/exact-decimal.ts';
import { UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import type { BookedDocument } from '../journal-ledger.ts';
import { API_ROOT, type BusinessCentralApi } from './business-central-api.ts';
import { noteNumberOf } from './journal-reference.ts';
import { CreditNoteRow } from './journal-rows.ts';
import { readRows } from './read-rows.ts';

const DRAFT = 'Draft';

/**
 * Credit notes as posted credit memos of amounts alone: the goods move by the hub's own entries. A draft moves no money, so one
 * that a lost answer has left behind is posted, and any other of the same number removed.
 */
export class CreditNotes {
  readonly #api: BusinessCentralApi;
  readonly #customerNumber: string;

  constructor(api: BusinessCentralApi, customerNumber: string) {
    this.#api = api;
    this.#customerNumber = customerNumber;
  }

  /** @param accounts the number of the account of each booking */
  async post(note: PostCreditNote, accounts: readonly string[]): Promise<PostedDocument> {
    let memos = await this.#memosOf(note.reference);
    if (memos.length === 0) {
      await this.#create(note, accounts);
      // Another attempt may have made one meanwhile: all of them take the same.
      memos = await this.#memosOf(note.reference);
    }
    const chosen = memos.find(({ status }) => status !== DRAFT) ?? memos[0];
    if (!chosen) throw new UpstreamUnavailable(this.#api.system, { words: `${note.reference} was not made.` });
    if (chosen.status === DRAFT) await this.#act(chosen);
    const strays = memos.filter(({ id, status }) => id !== chosen.id && status === DRAFT);
    for (const stray of strays) await this.#remove(stray);
    return { document: chosen.number };
  }

  async booked(reference: string): Promise<BookedDocument | undefined> {
    const posted = (await this.#memosOf(reference)).find(({ status }) => status !== DRAFT);
    if (!posted) return undefined;
    const { number: document, totalAmountIncludingTax: total, currencyCode } = posted;
    return { document, totalMinor: minorUnits(total, currencyCode, 'total') };
  }

  /** In the order in which they were made. */
  async #memosOf(reference: string): Promise<readonly CreditNoteRow[]> {
    const filter = `externalDocumentNumber eq '${noteNumberOf(reference)}'`;
    const asked = { resource: this.#api.resource('salesCreditMemos'), filter };
    const rows = await readRows(this.#api, asked, CreditNoteRow);
    return rows.toSorted(
      ({ number: left }, { number: right }) => left.length - right.length || (left < right ? -1 : 1),
    );
  }

  async #create(note: PostCreditNote, accounts: readonly string[]): Promise<void> {
    const { currency: currencyCode, text, reference, date: postingDate } = note;
    const salesCreditMemoLines = note.bookings.map(({ account, amountMinor }, index) => ({
      lineType: 'Account',
      lineObjectNumber: accounts[index],
      description: `${text}, ${account}`,
      quantity: 1,
      unitPrice: Number(majorText(amountMinor, currencyCode)),
    }));
    await this.#api.http.request({
      method: 'POST',
      path: `${API_ROOT}/${this.#api.resource('salesCreditMemos')}`,
      isIdempotent: false,
      json: {
        externalDocumentNumber: noteNumberOf(reference),
        customerNumber: this.#customerNumber,
        postingDate,
        currencyCode,
        salesCreditMemoLines,
      },
    });
  }

  async #act({ id }: CreditNoteRow): Promise<void> {
    const path = `${API_ROOT}/${this.#api.resource('salesCreditMemos')}(${id})/Microsoft.NAV.post`;
    await this.#api.http.request({ method: 'POST', path, isIdempotent: false, json: {} });
  }

  async #remove({ id, '@odata.etag': etag }: CreditNoteRow): Promise<void> {
    const path = `${API_ROOT}/${this.#api.resource('salesCreditMemos')}(${id})`;
    await this.#api.http.request({ method: 'DELETE', path, headers: { 'if-match': etag }, isIdempotent: true });
  }
}
