import { withLine, type Order } from '../order.ts';
import type { Told } from '../told.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { withoutPartialStop } from './partial-stop.ts';
import { note } from '../timeline.ts';
import { countUnits, moveUnits } from '../units.ts';

/** A location was asked to stop too late and goes on. */
export function refuseCancellation(order: Order, command: CommandOf<'RefuseCancellation'>): Transition {
  return { state: resumeWork(order, command), events: [] };
}

export interface Resumed {
  readonly location: string;
  readonly reason: string;
  readonly told: Told;
}

/** Units that were to be called off at the location are work again. */
export function resumeWork(order: Order, { location, reason, told }: Resumed): Order {
  let state = withoutPartialStop(order, location);
  for (const line of order.lines) {
    const quantity = countUnits(line.units, { states: ['CANCEL_REQUESTED'], location });
    const units = moveUnits(line.units, { from: 'CANCEL_REQUESTED', at: location, to: 'RELEASED', quantity });
    state = withLine(state, { ...line, units });
  }
  return note(state, {
    type: 'CANCELLATION_REFUSED',
    summary: `${location} could not stop the work any more: ${reason}.`,
    told,
    visibility: 'CUSTOMER',
  });
}
