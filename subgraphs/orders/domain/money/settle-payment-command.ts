import type { PendingOf, Settlement } from '../command-outcome.ts';
import type { Order } from '../order.ts';
import { findPayment } from './payment.ts';
import { failOperation, finishOperation } from './payment-operation.ts';
import { recordPromise } from '../promises/record-promise.ts';

/** A provider has answered whether it promises the money. */
export function settleAuthorisation(
  order: Order,
  { command, outcome, told }: Settlement<PendingOf<'authorise-payment'>>,
): Order {
  const payment = findPayment(order, command.payment);
  if (!payment) return order;
  const declined = { status: 'DECLINED', reference: null, amountMinor: 0, expiresAtMs: null, verdict: null } as const;
  if (outcome.status === 'REFUSED') {
    return recordPromise(order, { payment, promise: { ...declined, reason: outcome.message }, told });
  }
  return outcome.promise ? recordPromise(order, { payment, promise: outcome.promise, told }) : order;
}

type Operating = Settlement<PendingOf<'capture-payment' | 'void-payment' | 'refund-payment'>>;

/** A provider has done what it was asked, has taken it on, or said no. */
export function settlePaymentCommand(order: Order, { command, outcome, told }: Operating): Order {
  const on = { payment: command.payment, operation: command.id, told };
  if (outcome.status === 'REFUSED') return failOperation(order, { ...on, reason: outcome.message });
  if (outcome.operation === 'PENDING') return order;
  return finishOperation(order, { ...on, amountMinor: command.amountMinor });
}
