import type { ReturnReason } from '../../../schema/events/fields.ts';
import type { RefundTerms } from './refund-terms.ts';
import type { ReturnHistory } from './return-policy.ts';
import type { ReturnStart } from './return-state.ts';

/** What a return of some goods is allowed and gives back. */
export interface ReturnRule extends Partial<Omit<RefundTerms, 'rulesVersion'>> {
  /** Absent: any. */
  readonly channel?: string;
  /** A category of the SKU. Absent: any. */
  readonly category?: string;
  /** Absent: any. */
  readonly reasons?: readonly ReturnReason[];
  /** Absent: any. */
  readonly starts?: readonly ReturnStart[];
  /** Days after the order within which the goods may come back. Absent: 30. */
  readonly windowDays?: number;
  /** Sold for good: they come back for faults alone. */
  readonly isFinalSale?: boolean;
  /** Days after the authorization within which the goods must come; of several lines the most. Absent: no matter when. */
  readonly awaitDays?: number;
  /** Above it a person decides, in minor units for the line. Absent: no limit. */
  readonly worthMaxMinor?: number;
}

/** One version of the rules. */
export interface ReturnRules {
  readonly version: string;
  readonly effectiveFromMs: number;
  /** The first that fits a line holds for it. */
  readonly rules: readonly ReturnRule[];
  /** Absent: the customer's other returns are not looked at. */
  readonly history?: ReturnHistory;
  /** Absent: 0, nothing is handed out for goods that no order is known of. */
  readonly blindRefundMaxMinor?: number;
}

/** What holds where no rule fits. */
export const BUILT_IN_RULES: ReturnRules = { version: 'built-in', effectiveFromMs: 0, rules: [] };
export const WINDOW_DAYS = 30;
