import type { Document } from '../../../kernel/ports/documents.ts';

/** Which order a payment belongs to that its channel had authorised: its provider knows the hub's name of neither. */
export interface KnownPayment extends Document {
  readonly order: string;
  /** The hub's id. */
  readonly payment: string;
}

export interface NamedPayment {
  readonly system: string;
  /** The provider's id. */
  readonly reference: string;
}

export const knownPaymentId = ({ system, reference }: NamedPayment): string => `${system}|${reference}`;

/** What a fact about a payment waits for that no order is known to have. */
export const waitsForPayment = (named: NamedPayment): string => `payment:${knownPaymentId(named)}`;
