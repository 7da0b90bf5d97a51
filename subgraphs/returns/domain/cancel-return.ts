import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { addTasks } from './add-tasks.ts';
import { changeLines } from './change-lines.ts';
import { moveLine } from './line-transitions.ts';
import { moneyTasksOf } from './money-tasks.ts';
import type { Change, ReturnState } from './return-state.ts';

/**
 * Calls off what has not come: its units may come back by another return, and money that was given back in advance is
 * owed. A repeat changes nothing.
 */
export function cancelReturn(state: ReturnState, { nowMs }: { readonly nowMs: number }): Change | RefusalValue {
  if (state.status === 'CANCELLED') return { state, steps: [] };
  const open = state.lines.filter(({ status }) => status === 'REQUESTED' || status === 'AUTHORIZED');
  if (open.length === 0) {
    return refuse('ILLEGAL_TRANSITION', `The return is ${state.status} and nothing of it is awaited.`, {
      from: state.status,
      to: 'CANCELLED',
    });
  }
  const ids = open.map((line) => line.id);
  const outcome = changeLines(state, ids, (line) => moveLine(line, 'CANCELLED'));
  if (isRefusal(outcome)) return outcome;
  const tasks = [{ kind: 'SYNC_CLAIMS' } as const, ...moneyTasksOf(outcome.state, outcome.changed)];
  return { state: addTasks(outcome.state, tasks, nowMs), steps: [] };
}
