import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { isClosed, type ExceptionState } from './exception-state.ts';

export function assignException(
  state: ExceptionState,
  { assignee, atMs }: { readonly assignee: string; readonly atMs: number },
): ExceptionState | RefusalValue {
  if (isClosed(state)) {
    return refuse('ILLEGAL_TRANSITION', 'The exception is closed.', { exception: state.id, status: state.status });
  }
  if (state.assignee === assignee) return state;
  const { escalateAtMs: _, ...rest } = state;
  return { ...rest, status: 'ASSIGNED', assignee, changedAtMs: atMs };
}
