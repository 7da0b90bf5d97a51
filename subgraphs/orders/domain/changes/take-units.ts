import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import { repriced } from '../money/billed-units.ts';
import { withLine, type Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import { awaitParts, enqueueGivenUp, takeFromClaims, type GivenUpClaims } from '../claims/give-up-claims.ts';
import { enqueueDeallocation, type Deallocation } from '../pending-command.ts';
import { isHandingOver } from '../work/plan-release.ts';
import { hasLeft, requestStops } from '../calling-off/partial-stop.ts';
import { countUnits, moveUnits, type UnitCell } from '../units.ts';

export interface Taking {
  readonly line: string;
  readonly quantity: Steps;
}

export type TakenInto = 'CANCELLED' | 'SUBSTITUTED';

export interface TakeRules {
  readonly into: TakenInto;
  /** Run by systems: their work is stopped by asking. */
  readonly wmsLocations: readonly string[];
  /** Only what is there. Absent: anywhere. */
  readonly location?: string;
}

type Way = readonly [from: LineState, path: readonly LineState[]];

/** The legal way of a unit that the hub takes out by itself, those first of which the least was done. */
const WAYS: Readonly<Record<TakenInto, readonly Way[]>> = {
  CANCELLED: [
    ['BACKORDERED', ['CANCELLED']],
    ['RESERVED', ['CANCELLED']],
    ['ALLOCATED', ['CANCELLED']],
    ['RELEASED', ['CANCEL_REQUESTED', 'CANCELLED']],
    ['PICKED', ['CANCELLED']],
    ['PACKED', ['CANCELLED']],
    ['READY_FOR_PICKUP', ['CANCELLED']],
  ],
  SUBSTITUTED: [
    ['BACKORDERED', ['SUBSTITUTED']],
    ['RESERVED', ['BACKORDERED', 'SUBSTITUTED']],
    ['ALLOCATED', ['SUBSTITUTED']],
    ['RELEASED', ['RESERVED', 'BACKORDERED', 'SUBSTITUTED']],
  ],
};

/** Work of a system, which only it can stop. */
const BY_SYSTEM: readonly LineState[] = ['RELEASED', 'PICKED', 'PACKED'];

const CLAIMED: readonly LineState[] = ['RESERVED', 'BACKORDERED'];

/** How many units of a line can be taken out now. What a command on its way is about to move can not. */
export function takeableOf(order: Order, line: OrderLine, rules: TakeRules): Steps {
  return takeableCells(order, line, rules).reduce((sum, { quantity }) => sum + quantity, 0);
}

/**
 * Takes units out of an order; there are as many that can be. Their price goes with them: before anything has left, what the
 * whole order is charged stays; afterwards their part of it goes too, because the rest was charged with what has left. What the ledger holds for them
 * is given back once: claims and allocations by commands of their own, work of systems once they have agreed to stop.
 */
export function takeUnits(order: Order, takings: readonly Taking[], rules: TakeRules): Order {
  const taken = takings.map((taking) => takeFromLine(order, taking, rules));
  const withLines = taken.reduce((state, { line }) => withLine(state, line), order);
  const claims = taken.map(({ claims: given }) => given);
  const given = awaitParts(enqueueGivenUp(withLines, claims), claims);
  const deallocated = enqueueDeallocation(given, {
    lines: taken.flatMap(({ deallocations }) => deallocations),
    into: 'NOTHING',
  });
  return requestStops(
    deallocated,
    taken.flatMap(({ stops }) => stops),
  );
}

interface TakenLine {
  readonly line: OrderLine;
  readonly claims: GivenUpClaims;
  readonly deallocations: Deallocation['lines'];
  /** Of systems, which have to be asked. */
  readonly stops: Deallocation['lines'];
}

function takeFromLine(order: Order, { line: id, quantity }: Taking, rules: TakeRules): TakenLine {
  const line = order.lines.find((each) => each.id === id) as OrderLine;
  let { units } = line;
  let left = quantity;
  let [fromClaims, unbilled] = [0, 0];
  const deallocations: Deallocation['lines'][number][] = [];
  const stops: Deallocation['lines'][number][] = [];
  for (const { cell, path } of takeableCells(order, line, rules)) {
    const count = Math.min(left, cell.quantity);
    if (count === 0) continue;
    left -= count;
    let from = cell.state;
    for (const to of path) {
      units = moveUnits(units, { from, at: cell.location, to, quantity: count });
      from = to;
    }
    const place = { line: id, location: cell.location ?? '', quantity: count };
    if (from === 'CANCEL_REQUESTED') stops.push(place);
    else unbilled += count;
    if (CLAIMED.includes(cell.state)) fromClaims += count;
    else if (from !== 'CANCEL_REQUESTED') deallocations.push(place);
  }
  const claims = takeFromClaims(line, fromClaims);
  const rest = { ...line, units, claims: claims.left };
  const isPriced = rules.into === 'CANCELLED' && hasLeft(order);
  return { line: isPriced ? rest : withoutPrice(rest, unbilled), claims, deallocations, stops };
}

/** Units that are out of the order bear nothing of its price. */
function withoutPrice(line: OrderLine, quantity: Steps): OrderLine {
  return quantity === 0 ? line : repriced(line, { unbilled: (line.unbilled ?? 0) + quantity });
}

interface TakeableCell {
  readonly cell: UnitCell;
  readonly quantity: Steps;
  readonly path: readonly LineState[];
}

/** In the order in which they are taken: work of systems last, because it has to be handed over anew. */
function takeableCells(order: Order, line: OrderLine, rules: TakeRules): readonly TakeableCell[] {
  const cells = WAYS[rules.into].flatMap(([from, path]) =>
    line.units.flatMap((cell): TakeableCell[] => {
      if (cell.state !== from || (rules.location !== undefined && cell.location !== rules.location)) return [];
      if (isOfSystem(order, cell, rules)) return [];
      const quantity = CLAIMED.includes(from) ? freeOf(line, from) : cell.quantity;
      return quantity > 0 ? [{ cell: { ...cell, quantity }, quantity, path }] : [];
    }),
  );
  return rules.into === 'CANCELLED' ? [...cells, ...cellsOfSystems(order, line, rules)] : cells;
}

function cellsOfSystems(order: Order, line: OrderLine, rules: TakeRules): readonly TakeableCell[] {
  return line.units.flatMap((cell): TakeableCell[] => {
    if (!isOfSystem(order, cell, rules)) return [];
    // The system may have it already.
    const path: readonly LineState[] =
      cell.state === 'ALLOCATED' ? ['RELEASED', 'CANCEL_REQUESTED'] : ['CANCEL_REQUESTED'];
    return [{ cell, quantity: cell.quantity, path }];
  });
}

function isOfSystem(order: Order, { state, location }: UnitCell, { wmsLocations }: TakeRules): boolean {
  if (location === null) return false;
  if (state === 'ALLOCATED') {
    return order.pending.some((each) => isHandingOver(each, location));
  }
  return BY_SYSTEM.includes(state) && wmsLocations.includes(location);
}

/** Of the units without a location, those behind claims that no command is about to change. */
function freeOf(line: OrderLine, state: LineState): Steps {
  const free = line.claims.filter(({ commandId }) => commandId === null);
  const owed = free.reduce((sum, claim) => sum + (claim.owed ?? 0), 0);
  if (state === 'BACKORDERED') return owed;
  return free.reduce((sum, { quantity }) => sum + quantity, -owed);
}

/** Units that could be taken out if no command were about to change them. */
export function busyOf(line: OrderLine): Steps {
  const free = freeOf(line, 'RESERVED') + freeOf(line, 'BACKORDERED');
  return countUnits(line.units, { states: [...CLAIMED, 'CAPTURED'] }) - free;
}
