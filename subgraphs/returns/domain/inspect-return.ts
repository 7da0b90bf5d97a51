import { isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { changeLines } from './change-lines.ts';
import { moveLine } from './line-transitions.ts';
import type { Change, ReturnCondition, ReturnState } from './return-state.ts';

export interface Inspection {
  readonly lines: readonly { readonly line: string; readonly condition: ReturnCondition }[];
  readonly nowMs: number;
}

/** Records what received goods look like. A line that was found to look the same before stays as it is. */
export function inspectReturn(state: ReturnState, { lines, nowMs }: Inspection): Change | RefusalValue {
  const conditions = new Map(lines.map(({ line, condition }) => [line, condition]));
  const before = new Map(state.lines.map((line) => [line.id, line]));
  const ids = lines.map(({ line }) => line);
  const outcome = changeLines(state, ids, (line) => {
    const condition = conditions.get(line.id) ?? null;
    if (line.status === 'INSPECTED' && line.condition === condition) return line;
    return moveLine({ ...line, condition }, 'INSPECTED');
  });
  if (isRefusal(outcome)) return outcome;
  const inspected = outcome.changed.filter((line) => line !== before.get(line.id));
  if (inspected.length === 0) return { state, steps: [] };
  return { state: outcome.state, steps: [{ step: 'INSPECTED', lines: inspected, occurredAtMs: nowMs }] };
}
