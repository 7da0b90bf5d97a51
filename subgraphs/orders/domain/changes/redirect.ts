import type { Order } from '../order.ts';
import { enqueueDeallocation, type Deallocation } from '../pending-command.ts';
import { awaitClaim } from '../calling-off/end-work.ts';
import type { OrderLine } from '../order-line.ts';
import { isSamePlace, type Destination } from '../sourcing/destination.ts';
import { countUnits, moveUnits, type UnitCell } from '../units.ts';
import { isHandingOver } from '../work/plan-release.ts';

/**
 * Sends what has not been handed over yet to another place: its locations are chosen anew, and so are its dates. What a
 * location has at hand it sends to the new address.
 */
export function redirect(order: Order, destination: Destination | undefined): Order {
  if (!destination || isSamePlace(destination, order.destination)) return order;
  const places: Deallocation['lines'][number][] = [];
  const lines = order.lines.map((line) => {
    const sent = line.pickupAt === undefined;
    const back = sent ? line.units.filter((cell) => isFree(order, cell)) : [];
    const units = back.reduce((moved, { location, quantity }) => {
      places.push({ line: line.id, location: location ?? '', quantity });
      return moveUnits(moved, { from: 'ALLOCATED', at: location, to: 'RESERVED', toLocation: null, quantity });
    }, line.units);
    return sent && countUnits(units, { states: ['RESERVED', 'BACKORDERED'] }) > 0 ? undated({ ...line, units }) : line;
  });
  const asked = enqueueDeallocation({ ...order, destination, lines }, { lines: places, into: 'RESERVE' });
  const commandId = asked.pending.at(-1)?.id ?? null;
  return places.reduce((state, { line, quantity }) => awaitClaim(state, { line, quantity, commandId }), asked);
}

/** Bound to a location, and not just being handed over to its system. */
const isFree = ({ pending }: Order, { state, location }: UnitCell): boolean =>
  state === 'ALLOCATED' && !pending.some((command) => isHandingOver(command, location ?? ''));

/** Dates for the old address say nothing of the new one. */
function undated({ promise: _promise, expected: _expected, ...line }: OrderLine): OrderLine {
  return { ...line, declinedBy: [], sourcingFailures: 0, sourcing: 'OPEN' };
}
