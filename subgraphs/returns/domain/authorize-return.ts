import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { addTasks } from './add-tasks.ts';
import { changeLines } from './change-lines.ts';
import { moveLine } from './line-transitions.ts';
import type { Change, ReturnState } from './return-state.ts';

/** Allows or refuses what the policy left open. A repeat of the same decision changes nothing. */
export function authorizeReturn(
  state: ReturnState,
  { approve, nowMs }: { readonly approve: boolean; readonly nowMs: number },
): Change | RefusalValue {
  const to = approve ? 'AUTHORIZED' : 'REJECTED';
  if (state.status === to) return { state, steps: [] };
  const open = state.lines.filter((line) => line.status === 'REQUESTED').map((line) => line.id);
  if (open.length === 0) {
    return refuse('ILLEGAL_TRANSITION', `The return is ${state.status} and waits for no decision.`, {
      from: state.status,
      to,
    });
  }
  const outcome = changeLines(state, open, (line) => moveLine(line, to));
  if (isRefusal(outcome)) return outcome;
  return {
    state: approve ? outcome.state : addTasks(outcome.state, [{ kind: 'SYNC_CLAIMS' }], nowMs),
    steps: [{ step: to, lines: outcome.changed, occurredAtMs: nowMs }],
  };
}
