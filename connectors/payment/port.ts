import type { Money } from '../../kernel/model/money.ts';
import type { PaymentCommandDone } from '../../schema/commands/outbound-payments.ts';

/** Money that somebody is to promise. */
export interface Authorisation {
  /** The same key never makes a second payment. */
  readonly idempotencyKey: string;
  /** What the hub calls the payment; comes back with everything that is told of it. */
  readonly merchantReference: string;
  /** Stands for the means of payment, or the number of a gift card; made by the provider's own fields at the till or shop. */
  readonly token: string;
  readonly amount: Money;
}

export type FraudVerdict = 'APPROVED' | 'REVIEW' | 'REJECTED';

/**
 * A payment as its provider keeps it. PENDING: somebody else, such as the customer's bank, has to answer; the provider
 * tells what they say. DECLINED and EXPIRED promise nothing.
 */
export interface ProvidedPayment {
  /** The provider's id. */
  readonly payment: string;
  readonly merchantReference: string;
  readonly status: 'AUTHORIZED' | 'PENDING' | 'DECLINED' | 'EXPIRED';
  readonly amount: Money;
  readonly captured: Money;
  readonly expiresAtMs: number | null;
  readonly verdict: FraudVerdict;
  /** Why it was declined, in the words of the provider; null otherwise. */
  readonly reason: string | null;
}

/** Something to be done with a payment. */
export interface PaymentOperation {
  /** The same key never does it a second time. */
  readonly idempotencyKey: string;
  /** The provider's id. */
  readonly payment: string;
  readonly amount: Money;
}

/** Payments looked up in one call at most. */
export const PAYMENTS_PER_LOOK_UP_MAX = 100;

/**
 * What the hub needs of a provider of payments, gift cards and the like. Every call is bounded by a timeout and retried
 * within bounds inside; what remains is an Obstacle (UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE) or a Refusal
 * (UPSTREAM_REJECTED).
 */
export interface PaymentProvider {
  /** The name of this system as a source, such as `psp-main`. */
  readonly system: string;
  /** Asks for a promise while somebody waits for the answer. Idempotent by key. A decline is an answer. */
  authorise(authorisation: Authorisation): Promise<ProvidedPayment>;
  /** Payments by the provider's ids, in one call. Those that it does not know are absent. */
  lookUpPayments(payments: readonly string[]): Promise<ReadonlyMap<string, ProvidedPayment>>;
  /** Takes promised money, in parts if need be. Idempotent by key; refused beyond what is promised. */
  capture(operation: PaymentOperation): Promise<PaymentCommandDone>;
  /** Gives up promised money, in parts if need be. Idempotent by key; refused beyond what is promised. */
  void(operation: PaymentOperation): Promise<PaymentCommandDone>;
  /** Gives taken money back, in parts if need be. Idempotent by key; refused beyond what was taken. */
  refund(operation: PaymentOperation): Promise<PaymentCommandDone>;
}
