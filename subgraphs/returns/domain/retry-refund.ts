import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Change, Refund, ReturnState } from './return-state.ts';
import { addRefund, missedOf } from './settle-money.ts';

/** Gives back anew what of a refund failed or came back. The old refund stays as it is and names the new one. */
export function retryRefund(
  state: ReturnState,
  { refund: id, nowMs, nextId }: { readonly refund: string; readonly nowMs: number; readonly nextId: () => string },
): Change | RefusalValue {
  const old = state.refunds.find((refund) => refund.id === id);
  if (!old) return refuse('BAD_USER_INPUT', `The return has no refund ${id}.`, { field: 'refund', refund: id });
  // A repeat finds the new one.
  if (old.replacedBy !== undefined) return { state, steps: [] };
  const amountMinor = old.status === 'FAILED' || old.status === 'REVERSED' ? missedOf(old) : 0;
  if (amountMinor === 0) {
    return refuse('ILLEGAL_TRANSITION', `The refund is ${old.status}; nothing of it has to be given back anew.`, {
      from: old.status,
      to: 'SUBMITTED',
    });
  }
  const again: Refund = {
    id: nextId(),
    amount: { amountMinor, currencyCode: old.amount.currencyCode },
    status: 'REQUESTED',
    requestedAtMs: nowMs,
    isStated: false,
  };
  const refunds = state.refunds.map((refund) => (refund.id === id ? { ...refund, replacedBy: again.id } : refund));
  return { state: addRefund({ ...state, refunds }, again), steps: [] };
}
