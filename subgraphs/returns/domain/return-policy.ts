import type { Disposition } from '../../../schema/events/fields.ts';

/** Who asks for a return. */
export type Requester = 'CUSTOMER' | 'STORE' | 'AGENT';

interface PolicyQuestion {
  readonly placedAtMs: number;
  readonly requestedAtMs: number;
  readonly requester: Requester;
}

export interface PolicyAnswer {
  /** REQUESTED leaves it open for a person with the authority. */
  readonly outcome: 'AUTHORIZED' | 'REQUESTED';
  /** Kept with the return. */
  readonly reason: string;
}

/** What a retailer allows. Pure: the same question has the same answer. */
export interface ReturnPolicy {
  decideRequest(question: PolicyQuestion): PolicyAnswer;
  /** Whether a return that was left open may be decided by this person. */
  mayDecideOpen(requester: Requester): boolean;
  /** Whether goods with this end give money back. */
  isRefunded(disposition: Disposition): boolean;
}
