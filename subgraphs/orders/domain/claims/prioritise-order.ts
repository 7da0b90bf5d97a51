import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { OPEN_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import { note } from '../timeline.ts';
import { countUnits } from '../units.ts';
import { PRIORITY_MAX } from './priority-of-claim.ts';

/** Somebody says who is covered first, or leaves it to the rules again. */
export function prioritiseOrder(
  order: Order,
  { priority, by, authority, reason, told }: CommandOf<'PrioritiseOrder'>,
): Transition | RefusalValue {
  if (priority !== null && (!Number.isInteger(priority) || priority < 0 || priority > PRIORITY_MAX)) {
    return refuse('BAD_USER_INPUT', `priority must be 0 to ${PRIORITY_MAX}.`, { field: 'priority', max: PRIORITY_MAX });
  }
  if (!order.lines.some(({ units }) => countUnits(units, { states: OPEN_STATES }) > 0)) {
    return refuse('ILLEGAL_TRANSITION', 'Nothing of the order waits any more.', { status: order.status });
  }
  const { said: _, ...rest } = order.priority ?? {};
  const { priority: _before, ...bare } = order;
  const parts = priority === null ? rest : { ...rest, said: priority };
  const state = Object.keys(parts).length === 0 ? bare : { ...bare, priority: parts };
  const what = priority === null ? 'leave its priority to the rules' : `give it priority ${priority}`;
  return {
    state: note(state, {
      type: 'ORDER_PRIORITISED',
      summary: `${by} (${authority}) had the hub ${what}: ${reason}`,
      told,
      visibility: 'AGENT',
    }),
    events: [],
  };
}
