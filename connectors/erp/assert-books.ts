import { Refusal } from '../../kernel/model/errors.ts';
import type { AccountRole, PostCreditNote, PostJournal } from '../../schema/commands/journals.ts';
import { UpstreamRejected } from '../runtime/upstream-errors.ts';
import type { AccountsByRole } from './journal-ledger.ts';

/** @throws {Refusal} BAD_USER_INPUT when debits and credits differ, or a line is nothing */
export function assertBalanced({ reference, bookings }: PostJournal): void {
  const sum = sumOf(bookings);
  if (sum === 0n && bookings.every(({ amountMinor }) => amountMinor !== 0)) return;
  throw new Refusal('BAD_USER_INPUT', `The entry ${reference} does not balance.`, { field: 'bookings', reference });
}

/** @throws {Refusal} BAD_USER_INPUT when the lines are not what the customer is to be owed */
export function assertAddsUp({ reference, bookings, totalMinor }: PostCreditNote): void {
  const isWhole = bookings.every(({ account, amountMinor }) => account !== 'CUSTOMER_LIABILITY' && amountMinor !== 0);
  if (isWhole && sumOf(bookings) === BigInt(totalMinor)) return;
  const message = `The lines of the credit note ${reference} are not its total.`;
  throw new Refusal('BAD_USER_INPUT', message, { field: 'bookings', reference });
}

/** @throws {UpstreamRejected} naming the role that the connection has no account for */
export function accountOf<Account>(system: string, accounts: AccountsByRole<Account>, role: AccountRole): Account {
  const account = accounts[role];
  if (account !== undefined) return account;
  throw new UpstreamRejected(system, { status: 404, words: `There is no account for ${role}.` });
}

function sumOf(bookings: PostJournal['bookings']): bigint {
  return bookings.reduce((total, { amountMinor }) => total + BigInt(amountMinor), 0n);
}
