import { Type, type TSchema } from '@sinclair/typebox';

const CLOSED = { additionalProperties: false } as const;
const Record = Type.Integer({ minimum: 1 });
const Text = Type.String({ minLength: 1 });

/** By role of schema/commands/journals.ts what a system calls its account. */
const accountsOf = <Account extends TSchema>(account: Account) =>
  Type.Object(
    {
      INVENTORY: Type.Optional(account),
      COGS: Type.Optional(account),
      RETURN_LOSS: Type.Optional(account),
      RETURNS: Type.Optional(account),
      SHIPPING_REVENUE: Type.Optional(account),
      TAX_PAYABLE: Type.Optional(account),
      RETURN_FEES: Type.Optional(account),
      CUSTOMER_LIABILITY: Type.Optional(account),
      CLEARING: Type.Optional(account),
      GIFT_CARD_LIABILITY: Type.Optional(account),
    },
    CLOSED,
  );

/** What the file of systems may say of the books of a Business Central. */
export const BusinessCentralBooksSettings = Type.Object(
  { customerNumber: Text, accounts: accountsOf(Text), takesValuation: Type.Optional(Type.Boolean()) },
  CLOSED,
);

/** What the file of systems may say of the books of a Tryton. */
export const TrytonBooksSettings = Type.Object(
  {
    customer: Record,
    journal: Record,
    creditNoteJournal: Record,
    accounts: accountsOf(Record),
    takesValuation: Type.Optional(Type.Boolean()),
  },
  CLOSED,
);
