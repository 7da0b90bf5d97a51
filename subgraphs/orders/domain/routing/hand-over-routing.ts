import { DEAD_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import { enqueue } from '../pending-command.ts';
import { isConfirmed } from '../hand-offs/reached-milestones.ts';
import { countUnits } from '../units.ts';
import type { RoutedLine, RoutingHandOff } from './routing-hand-off.ts';

/**
 * Has the OMS that orchestrates the channel take the order on once nobody has still to say whether it may be served, and
 * be told whenever there is more or less to be served of it.
 */
export function handOverRouting(order: Order): Order {
  const { routing } = order;
  if (!routing || routing.state === 'REFUSED' || order.origin !== 'PLACED') return order;
  if (routing.lines === undefined && !isConfirmed(order)) return order;
  // Until every stop is answered it would be told of units that are just being called off.
  if (isStopping(order)) return order;
  const lines = routedLines(order, routing);
  const { isMoved = false, ...told } = routing;
  if (!isMoved && isTold(lines, routing)) return order;
  const { system } = routing;
  const asked = enqueue(order, (id) => ({ id, name: 'route-order', system, lines }));
  return { ...asked, routing: { ...told, lines, state: 'ASKED' } };
}

const isStopping = ({ lines }: Order): boolean =>
  lines.some(({ units }) => countUnits(units, { states: ['CANCEL_REQUESTED'] }) > 0);

/** What is to be served now, for each line of which the OMS knows or has to know. */
export function routedLines({ lines }: Order, { lines: told = [] }: RoutingHandOff): readonly RoutedLine[] {
  return lines.flatMap((line): RoutedLine[] => {
    const before = told.find((each) => each.line === line.id);
    const quantity = line.ordered - countUnits(line.units, { states: DEAD_STATES });
    if (quantity === 0 && !before) return [];
    const reservations = new Set([...(before?.reservations ?? []), ...namedIn(line)]);
    return [{ line: line.id, quantity, reservations: [...reservations] }];
  });
}

const namedIn = ({ claims }: OrderLine): readonly string[] =>
  claims.flatMap(({ reservation }) => (reservation === null ? [] : [reservation]));

/** Other reservations alone are no news: the OMS works with quantities. */
const isTold = (lines: readonly RoutedLine[], { lines: told = [] }: RoutingHandOff): boolean =>
  lines.every(({ line, quantity }) => told.find((each) => each.line === line)?.quantity === quantity);
