import { withLine, type Order } from '../order.ts';
import { enqueueDeallocation } from '../pending-command.ts';
import { resumeWork } from './refuse-cancellation.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import { handOverAnew } from '../work/hand-over-anew.ts';
import { withoutPartialStop, withStopped } from './partial-stop.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { expectEcho } from './stop-echo.ts';
import { note } from '../timeline.ts';
import { countUnits, moveUnits } from '../units.ts';

type Stopping = Settlement<PendingOf<'stop-work'>>;

/** The system that runs the location agreed to stop, or goes on. */
export function settleStop(order: Order, { command, outcome, told }: Stopping): Order {
  const { location, transfer } = command;
  // What it sends all the same arrives as stock of the other location.
  if (transfer !== undefined) return order;
  if (outcome.status === 'DONE' && outcome.stopped === 'CANCELLED') return stopped(order, { command, outcome, told });
  const reason = outcome.status === 'REFUSED' ? outcome.message : 'it is too late';
  return resumeWork(order, { location, reason, told });
}

function stopped(order: Order, { command: { location }, told }: Stopping): Order {
  const states = ['CANCEL_REQUESTED'] as const;
  const lines = order.lines
    .map((line) => ({ line: line.id, location, quantity: countUnits(line.units, { states, location }) }))
    .filter(({ quantity }) => quantity > 0);
  if (lines.length === 0) return withoutPartialStop(order, location);
  let state = order;
  for (const line of order.lines) {
    const quantity = countUnits(line.units, { states, location });
    const units = moveUnits(line.units, { from: 'CANCEL_REQUESTED', at: location, to: 'CANCELLED', quantity });
    state = withLine(state, { ...line, units });
  }
  const isPartial = order.partialStops?.some((stop) => stop.location === location) ?? false;
  const noted = note(withStopped(state, location, lines), {
    type: 'WORK_STOPPED',
    summary: `${location} stopped the work; the units are called off.`,
    told,
    visibility: 'CUSTOMER',
  });
  const givenBack = enqueueDeallocation(noted, { lines, into: 'NOTHING' });
  if (!isPartial) return givenBack;
  // The system stops all work of an order or none.
  const echoed = expectEcho(givenBack, location, workAt(order, location));
  return handOverAnew(withoutPartialStop(echoed, location), location);
}

const AT_WORK = ['RELEASED', 'PICKED', 'PACKED', 'CANCEL_REQUESTED'] as const;

const workAt = (order: Order, location: string): readonly LineQuantity[] =>
  order.lines
    .map((line) => ({ line: line.id, quantity: countUnits(line.units, { states: AT_WORK, location }) }))
    .filter(({ quantity }) => quantity > 0);
