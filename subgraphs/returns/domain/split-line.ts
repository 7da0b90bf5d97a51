import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import type { ReturnLine, ReturnState } from './return-state.ts';

/** What of a line is meant: all of it, or so many of its units. */
export interface MeantUnits {
  readonly line: string;
  /** Absent: all. */
  readonly steps?: Steps;
}

/**
 * Parts the units that are meant from the others of their line, which become a line of their own. The stretch that money
 * follows is parted with them, so that the parts are worth what the whole was. Lines that are unknown are left to others.
 */
export function splitMeant(
  state: ReturnState,
  meant: readonly MeantUnits[],
  nextId: () => string,
): ReturnState | RefusalValue {
  let lines = state.lines;
  for (const { line: id, steps } of meant) {
    const line = lines.find((candidate) => candidate.id === id);
    if (!line || steps === undefined || steps === line.steps) continue;
    if (steps > line.steps) {
      const held = formatQuantity(line.steps, line.decimals);
      return refuse('INVALID_QUANTITY', `Line ${id} is of ${held}.`, { line: id, quantity: held });
    }
    const [part, rest] = splitLine(line, { steps, id: nextId(), tasksBefore: state.tasks.length });
    lines = lines.flatMap((each) => (each.id === id ? [part, rest] : [each]));
  }
  return lines === state.lines ? state : { ...state, lines };
}

interface Split {
  readonly steps: Steps;
  /** Of the rest. */
  readonly id: string;
  /** Tasks before this place mean both. Absent: none does. */
  readonly tasksBefore?: number;
}

/** The first units keep the id of the line. */
export function splitLine(line: ReturnLine, { steps, id, tasksBefore }: Split): readonly [ReturnLine, ReturnLine] {
  const { stretch, splitFrom = [] } = line;
  const at = stretch && Math.min(stretch.to, stretch.from + steps);
  const part = { ...line, steps, ...(stretch && at !== undefined && { stretch: { from: stretch.from, to: at } }) };
  const origin = tasksBefore === undefined ? [] : [{ line: line.id, tasksBefore }];
  const rest = {
    ...line,
    id,
    steps: line.steps - steps,
    ...(stretch && at !== undefined && { stretch: { from: at, to: stretch.to } }),
    ...(splitFrom.length + origin.length > 0 && { splitFrom: [...splitFrom, ...origin] }),
  };
  return [part, rest];
}

/** Whether a task that names a line means this one: it is the line, or was part of it when the task was added. */
export function isMeantBy(
  { id, splitFrom = [] }: ReturnLine,
  { named, place }: { readonly named: string; readonly place: number },
): boolean {
  return id === named || splitFrom.some(({ line, tasksBefore }) => line === named && place < tasksBefore);
}
