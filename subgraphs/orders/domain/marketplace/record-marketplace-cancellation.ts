import { isRefusal } from '../../../../kernel/model/errors.ts';
import { cancelOrder } from '../calling-off/cancel-order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import type { Order } from '../order.ts';
import { takeableOf, takeUnits } from '../changes/take-units.ts';
import { note } from '../timeline.ts';

type Cancellation = CommandOf<'RecordMarketplaceCancellation'>;

/**
 * A marketplace asks to call an order off, or some of its lines, or has done so. It is a request: whatever has not left is
 * called off, systems that have the work are asked to stop, and what has left already stays as it is, which is noted.
 */
export function recordMarketplaceCancellation(order: Order, command: Cancellation): Transition {
  const { kind, reason, told } = command;
  const summary =
    kind === 'CANCELLED'
      ? `The marketplace has called it off: ${reason}`
      : `The marketplace asks to call it off: ${reason}`;
  const noted = note(order, { type: 'MARKETPLACE_CANCELLATION', summary, told, visibility: 'AGENT' });
  const known = kind === 'CANCELLED' ? withKnown(noted, command.lineIds) : noted;
  return { state: command.lineIds ? callOffLines(known, command) : callOffAll(known, command), events: [] };
}

/** What the marketplace has called off by itself it need not hear of; of a line that it did not name it has to. */
function withKnown(order: Order, lineIds: Cancellation['lineIds']): Order {
  const { marketplace } = order;
  if (!marketplace) return order;
  const calledOff = marketplace.calledOff.map((told, index) => {
    const isNamed = !lineIds || lineIds.includes(marketplace.lineIds[index] ?? '');
    return isNamed ? (order.lines[index]?.ordered ?? 0) : told;
  });
  return { ...order, marketplace: { ...marketplace, calledOff } };
}

function callOffAll(order: Order, command: Cancellation): Order {
  const { wmsLocations, told } = command;
  const off = cancelOrder(order, { type: 'CancelOrder', reason: 'MARKETPLACE', wmsLocations, told });
  return isRefusal(off) ? tooLate(order, command) : off.state;
}

/** Before the stock is claimed only the whole can be called off, and the lines are when it is. */
function callOffLines(order: Order, command: Cancellation): Order {
  const { lineIds = [], wmsLocations } = command;
  const rules = { into: 'CANCELLED', wmsLocations } as const;
  const takings = order.lines.flatMap((line, index) => {
    const isAsked = lineIds.includes(order.marketplace?.lineIds[index] ?? '');
    const quantity = isAsked ? takeableOf(order, line, rules) : 0;
    return quantity > 0 ? [{ line: line.id, quantity }] : [];
  });
  if (takings.length === 0) return tooLate(order, command);
  return { ...takeUnits(order, takings, rules), revision: (order.revision ?? 1) + 1 };
}

function tooLate(order: Order, { told }: Cancellation): Order {
  return note(order, {
    type: 'CANCELLATION_TOO_LATE',
    summary: 'Nothing of it can be called off any more.',
    told,
    visibility: 'AGENT',
  });
}
