import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import { deriveStatus } from './line-transitions.ts';
import type { ReturnLine, ReturnState } from './return-state.ts';
import type { TaskContent } from './task.ts';

/** Replaces lines and derives what follows from them. */
export function withLines(state: ReturnState, lines: readonly ReturnLine[]): ReturnState {
  return { ...state, lines, status: deriveStatus(lines) };
}

export interface LinesChanged {
  readonly state: ReturnState;
  /** The lines that were named, as they are now. */
  readonly changed: readonly ReturnLine[];
}

/** Changes the named lines, all or none. A line that is not of this return, or is named twice, is refused. */
export function changeLines(
  state: ReturnState,
  ids: readonly string[],
  change: (line: ReturnLine) => ReturnLine | RefusalValue,
): LinesChanged | RefusalValue {
  const named = new Set(ids);
  if (named.size < ids.length) return refuse('BAD_USER_INPUT', 'A line is named twice.', { field: 'lines' });
  const known = new Set(state.lines.map((line) => line.id));
  const unknown = ids.find((id) => !known.has(id));
  if (unknown !== undefined) {
    return refuse('BAD_USER_INPUT', `The return has no line ${unknown}.`, { field: 'lines', line: unknown });
  }
  const lines: ReturnLine[] = [];
  for (const line of state.lines) {
    const next = named.has(line.id) ? change(line) : line;
    if (isRefusal(next)) return next;
    lines.push(next);
  }
  return { state: withLines(state, lines), changed: lines.filter((line) => named.has(line.id)) };
}

export const quantityOf = ({ steps, decimals }: ReturnLine): string => formatQuantity(steps, decimals);

/** What the order has to be told of received lines; nothing for blind ones. */
export function registrationOf(lines: readonly ReturnLine[], occurredAtMs: number): readonly TaskContent[] {
  const bought = lines.flatMap((line) =>
    line.orderLine === null ? [] : [{ line: line.id, orderLine: line.orderLine, quantity: quantityOf(line) }],
  );
  if (bought.length === 0) return [];
  return [{ kind: 'REGISTER_RETURN', occurredAtMs, lines: bought }, { kind: 'SYNC_CLAIMS' }];
}
