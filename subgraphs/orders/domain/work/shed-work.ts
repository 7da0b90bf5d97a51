import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import { awaitClaim } from '../calling-off/end-work.ts';
import { requestShedding } from '../calling-off/partial-stop.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import type { OrderLine } from '../order-line.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { enqueueDeallocation } from '../pending-command.ts';
import { note } from '../timeline.ts';
import type { Told } from '../told.ts';
import { countUnits, moveUnits } from '../units.ts';
import { isHandingOver } from './plan-release.ts';

const BEGUN: readonly LineState[] = ['PICKED', 'PACKED'];

/**
 * A location that a system runs cannot do its work: what the system does not have yet goes elsewhere at once, and the
 * system is asked to give up what it has not begun. It gives up all of an order or nothing, so begun work keeps the rest.
 */
export function shedWork(order: Order, { location, reason, told }: CommandOf<'ShedWork'>): Transition | RefusalValue {
  const isHanding = order.pending.some((command) => isHandingOver(command, location));
  const free = isHanding ? [] : linesAt(order, location, ['ALLOCATED']);
  const isBegun = linesAt(order, location, BEGUN).length > 0;
  const isStoppable = isHanding || (!isBegun && linesAt(order, location, ['RELEASED']).length > 0);
  if (free.length === 0 && !isStoppable) {
    return refuse('ILLEGAL_TRANSITION', `Nothing at ${location} waits to be begun.`, { location });
  }
  const freed = free.length > 0 ? freeAllocated(order, { location, lines: free, reason, told }) : order;
  return { state: isStoppable ? requestShedding(freed, location, reason) : freed, events: [] };
}

interface Shed {
  readonly location: string;
  readonly lines: readonly LineQuantity[];
  readonly reason: string;
  readonly told: Told;
}

function freeAllocated(order: Order, shed: Shed): Order {
  const { location, lines } = shed;
  const moved = lines.reduce(
    (state, { line: id, quantity }) => {
      const line = findLine(state, id) as OrderLine;
      const way = { from: 'ALLOCATED', at: location, to: 'RESERVED', toLocation: null, quantity } as const;
      return withLine(state, { ...line, units: moveUnits(line.units, way) });
    },
    declineAt(order, shed),
  );
  const places = lines.map((line) => ({ ...line, location }));
  const asked = enqueueDeallocation(moved, { lines: places, into: 'RESERVE' });
  const commandId = asked.pending.at(-1)?.id ?? null;
  return lines.reduce((state, line) => awaitClaim(state, { ...line, commandId }), asked);
}

/** The units go elsewhere: the location is not asked for them again. */
export function declineAt(order: Order, { location, lines, reason, told }: Shed): Order {
  const declined = lines.reduce((state, { line: id }) => {
    const line = findLine(state, id);
    if (!line || line.declinedBy.includes(location)) return state;
    const sourcingFailures = line.sourcingFailures + 1;
    return withLine(state, { ...line, declinedBy: [...line.declinedBy, location], sourcingFailures });
  }, order);
  if (lines.length === 0) return declined;
  return note(declined, {
    type: 'WORK_SHED',
    summary: `${location} cannot do the work (${reason}); the units are to come from elsewhere.`,
    told,
    visibility: 'AGENT',
    lineNos: lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
}

/** A system did not give up what it cannot do in time; people are told until it has begun. */
export function keepWork(order: Order, { location, reason, told }: Pick<Shed, 'location' | 'reason' | 'told'>): Order {
  const lines = linesAt(order, location, ['RELEASED']);
  const noted = note(order, {
    type: 'WORK_KEPT',
    summary: `${location} keeps the work beyond what it can do: ${reason}.`,
    told,
    visibility: 'AGENT',
    lineNos: lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  return { ...noted, keptAt: { ...order.keptAt, [location]: order.releasedAtMs?.[location] ?? 0 } };
}

/** Locations that kept work beyond what they can do, and have not begun it. */
export function keptAt({ keptAt: kept = {}, releasedAtMs = {}, ...order }: Order): readonly string[] {
  return Object.keys(kept).filter((location) => {
    const isSame = kept[location] === (releasedAtMs[location] ?? 0);
    return isSame && linesAt(order, location, ['RELEASED']).length > 0;
  });
}

const linesAt = (
  { lines }: Pick<Order, 'lines'>,
  location: string,
  states: readonly LineState[],
): readonly LineQuantity[] =>
  lines
    .map((line) => ({ line: line.id, quantity: countUnits(line.units, { states, location }) }))
    .filter(({ quantity }) => quantity > 0);
