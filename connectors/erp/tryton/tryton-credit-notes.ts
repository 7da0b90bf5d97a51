import { Type, type Static } from '@sinclair/typebox';
import type { PostCreditNote, PostedDocument } from '../../../schema/commands/journals.ts';
import { majorText, minorUnits } from '../../runtime/exact-decimal.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { ownReference } from '../../systems/tryton/own-reference.ts';
import type { Domain, RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { wireDate, wireDecimal } from '../../systems/tryton/wire-values.ts';
import type { BookedDocument } from '../journal-ledger.ts';

interface NotesParts {
  readonly customer: RecordId;
  readonly journal: RecordId;
}

interface NoteAccounts {
  /** On which the customer is owed it. */
  readonly receivable: RecordId;
  /** Of each booking. */
  readonly ofBookings: readonly RecordId[];
}

const INVOICE = 'account.invoice';
const FIELDS = ['number', 'state', 'total_amount'];
const NullableText = Type.Union([Type.String(), Type.Null()]);
const InvoiceRow = Type.Object({
  id: Type.Integer(),
  number: NullableText,
  state: Type.String(),
  total_amount: NullableText,
});
type InvoiceRow = Static<typeof InvoiceRow>;
const Id = Type.Object({ id: Type.Integer() });
const POSTED = ['posted', 'paid'];
const DRAFTS = ['draft', 'validated'];

/**
 * Credit notes as invoices of less than nothing, found again by their reference. A draft moves no money, so one that a lost
 * answer has left behind is posted, and any other of the same reference cancelled.
 */
export class TrytonCreditNotes {
  readonly #api: TrytonApi;
  readonly #parts: NotesParts;

  constructor(api: TrytonApi, parts: NotesParts) {
    this.#api = api;
    this.#parts = parts;
  }

  async post(note: PostCreditNote, accounts: NoteAccounts): Promise<PostedDocument> {
    let invoices = await this.#invoicesOf(note.reference);
    if (invoices.length === 0) {
      await this.#create(note, accounts);
      // Another attempt may have made one meanwhile: all of them take the same.
      invoices = await this.#invoicesOf(note.reference);
    }
    const chosen = invoices.find(isPosted) ?? invoices[0];
    if (!chosen) throw new UpstreamUnavailable(this.#api.system, { words: `${note.reference} was not made.` });
    const posting = { method: `model.${INVOICE}.post`, params: [[chosen.id]], isIdempotent: false };
    if (!isPosted(chosen)) await this.#api.call(posting);
    const strays = invoices.filter((invoice) => invoice.id !== chosen.id && DRAFTS.includes(invoice.state));
    for (const { id } of strays) await this.#api.press(INVOICE, 'cancel', [id]);
    const booked = await this.booked(note.reference, note.currency);
    if (booked) return { document: booked.document };
    throw new UpstreamUnavailable(this.#api.system, { words: `The credit note ${chosen.id} was not posted.` });
  }

  async booked(reference: string, currency: string): Promise<BookedDocument | undefined> {
    const posted = (await this.#invoicesOf(reference)).find(isPosted);
    if (!posted) return undefined;
    const total = minorUnits(posted.total_amount ?? '0', currency, 'total');
    return { document: posted.number ?? String(posted.id), totalMinor: 0 - total };
  }

  /** In the order in which they were made. */
  #invoicesOf(reference: string): Promise<readonly InvoiceRow[]> {
    const domain = [
      ['reference', '=', ownReference(reference)],
      ['state', '!=', 'cancelled'],
    ];
    return this.#api.search(INVOICE, { domain, fields: FIELDS, order: [['id', 'ASC']] }, InvoiceRow);
  }

  async #create(note: PostCreditNote, { receivable: account, ofBookings }: NoteAccounts): Promise<void> {
    const { customer, journal } = this.#parts;
    const [invoice_address, currency] = await Promise.all([
      this.#only('party.address', [['party', '=', customer]], `address of the party ${customer}`),
      this.#only('currency.currency', [['code', '=', note.currency]], `currency ${note.currency}`),
    ]);
    const { company } = await this.#api.preferences();
    const values = {
      company,
      type: 'out',
      party: customer,
      invoice_address,
      currency,
      account,
      journal,
      invoice_date: wireDate(note.date),
      reference: ownReference(note.reference),
      description: note.text,
      lines: [['create', linesOf(note, ofBookings)]],
      taxes: [['create', taxesOf(note, ofBookings)]],
    };
    await this.#api.create(INVOICE, [values]);
  }

  async #only(model: string, domain: Domain, what: string): Promise<RecordId> {
    const [record] = await this.#api.search(model, { domain, fields: ['id'], limit: 1 }, Id);
    if (!record) throw this.#missing(what);
    return record.id;
  }

  #missing(what: string): UpstreamRejected {
    return new UpstreamRejected(this.#api.system, { status: 404, words: `There is no ${what}.` });
  }
}

/** Invoices want accounts of revenue on their lines, so taxes stand apart. What is given back is less than nothing. */
function linesOf(note: PostCreditNote, accounts: readonly RecordId[]): readonly object[] {
  return note.bookings.flatMap(({ account: role, amountMinor }, index) => {
    if (role === 'TAX_PAYABLE') return [];
    const unit_price = wireDecimal(majorText(0 - amountMinor, note.currency));
    return [{ type: 'line', description: role, quantity: 1, unit_price, account: accounts[index] }];
  });
}

function taxesOf(note: PostCreditNote, accounts: readonly RecordId[]): readonly object[] {
  const base = note.bookings.reduce(
    (sum, { account, amountMinor }) => sum + (account === 'TAX_PAYABLE' ? 0 : amountMinor),
    0,
  );
  return note.bookings.flatMap(({ account: role, amountMinor }, index) => {
    if (role !== 'TAX_PAYABLE') return [];
    const amount = wireDecimal(majorText(0 - amountMinor, note.currency));
    const told = { base: wireDecimal(majorText(0 - base, note.currency)), amount, account: accounts[index] };
    return [{ manual: true, description: role, ...told }];
  });
}

const isPosted = ({ state }: InvoiceRow): boolean => POSTED.includes(state);
