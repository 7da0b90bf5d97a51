import { isRefusal } from '../../../kernel/model/errors.ts';
import type { PrioritiseReservations } from '../../../schema/commands/inventory.ts';
import { priorityOf } from './decide-reserve-stock.ts';
import type { Decision, DecisionMoment } from './decision.ts';
import type { LedgerState } from './ledger-state.ts';

/**
 * Says anew who of those that wait is covered first, and who gives way last. Claims that have ended, or have that priority
 * already, are left as they are.
 */
export function decidePrioritiseReservations(
  state: LedgerState,
  { priority: asked, reservations: ids }: PrioritiseReservations,
  { nowMs }: Pick<DecisionMoment, 'nowMs'>,
): Decision<'prioritise-reservations'> {
  const priority = priorityOf({ kind: 'ORDER', priority: asked });
  if (isRefusal(priority)) return priority;
  const reservations = [...new Set(ids)].filter((id) => {
    const reservation = state.reservations.get(id);
    return reservation?.status === 'ACTIVE' && reservation.priority !== priority;
  });
  if (reservations.length === 0) return { events: [], answer: {} };
  return { events: [{ type: 'reservations-prioritised', atMs: nowMs, priority, reservations }], answer: {} };
}
