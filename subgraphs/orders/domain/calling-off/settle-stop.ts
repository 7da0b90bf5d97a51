import { withLine, type Order, type PartialStop } from '../order.ts';
import { enqueueDeallocation } from '../pending-command.ts';
import { resumeWork } from './refuse-cancellation.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import { handOverAnew } from '../work/hand-over-anew.ts';
import { withoutPartialStop, withStopped } from './partial-stop.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { expectEcho } from './stop-echo.ts';
import type { Told } from '../told.ts';
import { declineAt, keepWork } from '../work/shed-work.ts';
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
  const about = { location, reason, told };
  if (shedOf(order, location) === undefined) return resumeWork(order, about);
  const isCallingOff = order.lines.some(
    ({ units }) => countUnits(units, { states: ['CANCEL_REQUESTED'], location }) > 0,
  );
  return keepWork(isCallingOff ? resumeWork(order, about) : withoutPartialStop(order, location), about);
}

function stopped(order: Order, { command: { location }, told }: Stopping): Order {
  const states = ['CANCEL_REQUESTED'] as const;
  const lines = order.lines
    .map((line) => ({ line: line.id, location, quantity: countUnits(line.units, { states, location }) }))
    .filter(({ quantity }) => quantity > 0);
  const shed = shedOf(order, location);
  if (lines.length === 0 && shed === undefined) return withoutPartialStop(order, location);
  let state = order;
  for (const line of order.lines) {
    const quantity = countUnits(line.units, { states, location });
    const units = moveUnits(line.units, { from: 'CANCEL_REQUESTED', at: location, to: 'CANCELLED', quantity });
    state = withLine(state, { ...line, units });
  }
  const isPartial = order.partialStops?.some((stop) => stop.location === location) ?? false;
  const noted = lines.length > 0 ? noteStopped(withStopped(state, location, lines), { location, told }) : state;
  const givenBack = enqueueDeallocation(noted, { lines, into: 'NOTHING' });
  if (!isPartial) return givenBack;
  // The system stops all work of an order or none.
  const work = workAt(order, location);
  const echoed = withoutPartialStop(expectEcho(givenBack, location, work), location);
  const declined = shed ? declineAt(echoed, { location, lines: work, reason: shed, told }) : echoed;
  return handOverAnew(declined, location);
}

const shedOf = ({ partialStops = [] }: Order, location: string): PartialStop['shed'] =>
  partialStops.find((stop) => stop.location === location)?.shed;

const noteStopped = (order: Order, { location, told }: { readonly location: string; readonly told: Told }): Order =>
  note(order, {
    type: 'WORK_STOPPED',
    summary: `${location} stopped the work; the units are called off.`,
    told,
    visibility: 'CUSTOMER',
  });

const AT_WORK = ['RELEASED', 'PICKED', 'PACKED', 'CANCEL_REQUESTED'] as const;

const workAt = (order: Order, location: string): readonly LineQuantity[] =>
  order.lines
    .map((line) => ({ line: line.id, quantity: countUnits(line.units, { states: AT_WORK, location }) }))
    .filter(({ quantity }) => quantity > 0);
