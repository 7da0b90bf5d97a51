import { repriced } from '../money/billed-units.ts';
import { LEFT_STATES } from '../line-state.ts';
import { findLine, withLine, type Order, type PartialStop } from '../order.ts';
import { enqueue, type Deallocation } from '../pending-command.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { countUnits } from '../units.ts';

type Place = Deallocation['lines'][number];

/** Asks systems to stop work of which units are to be called off; the rest is handed over anew once they have. */
export function requestStops(order: Order, places: readonly Place[]): Order {
  const locations = [...new Set(places.map(({ location }) => location))];
  return locations.reduce((state, location) => {
    const lines = places.filter((place) => place.location === location);
    const before = state.partialStops ?? [];
    const known = before.find((stop) => stop.location === location);
    const more = lines.map(({ line, quantity }) => ({ line, quantity }));
    const stop = { ...known, location, lines: [...(known?.lines ?? []), ...more] };
    const partialStops = [...before.filter((each) => each.location !== location), stop];
    return { ...withStopAsked(state, location), partialStops };
  }, order);
}

/** Asks a system to give all work of a location up, so that it goes elsewhere. */
export function requestShedding(order: Order, location: string, shed: NonNullable<PartialStop['shed']>): Order {
  const before = order.partialStops ?? [];
  const lines = before.find((stop) => stop.location === location)?.lines ?? [];
  const partialStops = [...before.filter((each) => each.location !== location), { location, lines, shed }];
  return { ...withStopAsked(order, location), partialStops };
}

/** One stop that is on its way is enough. */
function withStopAsked(order: Order, location: string): Order {
  const isAsked = order.pending.some(
    (each) => each.name === 'stop-work' && each.location === location && !each.transfer,
  );
  return isAsked ? order : enqueue(order, (id) => ({ id, name: 'stop-work', location }));
}

/** Of units that were called off at a location, those that a change took out bear nothing of the price. */
export function withStopped(order: Order, location: string, cancelled: readonly LineQuantity[]): Order {
  const stop = order.partialStops?.find((each) => each.location === location);
  if (!stop) return order;
  let state = order;
  let left = stop.lines;
  for (const { line: id, quantity } of cancelled) {
    const asked = left.reduce((sum, each) => (each.line === id ? sum + each.quantity : sum), 0);
    const out = Math.min(asked, quantity);
    const line = findLine(state, id);
    if (!line || out === 0) continue;
    if (!hasLeft(order)) state = withLine(state, repriced(line, { unbilled: (line.unbilled ?? 0) + out }));
    left = [...left.filter((each) => each.line !== id), ...(asked > out ? [{ line: id, quantity: asked - out }] : [])];
  }
  const others = withoutPartialStop(state, location);
  if (left.length === 0) return others;
  return { ...others, partialStops: [...(others.partialStops ?? []), { ...stop, lines: left }] };
}

/** Whether anything of an order is on its way to the customer, or was. */
export const hasLeft = ({ lines }: Order): boolean =>
  lines.some(({ units }) => countUnits(units, { states: LEFT_STATES }) > 0);

/** Nothing is to be stopped there any more. */
export function withoutPartialStop(order: Order, location: string): Order {
  const { partialStops, ...rest } = order;
  const left = partialStops?.filter((each) => each.location !== location) ?? [];
  if (!partialStops) return order;
  return left.length > 0 ? { ...rest, partialStops: left } : rest;
}
