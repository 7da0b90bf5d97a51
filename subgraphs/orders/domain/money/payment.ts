import type { Order } from '../order.ts';
import type { Payment, PaymentEvent, PaymentEventType, PaymentOperation } from './order-payment.ts';
import type { Told } from '../told.ts';

function sumOf({ events }: Payment, ...types: readonly PaymentEventType[]): number {
  return events.reduce((sum, event) => sum + (types.includes(event.type) ? event.amountMinor : 0), 0);
}

/** Promised by the tender and not given up. */
export const authorizedOf = (payment: Payment): number => sumOf(payment, 'AUTHORIZED') - sumOf(payment, 'VOIDED');

export const capturedOf = (payment: Payment): number => sumOf(payment, 'CAPTURED');

/** Given back for good. */
export const refundedOf = (payment: Payment): number => sumOf(payment, 'REFUNDED') - sumOf(payment, 'REFUND_REVERSED');

/** Taken back by the customer's bank for good. */
export const chargedBackOf = (payment: Payment): number =>
  sumOf(payment, 'CHARGEBACK') - sumOf(payment, 'CHARGEBACK_REVERSED');

/** Asked of its provider, which has not said yet what became of it. */
export function askedOf({ operations = [] }: Payment, kind: PaymentOperation['kind']): number {
  const open = operations.filter((operation) => operation.kind === kind && operation.state === 'ASKED');
  return open.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/**
 * Captured, and neither asked back yet nor taken back by a bank: a refund counts from its request on, so that two cannot
 * use the same money.
 */
export function refundableOf(payment: Payment): number {
  const claimed = sumOf(payment, 'REFUND_REQUESTED') - sumOf(payment, 'REFUND_FAILED', 'REFUND_REVERSED');
  return capturedOf(payment) - chargedBackOf(payment) - claimed;
}

/** Promised, and neither taken nor given up, nor about to be. */
export function openOf(payment: Payment): number {
  const { provider } = payment;
  if (provider && provider.state !== 'AUTHORIZED') return 0;
  return Math.max(0, uncapturedOf(payment));
}

/** Promised, and neither taken nor given up, nor about to be, also when the promise is no longer good. */
export const uncapturedOf = (payment: Payment): number =>
  authorizedOf(payment) - capturedOf(payment) - askedOf(payment, 'CAPTURE') - askedOf(payment, 'VOID');

/** How much may still be taken: what is open, and what its provider allows beyond the promise. */
export function capturableOf(payment: Payment): number {
  const { provider, overCaptureMinor = 0 } = payment;
  if (provider && provider.state !== 'AUTHORIZED') return 0;
  return Math.max(0, uncapturedOf(payment) + overCaptureMinor);
}

/** Adds an event; an amount of nothing adds none. */
export function withPaymentEvent(payment: Payment, type: PaymentEventType, amountMinor: number, told: Told): Payment {
  if (amountMinor === 0) return payment;
  const event: PaymentEvent = { type, amountMinor, atMs: told.occurredAtMs, evidence: told.evidence };
  return { ...payment, events: [...payment.events, event] };
}

/** Those that pay for what was ordered, and not for what a return had the customer owe. */
export const paymentsForOrder = ({ payments }: Pick<Order, 'payments'>): readonly Payment[] =>
  payments.filter(({ paysChargeOf }) => paysChargeOf === undefined);

export const paymentIdOf = (order: string, ordinal: number): string => `${order}.p${ordinal}`;

/** The order of a payment id of the hub's, or undefined when it cannot be one. */
export function orderOfPaymentId(paymentId: string): string | undefined {
  return /^(.+)\.p[1-9]\d*$/.exec(paymentId)?.[1];
}

export function findPayment({ payments }: Order, id: string): Payment | undefined {
  return payments.find((payment) => payment.id === id);
}

/** Puts a changed payment in the place of the old one. */
export function withPayment(order: Order, payment: Payment): Order {
  return { ...order, payments: order.payments.map((each) => (each.id === payment.id ? payment : each)) };
}

/** Adds an operation, or puts a changed one in the place of the old one. */
export function withOperation(payment: Payment, operation: PaymentOperation): Payment {
  const { operations = [] } = payment;
  const isKnown = operations.some(({ id }) => id === operation.id);
  const others = operations.map((each) => (each.id === operation.id ? operation : each));
  return { ...payment, operations: isKnown ? others : [...operations, operation] };
}
