import type { Order, Payment, Told } from './order.ts';
import { refundableOf, withOperation, withPayment } from './payment.ts';
import { finishOperation, noteMismatch, reverseOperation } from './payment-operation.ts';
import type { PaymentTold } from './payment-told.ts';

/**
 * The customer's bank takes money back, or gives it back after all. No more counts than was captured and is not on its way
 * back already; what is told beyond that is kept as an entry.
 */
export function chargeBack(
  order: Order,
  { payment, about, told }: { readonly payment: Payment; readonly about: PaymentTold; readonly told: Told },
): Order {
  if (about.outcome !== 'SUCCEEDED' && about.outcome !== 'REVERSED') return order;
  const id = `${about.system}|${about.operation}`;
  const on = { payment: payment.id, operation: id, told };
  const isKnown = payment.operations?.some((operation) => operation.id === id) ?? false;
  if (isKnown) return about.outcome === 'REVERSED' ? reverseOperation(order, on) : order;
  const room = Math.max(0, refundableOf(payment));
  const amountMinor = Math.min(about.amountMinor, room);
  const asked = withOperation(payment, { id, kind: 'CHARGEBACK', amountMinor, state: 'ASKED' });
  const charged = finishOperation(withPayment(order, asked), { ...on, amountMinor });
  const noted =
    amountMinor < about.amountMinor
      ? noteMismatch(charged, `a chargeback of ${about.amountMinor}, of which ${amountMinor} can be so`, told)
      : charged;
  // Told before the chargeback itself.
  return about.outcome === 'REVERSED' ? reverseOperation(noted, on) : noted;
}
