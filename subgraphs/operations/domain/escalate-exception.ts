import type { ExceptionSeverity } from '../../../schema/events/fields.ts';
import type { ExceptionState } from './exception-state.ts';

const HOUR_MS = 3_600_000;

/** How long an exception may stand without anybody seeing to it, by how much it matters, milliseconds. */
export type EscalateAfterMs = Readonly<Record<ExceptionSeverity, number>>;

export const ESCALATE_AFTER_MS: EscalateAfterMs = {
  LOW: 7 * 24 * HOUR_MS,
  MEDIUM: 24 * HOUR_MS,
  HIGH: HOUR_MS,
};

const NEXT: Readonly<Record<ExceptionSeverity, ExceptionSeverity>> = { LOW: 'MEDIUM', MEDIUM: 'HIGH', HIGH: 'HIGH' };
const RANK: Readonly<Record<ExceptionSeverity, number>> = { LOW: 0, MEDIUM: 1, HIGH: 2 };
/** Doublings of the wait of one that matters most already. */
const DOUBLINGS_MAX = 6;

/** One that nobody has answered matters more, and is told again. */
export function escalateException(state: ExceptionState, atMs: number, afterMs: EscalateAfterMs): ExceptionState {
  const isDue = state.status === 'OPEN' && state.escalateAtMs !== undefined && state.escalateAtMs <= atMs;
  if (!isDue) return state;
  const escalations = (state.escalations ?? 0) + 1;
  const severity = NEXT[state.severity];
  const waitMs = afterMs[severity] * 2 ** Math.min(DOUBLINGS_MAX, state.severity === 'HIGH' ? escalations : 0);
  return { ...state, severity, escalations, escalateAtMs: atMs + waitMs, changedAtMs: atMs };
}

/** What it matters by now is not taken back by newer figures. */
export function graver(a: ExceptionSeverity, b: ExceptionSeverity): ExceptionSeverity {
  return RANK[a] >= RANK[b] ? a : b;
}
