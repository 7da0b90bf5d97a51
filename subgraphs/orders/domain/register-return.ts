import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import type { LineState } from '../../../schema/events/fields.ts';
import { findLine, withLine, type Order } from './order.ts';
import type { OrderLine } from './order-line.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { note } from './timeline.ts';
import { countUnits, moveUnits, type Units } from './units.ts';

/** States from which units come back, those that arrived first. */
const RETURNABLE: readonly LineState[] = ['DELIVERED', 'SHIPPED'];

/** Handed over, or on the way, and not returned. */
export const returnableOf = (line: OrderLine): Steps => countUnits(line.units, { states: RETURNABLE });

/** Units came back. */
export function registerReturn(order: Order, command: CommandOf<'RegisterReturn'>): Transition | RefusalValue {
  let state = order;
  for (const { line: lineId, quantity } of command.lines) {
    const line = findLine(state, lineId);
    if (!line) return refuse('UNKNOWN_ORDER_LINE', `The order has no line ${lineId}.`, { line: lineId });
    const returnable = returnableOf(line);
    if (quantity > returnable) {
      return refuse('RETURN_EXCEEDS_SOLD', `Fewer units of line ${line.lineNo} can still come back.`, {
        line: lineId,
        returnable: formatQuantity(returnable, line.decimals),
      });
    }
    state = withLine(state, { ...line, units: takeReturned(line.units, quantity) });
  }
  const noted = note(state, {
    type: 'UNITS_RETURNED',
    summary: 'Units came back.',
    told: command.told,
    visibility: 'INTERNAL',
    lineNos: command.lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  return { state: noted, events: [] };
}

function takeReturned(units: Units, quantity: Steps): Units {
  let returned = units;
  let left = quantity;
  for (const state of RETURNABLE) {
    for (const cell of returned.filter((each) => each.state === state)) {
      const count = Math.min(left, cell.quantity);
      returned = moveUnits(returned, { from: state, at: cell.location, to: 'RETURNED', quantity: count });
      left -= count;
    }
  }
  return returned;
}
