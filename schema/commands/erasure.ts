import { Type } from '@sinclair/typebox';
import { closed, Id, SafeInteger } from '../events/fields.ts';
import { defineCommand } from './command-definition.ts';

export const eraseCustomer = defineCommand({
  context: 'returns',
  name: 'erase-customer',
  version: 1,
  meaning:
    'Puts a pseudonym in the place of a customer, or of all customers of some orders, in every return that has ended, and takes the words of people out of it. Repeating it changes nothing more.',
  request: closed({
    /** Null: only the orders are told. */
    customer: Type.Union([Id, Type.Null()]),
    orders: Type.Array(Id, { maxItems: 500 }),
    pseudonym: Id,
  }),
  reply: closed({
    erased: SafeInteger,
    /** Not ended yet; to be asked for again. */
    open: SafeInteger,
  }),
});
