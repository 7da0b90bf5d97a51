import type { Tender } from '../../../../schema/events/fields.ts';
import type { CaptureMoment } from './capture-rules.ts';

export type PaymentEventType =
  | 'AUTHORIZED'
  | 'CAPTURED'
  | 'VOIDED'
  | 'REFUND_REQUESTED'
  | 'REFUNDED'
  | 'REFUND_FAILED'
  | 'REFUND_REVERSED'
  | 'CHARGEBACK'
  | 'CHARGEBACK_REVERSED';

export interface PaymentEvent {
  readonly type: PaymentEventType;
  /** More than zero. */
  readonly amountMinor: number;
  readonly atMs: number;
  /** The message or command that it comes from. */
  readonly evidence: string;
}

export interface Payment {
  readonly id: string;
  readonly tender: Tender;
  /** Every amount of a payment is a sum of these. */
  readonly events: readonly PaymentEvent[];
  /** Who holds the money. Absent: the channel takes it by itself, and what the hub records is done. */
  readonly provider?: ProvidedBy;
  /** Absent: SHIPMENT. */
  readonly captureAt?: CaptureMoment;
  /** Of the rules that said so. */
  readonly captureRules?: string;
  /** How much more than promised may be taken. Absent: nothing. */
  readonly overCaptureMinor?: number;
  /** What its provider was asked, or did unasked. Absent: nothing. */
  readonly operations?: readonly PaymentOperation[];
  /** The return whose charge it pays: none of it is for goods of the order. Absent: it pays for the order. */
  readonly paysChargeOf?: string;
  /** The payment whose promise had ended before its money was taken. */
  readonly replaces?: string;
  /** The payment that it adds to, because a change made the order cost more. */
  readonly supplements?: string;
}

/** How a payment stands with its provider. */
export interface ProvidedBy {
  /** The name of the provider as a source. */
  readonly system: string;
  /** What the provider is to authorise. Null: the channel had it authorised. */
  readonly token: string | null;
  /** The provider's id of the payment. Null until it is known. */
  readonly reference: string | null;
  /** What is to be promised, or was. */
  readonly amountMinor: number;
  /** NEW: not asked yet. PENDING: somebody else has to answer. */
  readonly state: 'NEW' | 'ASKED' | 'PENDING' | 'AUTHORIZED' | 'DECLINED' | 'EXPIRED';
  /** Until when the promise is good. Null: it is not told. */
  readonly expiresAtMs: number | null;
  /** The newest verdict on fraud. */
  readonly verdict?: { readonly word: FraudVerdict; readonly atMs: number };
}

export type FraudVerdict = 'APPROVED' | 'REVIEW' | 'REJECTED';

export interface PaymentOperation {
  /** The command that asked for it, or what its provider calls what nobody here asked for. */
  readonly id: string;
  readonly kind: 'CAPTURE' | 'VOID' | 'REFUND' | 'CHARGEBACK';
  readonly amountMinor: number;
  /** REVERSED: it was done, and undone later. */
  readonly state: 'ASKED' | 'DONE' | 'FAILED' | 'REVERSED';
}
