import { invariant, isRefusal, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Disposition } from '../../../schema/events/fields.ts';
import { addTasks } from './add-tasks.ts';
import { changeLines, quantityOf } from './change-lines.ts';
import { moveLine } from './line-transitions.ts';
import type { ReturnPolicy } from './return-policy.ts';
import type { Change, ReturnLine, ReturnState } from './return-state.ts';
import type { TaskContent } from './task.ts';

export interface DispositionDecision {
  readonly lines: readonly { readonly line: string; readonly disposition: Disposition }[];
  readonly policy: ReturnPolicy;
  readonly nowMs: number;
}

/**
 * Decides what becomes of inspected goods: the ledger moves them, and money follows. A line with the same disposition
 * stays as it is.
 */
export function dispositionReturn(
  state: ReturnState,
  { lines, policy, nowMs }: DispositionDecision,
): Change | RefusalValue {
  const dispositions = new Map(lines.map(({ line, disposition }) => [line, disposition]));
  const before = new Map(state.lines.map((line) => [line.id, line]));
  const ids = lines.map(({ line }) => line);
  const outcome = changeLines(state, ids, (line) => {
    const disposition = dispositions.get(line.id) ?? null;
    const isDecided = line.status === 'DISPOSITIONED' || line.status === 'CLOSED';
    if (isDecided && line.disposition === disposition) return line;
    return moveLine({ ...line, disposition }, 'DISPOSITIONED');
  });
  if (isRefusal(outcome)) return outcome;
  const decided = outcome.changed.filter((line) => line !== before.get(line.id));
  if (decided.length === 0) return { state, steps: [] };
  return {
    state: addTasks(outcome.state, followUpsOf(outcome.state, decided, policy), nowMs),
    steps: [{ step: 'DISPOSITIONED', lines: decided, occurredAtMs: nowMs }],
  };
}

function followUpsOf(state: ReturnState, decided: readonly ReturnLine[], policy: ReturnPolicy): readonly TaskContent[] {
  invariant(state.location !== null, 'Received goods lie at a location.', { return: state.id });
  const moves = decided.flatMap((line) =>
    line.disposition === null
      ? []
      : [{ returnLine: line.id, sku: line.sku, quantity: quantityOf(line), disposition: line.disposition }],
  );
  const refunded = decided.filter((line) => line.disposition !== null && policy.isRefunded(line.disposition));
  const granting: TaskContent = { kind: 'GRANT_REFUND', lines: refunded.map((line) => line.id) };
  // Who has given money back already decided about it; the hub would pay for the same goods twice.
  const isPaid = state.refunds.some((refund) => refund.isStated);
  const dispose: TaskContent = { kind: 'DISPOSE', location: state.location, lines: moves };
  return isPaid || refunded.length === 0 ? [dispose] : [dispose, granting];
}
