import type { AccountRole, PostCreditNote, PostedDocument, PostJournal } from '../../../schema/commands/journals.ts';
import { accountOf, assertAddsUp, assertBalanced } from '../assert-books.ts';
import type { AccountsByRole, BookedDocument, JournalLedger, UnitCosts } from '../journal-ledger.ts';
import { scaledCost } from '../scaled-cost.ts';
import { isOneOf, type BusinessCentralApi } from './business-central-api.ts';
import { CreditNotes } from './credit-notes.ts';
import { GeneralJournal } from './general-journal.ts';
import { CostRow } from './journal-rows.ts';
import { readRows } from './read-rows.ts';

/** How returns are posted. */
export interface BusinessCentralBooksOptions {
  /** The customer for whom credit notes are made out. */
  readonly customerNumber: string;
  /** By role the number of the G/L account. A posting that needs one that is not named is refused. */
  readonly accounts: AccountsByRole<string>;
  /** False: Business Central values goods by stock movements of its own. Default: true. */
  readonly takesValuation?: boolean;
}

interface BooksParts {
  readonly options: BusinessCentralBooksOptions;
  /** In which the company keeps its books. */
  readonly currency: string;
}

/** The books of one company: entries by way of journals, credit notes as posted credit memos. */
export class BusinessCentralBooks implements JournalLedger {
  readonly takesValuation: boolean;
  readonly #api: BusinessCentralApi;
  readonly #parts: BooksParts;
  readonly #journal: GeneralJournal;
  readonly #notes: CreditNotes;

  constructor(api: BusinessCentralApi, parts: BooksParts) {
    this.#api = api;
    this.#parts = parts;
    this.takesValuation = parts.options.takesValuation ?? true;
    this.#journal = new GeneralJournal(api, parts.currency);
    this.#notes = new CreditNotes(api, parts.options.customerNumber);
  }

  async unitCosts(skus: readonly string[]): Promise<UnitCosts> {
    const { currency } = this.#parts;
    if (skus.length === 0) return { currency, costs: new Map() };
    const asked = { resource: this.#api.resource('items'), filter: isOneOf('number', skus) };
    const rows = await readRows(this.#api, asked, CostRow);
    return { currency, costs: new Map(rows.map(({ number, unitCost }) => [number, scaledCost(unitCost, currency)])) };
  }

  async postJournal(entry: PostJournal): Promise<PostedDocument> {
    assertBalanced(entry);
    const accounts = entry.bookings.map(({ account }) => this.#accountOf(account));
    return this.#journal.post(entry, accounts);
  }

  async postCreditNote(note: PostCreditNote): Promise<PostedDocument> {
    assertAddsUp(note);
    const accounts = note.bookings.map(({ account }) => this.#accountOf(account));
    return this.#notes.post(note, accounts);
  }

  booked(kind: 'JOURNAL' | 'CREDIT_NOTE', reference: string): Promise<BookedDocument | undefined> {
    return kind === 'JOURNAL' ? this.#journal.booked(reference) : this.#notes.booked(reference);
  }

  #accountOf(role: AccountRole): string {
    return accountOf(this.#api.system, this.#parts.options.accounts, role);
  }
}
