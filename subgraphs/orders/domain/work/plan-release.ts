import { withLine, type Order } from '../order.ts';
import type { PendingCommand } from '../commands-of-order.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { blockedBy } from '../holds/hold.ts';
import { enqueue } from '../pending-command.ts';
import { note } from '../timeline.ts';
import { countUnits, moveUnits } from '../units.ts';
import type { Told } from '../told.ts';

/**
 * Decides that a location gets the units that are allocated to it as work: through the system that runs it, which has to
 * be asked, or as work that the location does with the hub itself.
 */
export function planRelease(order: Order, { location, byHub, told }: CommandOf<'PlanRelease'>): Transition {
  if (blockedBy(order, 'RELEASE')) return { state: order, events: [] };
  const isPending = order.pending.some((command) => isHandingOver(command, location));
  const lines = allocatedAt(order, location);
  if (isPending || lines.length === 0) return { state: order, events: [] };
  if (byHub) return release(order, { location, lines, told });
  return { state: enqueue(order, (id) => ({ id, name: 'release-work', location, lines })), events: [] };
}

/** Whether a command is about to give a location the work of the order itself. */
export const isHandingOver = (command: PendingCommand, location: string): boolean =>
  command.name === 'release-work' && command.location === location && command.transfer === undefined;

function allocatedAt(order: Order, location: string): readonly LineQuantity[] {
  return order.lines
    .filter(({ id }) => !blockedBy(order, 'RELEASE', id))
    .map((line) => ({ line: line.id, quantity: countUnits(line.units, { states: ['ALLOCATED'], location }) }))
    .filter(({ quantity }) => quantity > 0);
}

export interface Released {
  readonly location: string;
  readonly lines: readonly LineQuantity[];
  readonly told: Told;
}

/** The location has the work. Units that went on, or were called off, meanwhile stay where they are. */
export function release(order: Order, { location, lines, told }: Released): Transition {
  let state = order;
  const released: LineQuantity[] = [];
  for (const line of order.lines) {
    const asked = lines.find((each) => each.line === line.id)?.quantity ?? 0;
    const quantity = Math.min(asked, countUnits(line.units, { states: ['ALLOCATED'], location }));
    if (quantity === 0) continue;
    released.push({ line: line.id, quantity });
    const units = moveUnits(line.units, { from: 'ALLOCATED', at: location, to: 'RELEASED', quantity });
    state = withLine(state, { ...line, units });
  }
  if (released.length === 0) return { state, events: [] };
  const noted = note(state, {
    type: 'WORK_RELEASED',
    summary: `${location} was given the work.`,
    told,
    visibility: 'AGENT',
    lineNos: order.lines.filter((line) => released.some((each) => each.line === line.id)).map((line) => line.lineNo),
  });
  const releasedAtMs = { ...noted.releasedAtMs, [location]: told.occurredAtMs };
  return { state: { ...noted, releasedAtMs }, events: [{ type: 'order-released', location, lines: released }] };
}
