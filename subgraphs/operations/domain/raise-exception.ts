import type { ExceptionState } from './exception-state.ts';

/** What the owner of the data says of a cause. */
export type Raised = Omit<ExceptionState, 'status' | 'openedAtMs' | 'changedAtMs' | 'assignee' | 'closing'>;

/**
 * Opens an exception, or takes in its newest figures. A person who has resolved it was wrong when it comes again, so it
 * opens again; one that is waived stays waived.
 */
export function raiseException(known: ExceptionState | undefined, raised: Raised): ExceptionState {
  const { atMs } = raised.told;
  if (!known) {
    return { ...raised, status: 'OPEN', openedAtMs: atMs, changedAtMs: atMs, assignee: null, closing: null };
  }
  const told = { ...known, ...raised, changedAtMs: atMs };
  return known.status === 'RESOLVED' ? { ...told, status: 'OPEN', closing: null } : told;
}
