import { addHold, BY_HUB } from '../holds/hold.ts';
import type { Order } from '../order.ts';
import type { Payment, PaymentEventType, PaymentOperation } from './order-payment.ts';
import type { Told } from '../told.ts';
import {
  capturableOf,
  findPayment,
  openOf,
  refundableOf,
  withOperation,
  withPayment,
  withPaymentEvent,
} from './payment.ts';
import { note } from '../timeline.ts';

export interface OperationOf {
  readonly payment: string;
  readonly operation: string;
  readonly told: Told;
}

const DONE = {
  CAPTURE: { event: 'CAPTURED', type: 'PAYMENT_CAPTURED', words: 'were taken' },
  VOID: { event: 'VOIDED', type: 'PAYMENT_VOIDED', words: 'are not going to be taken' },
  REFUND: { event: 'REFUNDED', type: 'PAYMENT_REFUNDED', words: 'were given back' },
  CHARGEBACK: { event: 'CHARGEBACK', type: 'PAYMENT_CHARGED_BACK', words: "were taken back by the customer's bank" },
} as const satisfies Readonly<
  Record<PaymentOperation['kind'], { event: PaymentEventType; type: string; words: string }>
>;

/**
 * What its provider was asked is done. Told again it changes nothing; told after it was said to have failed, it holds as
 * far as the payment still has the money, because success is what moved it.
 */
export function finishOperation(
  order: Order,
  { payment: id, operation: operationId, amountMinor, told }: OperationOf & { readonly amountMinor: number },
): Order {
  const found = find(order, id, operationId);
  if (!found || found.operation.state === 'DONE' || found.operation.state === 'REVERSED') return order;
  const { operation } = found;
  const payment = operation.state === 'FAILED' ? claimAgain(found.payment, operation, told) : found.payment;
  if (!payment) return noteMismatch(order, `${operation.kind} of ${amountMinor}, which had failed`, told);
  const done = Math.min(amountMinor, operation.amountMinor);
  const { event, type, words } = DONE[operation.kind];
  const moved = withPaymentEvent(payment, event, done, told);
  // What was asked back beyond what was given is free again.
  const rest = operation.kind === 'REFUND' ? operation.amountMinor - done : 0;
  const freed = withPaymentEvent(moved, 'REFUND_FAILED', rest, told);
  const kept = withOperation(freed, { ...operation, amountMinor: done, state: 'DONE' });
  const noted = note(withPayment(order, kept), {
    type,
    summary: `${done} ${order.currency} (minor units) ${words}.`,
    told,
    visibility: operation.kind === 'VOID' || operation.kind === 'CHARGEBACK' ? 'AGENT' : 'CUSTOMER',
  });
  if (amountMinor <= operation.amountMinor) return noted;
  return noteMismatch(noted, `${operation.kind} of ${amountMinor} instead of ${operation.amountMinor}`, told);
}

/** The payment with its claim on the money made once more; undefined when the money is no longer there. */
function claimAgain(payment: Payment, { kind, amountMinor }: PaymentOperation, told: Told): Payment | undefined {
  const roomOf = { CAPTURE: capturableOf, VOID: openOf, REFUND: refundableOf, CHARGEBACK: refundableOf }[kind];
  if (amountMinor > roomOf(payment)) return undefined;
  return kind === 'REFUND' ? withPaymentEvent(payment, 'REFUND_REQUESTED', amountMinor, told) : payment;
}

/** Its provider would not, or could not. Money that was to be taken is for a person to see to. */
export function failOperation(
  order: Order,
  { payment: id, operation: operationId, reason, told }: OperationOf & { readonly reason: string },
): Order {
  const found = find(order, id, operationId);
  if (!found || found.operation.state === 'FAILED') return order;
  const { payment, operation } = found;
  const what = `${operation.kind} of ${operation.amountMinor} ${order.currency} (minor units)`;
  if (operation.state !== 'ASKED') return noteMismatch(order, `that a ${what} failed, which was done`, told);
  const returned = operation.kind === 'REFUND' ? operation.amountMinor : 0;
  const freed = withPaymentEvent(payment, 'REFUND_FAILED', returned, told);
  const words = reason || 'no reason was told';
  const noted = note(withPayment(order, withOperation(freed, { ...operation, state: 'FAILED' })), {
    type: 'PAYMENT_OPERATION_FAILED',
    summary: `A ${what} failed: ${words}.`,
    told,
    visibility: 'AGENT',
  });
  if (operation.kind !== 'CAPTURE') return noted;
  const authority = payment.provider?.system ?? BY_HUB;
  return addHold(noted, { type: 'PAYMENT_PENDING', placedBy: BY_HUB, authority, reason: `${what}: ${words}.` }, told);
}

/** A refund came back, or a chargeback was won. */
export function reverseOperation(order: Order, { payment: id, operation: operationId, told }: OperationOf): Order {
  const found = find(order, id, operationId);
  if (found?.operation.state !== 'DONE') return order;
  const { payment, operation } = found;
  if (operation.kind !== 'REFUND' && operation.kind !== 'CHARGEBACK') {
    return noteMismatch(order, `that a ${operation.kind} was undone`, told);
  }
  const event = operation.kind === 'REFUND' ? 'REFUND_REVERSED' : 'CHARGEBACK_REVERSED';
  const undone = withPaymentEvent(payment, event, operation.amountMinor, told);
  return note(withPayment(order, withOperation(undone, { ...operation, state: 'REVERSED' })), {
    type: `PAYMENT_${event}`,
    summary: `A ${operation.kind} of ${operation.amountMinor} ${order.currency} (minor units) was undone.`,
    told,
    visibility: 'AGENT',
  });
}

/** Keeps what a provider tells and what cannot be so by what the hub knows. */
export function noteMismatch(order: Order, what: string, told: Told): Order {
  return note(order, {
    type: 'PAYMENT_MISMATCH',
    summary: `A payment system told ${what}; by the books of the hub that cannot be so.`,
    told,
    visibility: 'AGENT',
  });
}

function find(order: Order, paymentId: string, operationId: string) {
  const payment = findPayment(order, paymentId);
  const operation = payment?.operations?.find(({ id }) => id === operationId);
  return payment && operation ? { payment, operation } : undefined;
}
