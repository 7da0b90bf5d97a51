import type { AccountRole, PostCreditNote, PostedDocument, PostJournal } from '../../schema/commands/journals.ts';

/** What goods cost, as the ERP values them. */
export interface UnitCosts {
  /** In which the ERP keeps its books. */
  readonly currency: string;
  /** By SKU, for one base unit, in COST_SCALE parts of a minor unit. SKUs that the ERP does not know are absent. */
  readonly costs: ReadonlyMap<string, number>;
}

/** Costs are finer than prices: they are told in so many parts of a minor unit. */
export const COST_SCALE = 10_000;

/** A document as the ERP holds it. */
export interface BookedDocument {
  readonly document: string;
  /** Of a journal entry its debits; of a credit note what the customer is owed. */
  readonly totalMinor: number;
}

/**
 * The books of an ERP. A document is posted once under its reference, however often it is asked for: where the vendor knows
 * no idempotency keys, it is searched for before it is made, and what a lost answer may have left behind takes no effect. What
 * is posted is never edited. Calls throw as those of the port do.
 */
export interface JournalLedger {
  /** False: the ERP values goods by stock movements of its own, so entries about their value are none of the hub's. */
  readonly takesValuation: boolean;
  unitCosts(skus: readonly string[]): Promise<UnitCosts>;
  /** @throws {Refusal} BAD_USER_INPUT when it does not balance; UPSTREAM_REJECTED what the ERP says no to */
  postJournal(entry: PostJournal): Promise<PostedDocument>;
  /** @throws {Refusal} BAD_USER_INPUT when its lines are not its total; UPSTREAM_REJECTED what the ERP says no to */
  postCreditNote(note: PostCreditNote): Promise<PostedDocument>;
  /** What is posted under a reference; undefined while nothing is. */
  booked(kind: 'JOURNAL' | 'CREDIT_NOTE', reference: string): Promise<BookedDocument | undefined>;
}

/** By role the ERP's own account. */
export type AccountsByRole<Account> = Readonly<Partial<Record<AccountRole, Account>>>;
