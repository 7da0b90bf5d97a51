import type { Steps } from '../../../kernel/model/quantity.ts';

/** What quotas hold back of the pool that a channel sees, by the index of the channel that they are for. */
export interface GrantedQuotas {
  /** Of the channel itself, and of all others. */
  readonly own: Steps;
  readonly others: Steps;
  of(channel: number): Steps;
}

/** Most ledgers have no quotas. */
export const NO_QUOTAS: GrantedQuotas = { own: 0, others: 0, of: () => 0 };
