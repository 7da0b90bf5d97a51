/** What a payment system tells of one payment, or of something that was done with it. */
export interface PaymentTold {
  readonly system: string;
  readonly kind: 'AUTHORIZATION' | 'CAPTURE' | 'VOID' | 'REFUND' | 'CHARGEBACK';
  readonly outcome: 'SUCCEEDED' | 'PENDING' | 'FAILED' | 'EXPIRED' | 'REVERSED';
  /** The system's id of the payment. */
  readonly reference: string;
  /** The system's id of what was done. */
  readonly operation: string;
  /** The hub's command; null when nobody here asked for it. */
  readonly command: string | null;
  readonly amountMinor: number;
  readonly currency: string;
  readonly expiresAtMs: number | null;
  /** Empty: none is told. */
  readonly reason: string;
}
