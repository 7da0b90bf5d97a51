import type { ReturnPolicy } from './return-policy.ts';

export interface WindowReturnPolicyOptions {
  /** Days after the order within which a return is authorized at once. Default 30. */
  readonly windowDays?: number;
}

const DAY_MS = 86_400_000;

/** Authorizes within a window of days; beyond it, only an agent may. Goods that never came give no money back. */
export function windowReturnPolicy({ windowDays = 30 }: WindowReturnPolicyOptions = {}): ReturnPolicy {
  return {
    decideRequest: ({ placedAtMs, requestedAtMs, requester }) => {
      if (requestedAtMs - placedAtMs <= windowDays * DAY_MS) return { outcome: 'AUTHORIZED', reason: 'WITHIN_WINDOW' };
      if (requester === 'AGENT') return { outcome: 'AUTHORIZED', reason: 'AGENT_BEYOND_WINDOW' };
      return { outcome: 'REQUESTED', reason: 'BEYOND_WINDOW' };
    },
    mayDecideOpen: (requester) => requester === 'AGENT',
    isRefunded: (disposition) => disposition !== 'MISSING',
  };
}
