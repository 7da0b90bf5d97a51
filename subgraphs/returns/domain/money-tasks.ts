import { isDue } from './refund-parts.ts';
import type { ReturnLine, ReturnState } from './return-state.ts';
import type { HandOut, TaskContent } from './task.ts';

/** What has to be done about money after lines have changed; nothing when it cannot have changed. */
export function moneyTasksOf(
  state: ReturnState,
  changed: readonly ReturnLine[],
  handOut?: HandOut,
): readonly TaskContent[] {
  // Who has given money back already decided about it; the hub would pay for the same goods twice.
  if (state.refunds.some((refund) => refund.isStated)) return [];
  const due = changed.filter(isDue);
  if (due.length === 0 && state.granted === undefined) return [];
  return [{ kind: 'GRANT_REFUND', lines: due.map((line) => line.id), ...(handOut && { handOut }) }];
}
