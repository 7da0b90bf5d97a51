import { findLine, withLine, type Order } from '../order.ts';
import type { CapacityClaim } from './capacity-claim.ts';
import { enqueueAllocation, withClaimsOf } from './plan-allocation.ts';
import type { PendingOf, Settlement } from '../command-outcome.ts';
import { note } from '../timeline.ts';

type Taking = Settlement<PendingOf<'take-capacity'>>;
type Line = Taking['command']['lines'][number];

/**
 * Locations have kept room for the order, or were full after all. What is kept goes on to be allocated; claims of which a
 * part found no room are free again, to be tried elsewhere. What was called off meanwhile is given back by `withCapacity`.
 */
export function settleCapacity(order: Order, { command, outcome, told }: Taking): Order {
  const full = outcome.status === 'DONE' ? new Set(outcome.full ?? []) : new Set(command.takes.map(placeOf));
  const held = command.takes.filter((take) => !full.has(placeOf(take)));
  const kept = { ...order, capacity: [...(order.capacity ?? []), ...held] };
  const state = held.length > 0 ? kept : order;
  const waiting = command.lines.filter((line) => waitsFor(state, line, command.id));
  const failed = new Set(
    waiting.filter((line) => isFull(command.takes, full, line.location)).map(({ reservation }) => reservation),
  );
  const served = waiting.filter(({ reservation }) => !failed.has(reservation));
  const freed = waiting.filter(({ reservation }) => failed.has(reservation));
  const noted = freed.length > 0 ? noteFull(release(state, freed), { full, told, freed }) : state;
  return served.length > 0 ? withClaimsOf(enqueueAllocation(noted, served), served) : noted;
}

export const placeOf = ({ location, day }: Pick<CapacityClaim, 'location' | 'day'>): string => `${location}|${day}`;

function isFull(takes: readonly CapacityClaim[], full: ReadonlySet<string>, location: string): boolean {
  return takes.some((take) => take.location === location && full.has(placeOf(take)));
}

function waitsFor(order: Order, { orderLine, reservation }: Line, commandId: string): boolean {
  const claims = findLine(order, orderLine)?.claims ?? [];
  return claims.some((claim) => claim.reservation === reservation && claim.commandId === commandId);
}

function release(order: Order, lines: readonly Line[]): Order {
  return lines.reduce((state, { orderLine, reservation }) => {
    const line = findLine(state, orderLine);
    if (!line) return state;
    const claims = line.claims.map((claim) =>
      claim.reservation === reservation ? { ...claim, commandId: null, location: null } : claim,
    );
    return withLine(state, { ...line, claims });
  }, order);
}

interface Full extends Pick<Taking, 'told'> {
  readonly full: ReadonlySet<string>;
  readonly freed: readonly Line[];
}

function noteFull(order: Order, { full, told, freed }: Full): Order {
  const places = [...full].map((place) => place.replace('|', ' on ')).join(', ');
  return note(order, {
    type: 'CAPACITY_FULL',
    summary: `No more work can be taken by ${places}; the units are tried elsewhere.`,
    told,
    visibility: 'AGENT',
    lineNos: freed.map(({ orderLine }) => findLine(order, orderLine)?.lineNo ?? 0),
  });
}
