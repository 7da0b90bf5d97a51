import { Type, type Static } from '@sinclair/typebox';

/* The members of journals and their entries that the hub reads; what else a row carries is ignored. */

const Decimal = Type.Union([Type.String(), Type.Number()]);

export const CostRow = Type.Object({ number: Type.String({ minLength: 1 }), unitCost: Decimal });

export const JournalRow = Type.Object({ '@odata.etag': Type.String(), id: Type.String(), code: Type.String() });

export const JournalLineRow = Type.Object({ lineNumber: Type.Integer(), documentNumber: Type.String() });

/** The source currency is empty where it is the company's own. */
export const LedgerEntryRow = Type.Object({
  documentNumber: Type.String(),
  debitAmount: Decimal,
  sourceCurrencyCode: Type.Optional(Type.String()),
  sourceCurrencyAmount: Type.Optional(Decimal),
});

export const CreditNoteRow = Type.Object({
  '@odata.etag': Type.String(),
  id: Type.String(),
  number: Type.String(),
  status: Type.String(),
  currencyCode: Type.String(),
  totalAmountIncludingTax: Decimal,
});

export type JournalRow = Static<typeof JournalRow>;
export type JournalLineRow = Static<typeof JournalLineRow>;
export type LedgerEntryRow = Static<typeof LedgerEntryRow>;
export type CreditNoteRow = Static<typeof CreditNoteRow>;
