import { OPEN_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import type { Transition } from '../order-command.ts';
import { countUnits } from '../units.ts';

/** Where the order goes is kept beside it from now on, as long as something of it is to be sent. */
export function noteAddress(order: Order): Transition {
  const isOpen = order.lines.some(({ units }) => countUnits(units, { states: OPEN_STATES }) > 0);
  return { state: isOpen && !order.hasAddress ? { ...order, hasAddress: true } : order, events: [] };
}
