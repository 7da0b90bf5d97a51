import { Type, type Static } from '@sinclair/typebox';
import { closed, CurrencyCode, Id, oneOf, SafeInteger, Text } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';
import { BusinessDay } from './sales.ts';

/* What the books of an ERP are told of returns, by way of its queue. */

/** What an account is for; which one of the ERP's accounts that is, its connection says. */
export const AccountRole = oneOf(
  'INVENTORY',
  'COGS',
  'RETURN_LOSS',
  'RETURNS',
  'SHIPPING_REVENUE',
  'TAX_PAYABLE',
  'RETURN_FEES',
  'CUSTOMER_LIABILITY',
  'CLEARING',
  'GIFT_CARD_LIABILITY',
);

/** One account, debited with more than nothing or credited with less. */
export const Booking = closed({
  account: AccountRole,
  /** What the account is divided by, such as the tender of a clearing account; absent: nothing. */
  dimension: Type.Optional(Text),
  amountMinor: SafeInteger,
});

const about = {
  /** Names the document for ever: the ERP holds one of it, however often it is asked for. */
  reference: Id,
  date: BusinessDay,
  currency: CurrencyCode,
  /** For people. */
  text: Text,
};

export const postJournal = defineCommand({
  context: 'outbound',
  name: 'post-journal',
  version: 1,
  meaning: 'Posts a journal entry whose debits and credits are equal.',
  request: closed({ ...about, bookings: Type.Array(Booking, { minItems: 2, maxItems: 100 }) }),
  reply: closed({
    /** What the ERP calls it. */
    document: Text,
  }),
});

export const postCreditNote = defineCommand({
  context: 'outbound',
  name: 'post-credit-note',
  version: 1,
  meaning: 'Posts a credit note: the customer is owed what its lines add up to.',
  request: closed({
    ...about,
    /** More than zero. */
    totalMinor: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    /** What the total is made of, without CUSTOMER_LIABILITY; less than nothing lessens it, such as a fee. */
    bookings: Type.Array(Booking, { minItems: 1, maxItems: 100 }),
  }),
  reply: closed({ document: Text }),
});

export type AccountRole = Static<typeof AccountRole>;
export type Booking = Static<typeof Booking>;
export type PostJournal = RequestOf<typeof postJournal>;
export type PostCreditNote = RequestOf<typeof postCreditNote>;
export type PostedDocument = ReplyOf<typeof postJournal>;
