import { closed, Id, Money, oneOf } from '../events/fields.ts';
import { defineCommand, type ReplyOf, type RequestOf } from './command-definition.ts';

/* What payment systems are asked to do, by way of their queues. The key of the command is what they know it by. */

const onPayment = closed({
  order: Id,
  /** The system's id of the payment. */
  payment: Id,
  amount: Money,
});
/** PENDING: taken on; what became of it is told as `payment-recorded`. */
const done = closed({ status: oneOf('SUCCEEDED', 'PENDING'), operation: Id });

export const capturePayment = defineCommand({
  context: 'outbound',
  name: 'capture-payment',
  version: 1,
  meaning: 'Takes money that a payment promises.',
  request: onPayment,
  reply: done,
});

export const voidPayment = defineCommand({
  context: 'outbound',
  name: 'void-payment',
  version: 1,
  meaning: 'Gives up money that a payment promises and that is not going to be taken.',
  request: onPayment,
  reply: done,
});

export const refundPayment = defineCommand({
  context: 'outbound',
  name: 'refund-payment',
  version: 1,
  meaning: 'Gives back money that was taken.',
  request: onPayment,
  reply: done,
});

export type PaymentCommand = RequestOf<typeof capturePayment>;
export type PaymentCommandDone = ReplyOf<typeof capturePayment>;
