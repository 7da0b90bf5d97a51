import { invariant, isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Disposition } from '../../../schema/events/fields.ts';
import { addTasks } from './add-tasks.ts';
import { changeLines, quantityOf } from './change-lines.ts';
import { moveLine } from './line-transitions.ts';
import { moneyTasksOf } from './money-tasks.ts';
import type { Change, ReturnLine, ReturnState } from './return-state.ts';
import { splitMeant, type MeantUnits } from './split-line.ts';
import type { HandOut, TaskContent } from './task.ts';

export interface DispositionDecision {
  readonly lines: readonly (MeantUnits & { readonly disposition: Disposition })[];
  /** Absent: money goes back on the payments of the order. */
  readonly handOut?: HandOut;
  readonly nowMs: number;
  /** Ids for lines that are split off. */
  readonly nextId: () => string;
}

/**
 * Decides what becomes of goods, or decides it anew: the ledger moves them, and money follows. A line with the same
 * disposition stays as it is.
 */
export function dispositionReturn(state: ReturnState, decision: DispositionDecision): Change | RefusalValue {
  const { lines, nowMs, handOut } = decision;
  const split = splitMeant(state, lines, decision.nextId);
  if (isRefusal(split)) return split;
  const dispositions = new Map(lines.map(({ line, disposition }) => [line, disposition]));
  const before = new Map(split.lines.map((line) => [line.id, line]));
  const ids = lines.map(({ line }) => line);
  const outcome = changeLines(split, ids, (line) => decideLine(line, dispositions.get(line.id)));
  if (isRefusal(outcome)) return outcome;
  const decided = outcome.changed.filter((line) => line !== before.get(line.id));
  if (decided.length === 0) return { state, steps: [] };
  const tasks = [...moves(outcome.state, decided), ...moneyTasksOf(outcome.state, decided, handOut)];
  return {
    state: addTasks(outcome.state, tasks, nowMs),
    steps: [{ step: 'DISPOSITIONED', lines: decided, occurredAtMs: nowMs }],
  };
}

function decideLine(line: ReturnLine, disposition: Disposition | undefined): ReturnLine | RefusalValue {
  invariant(disposition !== undefined, 'A line is decided on with a disposition.', { line: line.id });
  const isDecided = line.status === 'DISPOSITIONED' || line.status === 'CLOSED';
  if (isDecided && line.disposition === disposition) return line;
  const isKept = line.status === 'AUTHORIZED' || line.disposition === 'KEEP_IT';
  if (isKept !== (disposition === 'KEEP_IT')) {
    const words = isKept
      ? 'did not come, so the customer can but keep it'
      : 'is here, so the customer does not keep it';
    return refuse('ILLEGAL_TRANSITION', `Line ${line.id} ${words}.`, { line: line.id, from: line.status, disposition });
  }
  // No movement: the ledger is not asked.
  const kept = disposition === 'KEEP_IT' ? { movedAs: disposition } : {};
  return moveLine({ ...line, disposition, ...kept }, 'DISPOSITIONED');
}

/** One command for each location where the goods lie; what was done with them before is known when it is sent. */
function moves(state: ReturnState, decided: readonly ReturnLine[]): readonly TaskContent[] {
  const byLocation = Map.groupBy(
    decided.filter((line) => line.disposition !== 'KEEP_IT'),
    (line) => line.location ?? state.location,
  );
  return Array.from(byLocation, ([location, lines]) => {
    invariant(location !== null, 'Received goods lie at a location.', { return: state.id });
    return {
      kind: 'DISPOSE',
      location,
      lines: lines.flatMap((line) => {
        const { id, sku, disposition } = line;
        return disposition === null ? [] : [{ returnLine: id, sku, quantity: quantityOf(line), disposition }];
      }),
    };
  });
}
