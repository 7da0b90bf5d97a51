import type { Payment, PaymentEvent, PaymentEventType, Told } from './order.ts';

function sumOf({ events }: Payment, ...types: readonly PaymentEventType[]): number {
  return events.reduce((sum, event) => sum + (types.includes(event.type) ? event.amountMinor : 0), 0);
}

/** Promised by the tender and not given up. */
export const authorizedOf = (payment: Payment): number => sumOf(payment, 'AUTHORIZED') - sumOf(payment, 'VOIDED');

export const capturedOf = (payment: Payment): number => sumOf(payment, 'CAPTURED');

/** Given back for good. */
export const refundedOf = (payment: Payment): number => sumOf(payment, 'REFUNDED') - sumOf(payment, 'REFUND_REVERSED');

/** Captured, and not asked back yet: a refund counts from its request on, so that two cannot use the same money. */
export function refundableOf(payment: Payment): number {
  const claimed = sumOf(payment, 'REFUND_REQUESTED') - sumOf(payment, 'REFUND_FAILED', 'REFUND_REVERSED');
  return capturedOf(payment) - claimed;
}

export const capturableOf = (payment: Payment): number => authorizedOf(payment) - capturedOf(payment);

/** Adds an event; an amount of nothing adds none. */
export function withPaymentEvent(payment: Payment, type: PaymentEventType, amountMinor: number, told: Told): Payment {
  if (amountMinor === 0) return payment;
  const event: PaymentEvent = { type, amountMinor, atMs: told.occurredAtMs, evidence: told.evidence };
  return { ...payment, events: [...payment.events, event] };
}

export const paymentIdOf = (order: string, ordinal: number): string => `${order}.p${ordinal}`;
