import { ordersConcerned } from './orders-concerned.ts';
import type { DecisionMoment } from './decision.ts';
import type { ExceptionClearance, ExceptionEvent, ExceptionReport } from './exception-event.ts';
import type { LedgerState } from './ledger-state.ts';

/**
 * The events of what was found: a cause that is open already is told again only with another quantity, and only what is
 * open can be cleared. So there is one exception per cause, and none twice.
 */
export function exceptionEvents(
  state: LedgerState,
  found: { readonly raised: readonly ExceptionReport[]; readonly cleared: readonly ExceptionClearance[] },
  moment: DecisionMoment,
): readonly ExceptionEvent[] {
  if (found.raised.length === 0 && found.cleared.length === 0) return [];
  const atMs = moment.nowMs;
  const raised = found.raised.filter(({ cause, steps = null }) => state.exceptions.get(cause)?.steps !== steps);
  const orders = ordersConcerned(state, raised);
  const cleared = found.cleared.filter(({ cause }) => state.exceptions.get(cause));
  return [
    ...raised.map((report, index): ExceptionEvent => {
      const exceptionId = state.exceptions.get(report.cause)?.id ?? moment.nextId();
      return { type: 'exception-raised', atMs, exceptionId, ...report, orders: orders[index] ?? [] };
    }),
    ...cleared.map((clearance): ExceptionEvent => {
      const exceptionId = state.exceptions.get(clearance.cause)?.id ?? '';
      return { type: 'exception-cleared', atMs, exceptionId, ...clearance };
    }),
  ];
}
