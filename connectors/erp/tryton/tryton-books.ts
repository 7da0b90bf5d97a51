import { Type } from '@sinclair/typebox';
import type { AccountRole, PostCreditNote, PostedDocument, PostJournal } from '../../../schema/commands/journals.ts';
import { accountOf, assertAddsUp, assertBalanced } from '../assert-books.ts';
import type { AccountsByRole, BookedDocument, JournalLedger, UnitCosts } from '../journal-ledger.ts';
import { scaledCost } from '../scaled-cost.ts';
import type { RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { UpstreamRejected } from '../../runtime/upstream-errors.ts';
import { TrytonCreditNotes } from './tryton-credit-notes.ts';
import { TrytonMoves } from './tryton-moves.ts';

export interface TrytonBooksOptions {
  /** The party for whom credit notes are made out. */
  readonly customer: RecordId;
  /** Of the entries that are no credit notes, such as the one for miscellaneous operations. */
  readonly journal: RecordId;
  /** Of credit notes, such as the one for revenue. */
  readonly creditNoteJournal: RecordId;
  /** By role the account. A posting that needs one that is not named is refused. */
  readonly accounts: AccountsByRole<RecordId>;
  /** False: Tryton values goods by stock movements of its own. Default: true. */
  readonly takesValuation?: boolean;
}

interface BooksParts {
  readonly options: TrytonBooksOptions;
  /** In which the company keeps its books. */
  readonly currency: string;
}

const CostRow = Type.Object({ code: Type.String(), cost_price: Type.Union([Type.String(), Type.Null()]) });

/** The books of one company of a Tryton: entries as account moves, credit notes as invoices of less than nothing. */
export class TrytonBooks implements JournalLedger {
  readonly takesValuation: boolean;
  readonly #api: TrytonApi;
  readonly #parts: BooksParts;
  readonly #moves: TrytonMoves;
  readonly #notes: TrytonCreditNotes;

  constructor(api: TrytonApi, parts: BooksParts) {
    const { options } = parts;
    this.#api = api;
    this.#parts = parts;
    this.takesValuation = options.takesValuation ?? true;
    this.#moves = new TrytonMoves(api, { ...options, ...parts });
    this.#notes = new TrytonCreditNotes(api, { customer: options.customer, journal: options.creditNoteJournal });
  }

  async unitCosts(skus: readonly string[]): Promise<UnitCosts> {
    const { currency } = this.#parts;
    if (skus.length === 0) return { currency, costs: new Map() };
    const asked = { domain: [['code', 'in', [...skus]]], fields: ['code', 'cost_price'] };
    const rows = await this.#api.search('product.product', asked, CostRow);
    const costs = new Map<string, number>();
    for (const { code, cost_price: cost } of rows) if (cost !== null) costs.set(code, scaledCost(cost, currency));
    return { currency, costs };
  }

  async postJournal(entry: PostJournal): Promise<PostedDocument> {
    assertBalanced(entry);
    const { currency } = this.#parts;
    if (entry.currency !== currency) {
      const words = `The books are kept in ${currency}, not in ${entry.currency}.`;
      throw new UpstreamRejected(this.#api.system, { status: 422, words });
    }
    return this.#moves.post(entry, this.#accountsOf(entry.bookings));
  }

  async postCreditNote(note: PostCreditNote): Promise<PostedDocument> {
    assertAddsUp(note);
    const [receivable = 0] = this.#accountsOf([{ account: 'CUSTOMER_LIABILITY' }]);
    return this.#notes.post(note, { receivable, ofBookings: this.#accountsOf(note.bookings) });
  }

  booked(kind: 'JOURNAL' | 'CREDIT_NOTE', reference: string): Promise<BookedDocument | undefined> {
    const { currency } = this.#parts;
    return kind === 'JOURNAL' ? this.#moves.booked(reference) : this.#notes.booked(reference, currency);
  }

  #accountsOf(bookings: readonly { readonly account: AccountRole }[]): readonly RecordId[] {
    const { accounts } = this.#parts.options;
    return bookings.map(({ account }) => accountOf(this.#api.system, accounts, account));
  }
}
