import type { FraudVerdict } from '../money/order-payment.ts';

/** A provider's answer to whether it promises the money. */
export interface PromiseTold {
  readonly status: 'AUTHORIZED' | 'PENDING' | 'DECLINED' | 'EXPIRED';
  /** The provider's id of the payment; null when it made none. */
  readonly reference: string | null;
  readonly amountMinor: number;
  readonly expiresAtMs: number | null;
  readonly verdict: FraudVerdict | null;
  /** Why it was declined; empty otherwise. */
  readonly reason: string;
}
