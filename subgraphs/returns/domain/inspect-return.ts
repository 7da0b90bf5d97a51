import { isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import { addTasks } from './add-tasks.ts';
import { changeLines } from './change-lines.ts';
import { moveLine } from './line-transitions.ts';
import { moneyTasksOf } from './money-tasks.ts';
import type { Change, ReturnCondition, ReturnState } from './return-state.ts';
import { splitMeant, type MeantUnits } from './split-line.ts';

export interface InspectedUnits extends MeantUnits {
  readonly condition: ReturnCondition;
  readonly note?: string;
  readonly evidence?: readonly string[];
}

export interface Inspection {
  readonly lines: readonly InspectedUnits[];
  /** Who looked. */
  readonly by: string;
  readonly nowMs: number;
  /** Ids for lines that are split off. */
  readonly nextId: () => string;
}

/**
 * Records what received goods look like, all units of a line or some. A line that was found to look the same before stays
 * as it is.
 */
export function inspectReturn(state: ReturnState, inspection: Inspection): Change | RefusalValue {
  const { lines, by, nowMs, nextId } = inspection;
  const split = splitMeant(state, lines, nextId);
  if (isRefusal(split)) return split;
  const found = new Map(lines.map((each) => [each.line, each]));
  const before = new Map(split.lines.map((line) => [line.id, line]));
  const ids = lines.map(({ line }) => line);
  const outcome = changeLines(split, ids, (line) => {
    const { condition = null, note, evidence = [] } = found.get(line.id) ?? {};
    if (line.status === 'INSPECTED' && line.condition === condition) return line;
    const record = { ...(note !== undefined && { note }), evidence, by, atMs: nowMs };
    return moveLine({ ...line, condition, inspection: record }, 'INSPECTED');
  });
  if (isRefusal(outcome)) return outcome;
  const inspected = outcome.changed.filter((line) => line !== before.get(line.id));
  if (inspected.length === 0) return { state, steps: [] };
  return {
    state: addTasks(outcome.state, moneyTasksOf(outcome.state, inspected), nowMs),
    steps: [{ step: 'INSPECTED', lines: inspected, occurredAtMs: nowMs }],
  };
}
