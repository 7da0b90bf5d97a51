import { graver, type EscalateAfterMs } from './escalate-exception.ts';
import type { ExceptionState } from './exception-state.ts';

/** What the owner of the data says of a cause. */
export type Raised = Omit<
  ExceptionState,
  'status' | 'openedAtMs' | 'changedAtMs' | 'assignee' | 'closing' | 'actions' | 'escalateAtMs' | 'escalations'
>;

/**
 * Opens an exception, or takes in its newest figures. A person who has resolved it was wrong when it comes again, so it
 * opens again; one that is waived stays waived.
 */
export function raiseException(
  known: ExceptionState | undefined,
  raised: Raised,
  afterMs: EscalateAfterMs,
): ExceptionState {
  const { atMs } = raised.told;
  if (!known) {
    const escalateAtMs = atMs + afterMs[raised.severity];
    const opened = { openedAtMs: atMs, changedAtMs: atMs, escalateAtMs };
    return { ...raised, status: 'OPEN', ...opened, assignee: null, closing: null };
  }
  const severity = known.escalations === undefined ? raised.severity : graver(known.severity, raised.severity);
  const told = { ...known, ...raised, severity, changedAtMs: atMs };
  if (known.status !== 'RESOLVED') return told;
  return { ...told, status: 'OPEN', closing: null, escalateAtMs: atMs + afterMs[severity] };
}
