import type { ConfirmedTax, ConfirmTax } from '../../schema/commands/outbound-taxes.ts';

export interface TaxedItem {
  /** What the hub calls it; comes back with its taxes. */
  readonly ref: string;
  /** Null for a charge, such as carriage. */
  readonly sku: string | null;
  /** What is charged for it, discounts taken off, in minor units. */
  readonly amountMinor: number;
}

export interface TaxQuestion {
  readonly order: string;
  readonly currency: string;
  /** False: taxes are added to the amounts. */
  readonly pricesIncludeTax: boolean;
  /** ISO 3166 alpha-2. */
  readonly country: string;
  readonly postalCode: string | null;
  readonly items: readonly TaxedItem[];
}

export interface QuotedTax {
  readonly jurisdiction: string;
  /** A decimal, such as `8.875`. */
  readonly ratePercent: string;
  readonly amountMinor: number;
}

export interface TaxQuote {
  /** The system's id of it. */
  readonly quote: string;
  /** By what the hub calls each item; every item that was asked for is there. */
  readonly taxes: ReadonlyMap<string, readonly QuotedTax[]>;
}

export interface TaxConfirmation extends ConfirmTax {
  /** The same key never books twice. */
  readonly idempotencyKey: string;
}

/**
 * What the hub needs of a tax system. Every call is bounded by a timeout and retried within bounds inside; what remains is
 * an Obstacle (UPSTREAM_TIMEOUT, UPSTREAM_UNAVAILABLE) or a Refusal (UPSTREAM_REJECTED).
 */
export interface TaxSystem {
  /** The name of this system as a source, such as `tax-main`. */
  readonly system: string;
  /** The taxes of all items in one call, to the minor unit, while somebody waits for the answer. Books nothing. */
  quote(question: TaxQuestion): Promise<TaxQuote>;
  /** Books taxes. Idempotent by key. */
  confirm(confirmation: TaxConfirmation): Promise<ConfirmedTax>;
}
