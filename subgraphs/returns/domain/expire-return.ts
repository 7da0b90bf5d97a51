import { isRefusal } from '../../../kernel/model/errors.ts';
import { cancelReturn } from './cancel-return.ts';
import type { Change, ReturnState } from './return-state.ts';

const DAY_MS = 86_400_000;

/** Until when goods that were authorized are awaited; absent: for ever. */
export function awaitedUntil({ awaitDays }: Pick<ReturnState, 'awaitDays'>, nowMs: number): { expiresAtMs?: number } {
  return awaitDays === undefined ? {} : { expiresAtMs: nowMs + awaitDays * DAY_MS };
}

/** What has not come in its time is not awaited any more: as if it had been called off. */
export function expireReturn(state: ReturnState, { nowMs }: { readonly nowMs: number }): Change {
  const { expiresAtMs, ...rest } = state;
  if (expiresAtMs === undefined || expiresAtMs > nowMs) return { state, steps: [] };
  const called = cancelReturn(rest, { nowMs });
  return isRefusal(called) ? { state: rest, steps: [] } : called;
}
