import type { Order } from '../order.ts';
import type { Payment, PaymentOperation } from './order-payment.ts';
import type { Told } from '../told.ts';
import { findPayment, refundableOf, withOperation, withPayment } from './payment.ts';
import { finishOperation, noteMismatch, reverseOperation } from './payment-operation.ts';
import type { PaymentTold } from './payment-told.ts';

export interface ChargebackTold {
  readonly payment: Payment;
  readonly about: PaymentTold;
  readonly told: Told;
}

/**
 * The customer's bank takes money back, or gives it back after all. No more counts than was captured and is not on its way
 * back already; the rest waits, because a refund that is on its way may fail yet.
 */
export function chargeBack(order: Order, { payment, about, told }: ChargebackTold): Order {
  const { system, operation, outcome, amountMinor } = about;
  if (outcome !== 'SUCCEEDED' && outcome !== 'REVERSED') return order;
  const id = `${system}|${operation}`;
  const parts = (payment.operations ?? []).filter((each) => isPartOf(each, id));
  if (parts.length > 0) {
    return outcome === 'SUCCEEDED' ? order : parts.reduce((state, part) => undo(state, { payment, part, told }), order);
  }
  // Told before the chargeback itself: there is nothing to take back any more.
  const state = outcome === 'REVERSED' ? 'REVERSED' : 'ASKED';
  const added: PaymentOperation = { id, kind: 'CHARGEBACK', amountMinor, state };
  const known = withPayment(order, withOperation(payment, added));
  if (outcome === 'REVERSED' || amountMinor <= refundableOf(payment)) return placeChargebacks(known, told);
  const what = `a chargeback of ${amountMinor}, of which only ${Math.max(0, refundableOf(payment))} was captured and kept`;
  return placeChargebacks(noteMismatch(known, what, told), told);
}

/** A chargeback that did not fit whole lies in parts, each named after the one before. */
const REST = '+';

/** The chargeback that a part belongs to. */
export const chargebackOf = ({ id }: Pick<PaymentOperation, 'id'>): string => id.replace(/\++$/, '');

function isPartOf({ kind, id }: PaymentOperation, chargeback: string): boolean {
  return kind === 'CHARGEBACK' && id.startsWith(chargeback) && /^\+*$/.test(id.slice(chargeback.length));
}

function undo(
  order: Order,
  { payment: { id }, part, told }: { readonly payment: Payment; readonly part: PaymentOperation; readonly told: Told },
): Order {
  const payment = findPayment(order, id);
  if (!payment) return order;
  if (part.state !== 'ASKED') return reverseOperation(order, { payment: id, operation: part.id, told });
  return withPayment(order, withOperation(payment, { ...part, state: 'REVERSED' }));
}

/** Counts what banks have taken back as far as it fits now. */
export function placeChargebacks(order: Order, told: Told): Order {
  return order.payments.reduce((state, { id, operations = [] }) => {
    const waiting = operations.filter((operation) => operation.kind === 'CHARGEBACK' && operation.state === 'ASKED');
    return waiting.reduce((current, operation) => placeOne(current, { payment: id, operation, told }), state);
  }, order);
}

function placeOne(
  order: Order,
  {
    payment: id,
    operation,
    told,
  }: { readonly payment: string; readonly operation: PaymentOperation; readonly told: Told },
): Order {
  const payment = findPayment(order, id);
  const amountMinor = Math.min(operation.amountMinor, payment ? Math.max(0, refundableOf(payment)) : 0);
  if (!payment || amountMinor === 0) return order;
  const restMinor = operation.amountMinor - amountMinor;
  const rest: PaymentOperation = { ...operation, id: `${operation.id}${REST}`, amountMinor: restMinor };
  const split = restMinor === 0 ? payment : withOperation(withOperation(payment, { ...operation, amountMinor }), rest);
  const on = { payment: id, operation: operation.id, amountMinor, told };
  return finishOperation(withPayment(order, split), on);
}
