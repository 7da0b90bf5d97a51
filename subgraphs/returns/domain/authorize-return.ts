import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { addTasks } from './add-tasks.ts';
import { changeLines } from './change-lines.ts';
import { awaitedUntil } from './expire-return.ts';
import { moneyTasksOf } from './money-tasks.ts';
import { moveLine } from './line-transitions.ts';
import type { Change, ReturnState } from './return-state.ts';

export interface Decision {
  readonly approve: boolean;
  /** Who decided. */
  readonly by: string;
  readonly note?: string;
  readonly nowMs: number;
}

/** Allows or refuses what the policy left open. A repeat of the same decision changes nothing. */
export function authorizeReturn(
  state: ReturnState,
  { approve, by, note: words, nowMs }: Decision,
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
  const { reasons = [], rulesVersion = '' } = state.authorization ?? {};
  const authorization = { reasons, rulesVersion, decidedBy: by, ...(words !== undefined && { note: words }) };
  const decided = { ...outcome.state, authorization, ...(approve && awaitedUntil(state, nowMs)) };
  const tasks = approve ? moneyTasksOf(decided, outcome.changed) : [{ kind: 'SYNC_CLAIMS' } as const];
  return {
    state: addTasks(decided, tasks, nowMs),
    steps: [{ step: to, lines: outcome.changed, occurredAtMs: nowMs }],
  };
}
