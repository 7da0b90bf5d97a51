/** The states of a payment in the provider's words. */
export type PaymentStatus = 'authorised' | 'pending' | 'declined' | 'expired';
export type RiskVerdict = 'approved' | 'review' | 'rejected';
export type OperationKind = 'authorisation' | 'capture' | 'void' | 'refund' | 'chargeback';
/** `reversed`: it succeeded, and was undone later. */
export type OperationStatus = 'pending' | 'succeeded' | 'failed' | 'reversed';

/** Something done with a payment. Amounts are minor units. */
export interface ProviderOperation {
  readonly id: string;
  readonly kind: OperationKind;
  /** What the merchant calls it; absent for what the merchant did not ask for. */
  readonly reference: string | null;
  readonly amount: number;
  status: OperationStatus;
  failureCode: string | null;
}

/** A payment as the provider keeps it. */
export interface ProviderPayment {
  readonly id: string;
  readonly merchantReference: string;
  readonly currency: string;
  readonly amount: number;
  status: PaymentStatus;
  risk: RiskVerdict;
  declineCode: string | null;
  readonly expiresAtMs: number;
  readonly operations: ProviderOperation[];
  /** The number of the gift card that it is taken from; null for any other means. */
  readonly giftCard: string | null;
}

/** What was done of one kind, or is under way: a claim under way counts, so that two cannot use the same money. */
export function sumOf({ operations }: ProviderPayment, kind: OperationKind, ...statuses: OperationStatus[]): number {
  const counted = operations.filter((operation) => operation.kind === kind && statuses.includes(operation.status));
  return counted.reduce((sum, { amount }) => sum + amount, 0);
}

/** Authorised, and neither captured nor given up, nor about to be. */
export function capturable(payment: ProviderPayment): number {
  if (payment.status !== 'authorised') return 0;
  const open = ['pending', 'succeeded'] as const;
  return payment.amount - sumOf(payment, 'capture', ...open) - sumOf(payment, 'void', ...open);
}

/** Captured, and not given back, nor about to be. */
export function refundable(payment: ProviderPayment): number {
  const given = sumOf(payment, 'refund', 'pending', 'succeeded') + sumOf(payment, 'chargeback', 'succeeded');
  return sumOf(payment, 'capture', 'succeeded') - given;
}

export function paymentObject(payment: ProviderPayment): Readonly<Record<string, unknown>> {
  const { id, merchantReference, currency, amount, status, risk, declineCode, expiresAtMs } = payment;
  const money = (value: number) => ({ value, currency });
  return {
    id,
    merchant_reference: merchantReference,
    status,
    amount: money(amount),
    captured: money(sumOf(payment, 'capture', 'succeeded')),
    voided: money(sumOf(payment, 'void', 'succeeded')),
    refunded: money(sumOf(payment, 'refund', 'succeeded')),
    expires_at: new Date(expiresAtMs).toISOString(),
    risk: { verdict: risk },
    decline_code: declineCode,
  };
}

export function operationObject(
  payment: ProviderPayment,
  { id, kind, reference, amount, status, failureCode }: ProviderOperation,
): Readonly<Record<string, unknown>> {
  return {
    id,
    kind,
    reference,
    payment: payment.id,
    amount: { value: amount, currency: payment.currency },
    status,
    failure_code: failureCode,
  };
}
