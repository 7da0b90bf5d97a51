import { Type, type Static } from '@sinclair/typebox';
import type { PostedDocument, PostJournal } from '../../../schema/commands/journals.ts';
import { majorText, minorUnits } from '../../runtime/exact-decimal.ts';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { ownReference } from '../../systems/tryton/own-reference.ts';
import type { RecordId, TrytonApi } from '../../systems/tryton/tryton-api.ts';
import { wireDate, wireDecimal } from '../../systems/tryton/wire-values.ts';
import type { BookedDocument } from '../journal-ledger.ts';

interface MovesParts {
  readonly journal: RecordId;
  /** The party of lines on accounts that want one. */
  readonly customer: RecordId;
  readonly currency: string;
}

const MOVE = 'account.move';
const FIELDS = ['number', 'post_number', 'state', 'lines.debit'];
const NullableText = Type.Union([Type.String(), Type.Null()]);
const MoveRow = Type.Object({
  id: Type.Integer(),
  number: NullableText,
  post_number: NullableText,
  state: Type.String(),
  'lines.': Type.Optional(Type.Array(Type.Object({ debit: Type.String() }))),
});
type MoveRow = Static<typeof MoveRow>;
const PeriodRow = Type.Object({ id: Type.Integer() });
const AccountRow = Type.Object({ id: Type.Integer(), party_required: Type.Union([Type.Boolean(), Type.Null()]) });

/**
 * Entries as account moves, found again by their description. A draft is in no balance, so one that a lost answer has left
 * behind does nothing: it is posted, and any other of the same description deleted.
 */
export class TrytonMoves {
  readonly #api: TrytonApi;
  readonly #parts: MovesParts;

  constructor(api: TrytonApi, parts: MovesParts) {
    this.#api = api;
    this.#parts = parts;
  }

  /** @param accounts of each booking */
  async post(entry: PostJournal, accounts: readonly RecordId[]): Promise<PostedDocument> {
    let moves = await this.#movesOf(entry.reference);
    if (moves.length === 0) {
      await this.#create(entry, accounts);
      // Another attempt may have made one meanwhile: all of them take the same.
      moves = await this.#movesOf(entry.reference);
    }
    const chosen = moves.find(isPosted) ?? moves[0];
    if (!chosen) throw new UpstreamUnavailable(this.#api.system, { words: `${entry.reference} was not made.` });
    // A repetition would be refused although it is posted.
    const posting = { method: `model.${MOVE}.post`, params: [[chosen.id]], isIdempotent: false };
    if (!isPosted(chosen)) await this.#api.call(posting);
    const strays = moves.filter((move) => move.id !== chosen.id && !isPosted(move)).map(({ id }) => id);
    if (strays.length > 0) {
      await this.#api.call({ method: `model.${MOVE}.delete`, params: [strays], isIdempotent: true });
    }
    const booked = await this.booked(entry.reference);
    if (booked) return { document: booked.document };
    throw new UpstreamUnavailable(this.#api.system, { words: `The move ${chosen.id} was not posted.` });
  }

  async booked(reference: string): Promise<BookedDocument | undefined> {
    const posted = (await this.#movesOf(reference)).find(isPosted);
    if (!posted) return undefined;
    const debits = (posted['lines.'] ?? []).map(({ debit }) => minorUnits(debit, this.#parts.currency, 'debit'));
    const document = posted.post_number ?? posted.number ?? String(posted.id);
    return { document, totalMinor: debits.reduce((sum, debit) => sum + debit, 0) };
  }

  /** In the order in which they were made. */
  #movesOf(reference: string): Promise<readonly MoveRow[]> {
    const domain = [['description', '=', ownReference(reference)]];
    return this.#api.search(MOVE, { domain, fields: FIELDS, order: [['id', 'ASC']] }, MoveRow);
  }

  async #create(entry: PostJournal, accounts: readonly RecordId[]): Promise<void> {
    const { company } = await this.#api.preferences();
    const [period, wantParty] = await Promise.all([this.#periodOf(entry.date), this.#wantingParty(accounts)]);
    const lines = entry.bookings.map((booking, index) => {
      const account = accounts[index];
      const amount = (minor: number): unknown => wireDecimal(majorText(minor, this.#parts.currency));
      return {
        account,
        description: [entry.text, booking.account, booking.dimension].filter((part) => part !== undefined).join(', '),
        debit: amount(Math.max(0, booking.amountMinor)),
        credit: amount(Math.max(0, -booking.amountMinor)),
        ...(account !== undefined && wantParty.has(account) && { party: this.#parts.customer }),
      };
    });
    const values = {
      company,
      journal: this.#parts.journal,
      period,
      date: wireDate(entry.date),
      description: ownReference(entry.reference),
      lines: [['create', lines]],
    };
    await this.#api.create(MOVE, [values]);
  }

  async #periodOf(day: string): Promise<RecordId> {
    const date = wireDate(day);
    const domain = [
      ['start_date', '<=', date],
      ['end_date', '>=', date],
      ['type', '=', 'standard'],
      ['state', '=', 'open'],
    ];
    const [period] = await this.#api.search('account.period', { domain, fields: ['id'], limit: 1 }, PeriodRow);
    if (period) return period.id;
    throw new UpstreamRejected(this.#api.system, { status: 422, words: `There is no open period for ${day}.` });
  }

  async #wantingParty(accounts: readonly RecordId[]): Promise<ReadonlySet<RecordId>> {
    const asked = { domain: [['id', 'in', [...new Set(accounts)]]], fields: ['party_required'] };
    const rows = await this.#api.search('account.account', asked, AccountRow);
    return new Set(rows.filter((row) => row.party_required === true).map(({ id }) => id));
  }
}

const isPosted = ({ state }: MoveRow): boolean => state === 'posted';
