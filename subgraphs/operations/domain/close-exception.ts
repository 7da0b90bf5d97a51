import { isClosed, type Closing, type ExceptionState } from './exception-state.ts';

/** Closes it once: who comes later changes nothing, except that what was waived may still be resolved. */
export function closeException(state: ExceptionState, status: 'RESOLVED' | 'WAIVED', closing: Closing): ExceptionState {
  const stays = isClosed(state) && (state.status === status || status === 'WAIVED');
  if (stays) return state;
  const { escalateAtMs: _, ...rest } = state;
  return { ...rest, status, closing, changedAtMs: closing.atMs };
}
