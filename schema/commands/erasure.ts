import { Type } from '@sinclair/typebox';
import { closed, Id, SafeInteger } from '../events/fields.ts';
import { defineCommand } from './command-definition.ts';

export const eraseCommands = defineCommand({
  context: 'outbound',
  name: 'erase-commands',
  version: 1,
  meaning:
    'Takes out of the queues what outside systems were asked for an order, and what they answered, where it has come to its end. That it was asked and done stays. Repeating it changes nothing more.',
  request: closed({ order: Id }),
  reply: closed({ erased: SafeInteger }),
});

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
