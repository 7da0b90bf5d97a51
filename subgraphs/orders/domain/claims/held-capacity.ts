import { DEAD_STATES, LINE_STATES } from '../line-state.ts';
import { findLine, type Order } from '../order.ts';
import type { CapacityClaim } from './capacity-claim.ts';
import type { PendingCommand } from '../commands-of-order.ts';
import { enqueue } from '../pending-command.ts';
import { unitsOf } from '../sourcing/open-demand.ts';
import { stepsOf } from './plan-allocation.ts';
import { countUnits } from '../units.ts';

const ALIVE = LINE_STATES.filter((state) => !DEAD_STATES.includes(state));

/**
 * Gives back what the order holds of the capacity of a location beyond what is to be done there, whatever has taken the work
 * away: a cancellation, a rejection, an allocation that was refused. Looked at after every change, so that no way is left out.
 */
export function withCapacity(order: Order): Order {
  if (!order.capacity || order.capacity.length === 0) return order;
  const locations = new Set(order.capacity.map(({ location }) => location));
  return [...locations].reduce(giveBackAt, order);
}

function giveBackAt(order: Order, location: string): Order {
  const claims = order.capacity ?? [];
  const here = claims.filter((claim) => claim.location === location);
  const needed = neededAt(order, location);
  let excess = here.reduce((sum, { units }) => sum + units, 0) - needed;
  let state = order;
  // The newest day first: what was to be done first stays.
  for (const claim of here.toReversed()) {
    const back = needed === 0 ? claim : partOf(claim, excess);
    if (!back) continue;
    excess -= back.units;
    state = giveBack(state, claim, back);
  }
  return state;
}

/** The place in the day goes with the last unit. */
function partOf(claim: CapacityClaim, excess: number): CapacityClaim | undefined {
  if (excess <= 0) return undefined;
  const units = Math.min(claim.units, excess);
  return { ...claim, units, orders: units === claim.units ? claim.orders : 0 };
}

function giveBack(order: Order, claim: CapacityClaim, back: CapacityClaim): Order {
  const rest = { ...claim, units: claim.units - back.units, orders: claim.orders - back.orders };
  const isEmpty = rest.units === 0 && rest.orders === 0;
  const capacity = (order.capacity ?? []).flatMap((each) => (each !== claim ? [each] : isEmpty ? [] : [rest]));
  return enqueue({ ...order, capacity }, (id) => ({ id, name: 'give-capacity-back', claim: back }));
}

/** Base units that are, or are about to be, work of a location, or were done there. */
function neededAt(order: Order, location: string): number {
  const there = order.lines.reduce((sum, line) => {
    return sum + unitsOf(countUnits(line.units, { states: ALIVE, location }), line);
  }, 0);
  return order.pending.reduce((sum, command) => sum + comingBy(order, command, location), there);
}

function comingBy(order: Order, command: PendingCommand, location: string): number {
  if (command.name !== 'allocate-stock') return 0;
  return command.request.lines.reduce((sum, line) => {
    // What was called off meanwhile is taken back as soon as it is allocated.
    const isWanted = findLine(order, line.orderLine)?.claims.some(
      ({ reservation }) => reservation === line.reservation,
    );
    const decimals = findLine(order, line.orderLine)?.decimals ?? 0;
    return line.location === location && isWanted ? sum + unitsOf(stepsOf(order, line), { decimals }) : sum;
  }, 0);
}
