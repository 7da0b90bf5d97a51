import type { ReturnReason } from '../../../schema/events/fields.ts';
import type { RefundTerms } from './refund-terms.ts';
import type { ReturnStart } from './return-state.ts';

/** Who asks for a return. */
export type Requester = 'CUSTOMER' | 'STORE' | 'AGENT';

export interface PolicyQuestion {
  readonly requester: Requester;
  readonly start: ReturnStart;
  /** Who sold it; null for a blind return. */
  readonly channel: string | null;
  /** Null for a blind return. */
  readonly placedAtMs: number | null;
  readonly requestedAtMs: number;
  readonly lines: readonly QuestionedLine[];
  /** Returns that the customer opened in the days that `history` says, this one left out; at most its `countMax`. */
  readonly recentReturns: number;
}

export interface QuestionedLine {
  readonly sku: string;
  readonly categories: readonly string[];
  readonly reason: ReturnReason;
  /** What was paid for the units; 0 where nobody knows. */
  readonly worthMinor: number;
}

export interface PolicyAnswer {
  /** REQUESTED leaves it open for a person with the authority. */
  readonly outcome: 'AUTHORIZED' | 'REQUESTED' | 'REJECTED';
  /** Kept with the return. */
  readonly reasons: readonly string[];
  readonly rulesVersion: string;
  /** Days after the authorization within which the goods must come. Absent: no matter when. */
  readonly awaitDays?: number;
  /** Line by line, as they were asked about. */
  readonly terms: readonly RefundTerms[];
}

/** What a retailer allows. Pure: the same question has the same answer. */
export interface ReturnPolicy {
  decideRequest(question: PolicyQuestion): PolicyAnswer;
  /** Whether a return that was left open may be decided by this person. */
  mayDecideOpen(requester: Requester): boolean;
  /** What is looked at of the customer's other returns, at the time of a request; absent: nothing. */
  history(requestedAtMs: number): ReturnHistory | undefined;
  /** The most that a store may hand out for goods that no order is known of, in minor units. */
  blindRefundMaxMinor(requestedAtMs: number): number;
}

export interface ReturnHistory {
  readonly days: number;
  /** More than so many is a sign of fraud. */
  readonly countMax: number;
}
