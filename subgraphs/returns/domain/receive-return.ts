import { isRefusal, refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { addTasks } from './add-tasks.ts';
import { changeLines, quantityOf, registrationOf } from './change-lines.ts';
import { moveLine } from './line-transitions.ts';
import type { Change, ReturnState } from './return-state.ts';

/**
 * A person says that everything authorized has arrived at a location. The ledger is told by this context, because no
 * other system will. A repeat for the same location changes nothing.
 */
export function receiveReturn(
  state: ReturnState,
  { location, nowMs }: { readonly location: string; readonly nowMs: number },
): Change | RefusalValue {
  if (state.status === 'RECEIVED' && state.location === location) return { state, steps: [] };
  const expected = state.lines.filter((line) => line.status === 'AUTHORIZED').map((line) => line.id);
  if (expected.length === 0) {
    return refuse('ILLEGAL_TRANSITION', `The return is ${state.status} and nothing of it is expected.`, {
      from: state.status,
      to: 'RECEIVED',
    });
  }
  const outcome = changeLines(state, expected, (line) => moveLine(line, 'RECEIVED'));
  if (isRefusal(outcome)) return outcome;
  const { changed } = outcome;
  const lines = changed.map((line) => ({ documentLine: line.id, sku: line.sku, quantity: quantityOf(line) }));
  const receipt = { kind: 'RECORD_RECEIPT', location, occurredAtMs: nowMs, lines } as const;
  return {
    state: addTasks({ ...outcome.state, location }, [receipt, ...registrationOf(changed, nowMs)], nowMs),
    steps: [{ step: 'RECEIVED', lines: changed, occurredAtMs: nowMs }],
  };
}
