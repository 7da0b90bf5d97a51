import type { Steps } from '../../../kernel/model/quantity.ts';
import { invariant } from '../../../kernel/model/errors.ts';
import type { LineState } from '../../../schema/events/fields.ts';
import { isLegalTransition, LINE_STATES, pathForward } from './line-state.ts';

/** How many units of a line are in one state at one location; null while no location is chosen for them. */
export interface UnitCell {
  readonly state: LineState;
  readonly location: string | null;
  /** More than zero, in steps of the SKU. */
  readonly quantity: Steps;
}

/** All units of a line: its state vector, split by location. At most one cell per state and location. */
export type Units = readonly UnitCell[];

export interface UnitFilter {
  readonly states?: readonly LineState[];
  /** Absent: any. */
  readonly location?: string | null;
}

/** How many units of these states, at this location, there are. */
export function countUnits(units: Units, { states, location }: UnitFilter = {}): Steps {
  let count = 0;
  for (const cell of units) {
    if ((!states || states.includes(cell.state)) && (location === undefined || cell.location === location)) {
      count += cell.quantity;
    }
  }
  return count;
}

/** The state vector over all locations, in the order of the states. */
export function stateVector(units: Units): readonly { readonly state: LineState; readonly quantity: Steps }[] {
  return LINE_STATES.map((state) => ({ state, quantity: countUnits(units, { states: [state] }) })).filter(
    ({ quantity }) => quantity > 0,
  );
}

export interface Move {
  readonly from: LineState;
  readonly at: string | null;
  readonly to: LineState;
  /** Default: `at`. */
  readonly toLocation?: string | null;
  readonly quantity: Steps;
}

/** Moves units by one legal transition. The sum of all units never changes. */
export function moveUnits(units: Units, { from, at, to, toLocation = at, quantity }: Move): Units {
  if (quantity === 0) return units;
  invariant(isLegalTransition(from, to), `A unit may not go from ${from} to ${to}.`, { from, to });
  const available = countUnits(units, { states: [from], location: at });
  invariant(quantity > 0 && quantity <= available, 'More units would move than there are.', { from, at, quantity });
  return addCell(addCell(units, { state: from, location: at, quantity: -quantity }), {
    state: to,
    location: toLocation,
    quantity,
  });
}

export interface Advance {
  /** States to take units from, the preferred first. */
  readonly from: readonly LineState[];
  readonly location: string;
  readonly to: LineState;
  readonly quantity: Steps;
  /** The states that it may go through; absent: those of goods that are sent. */
  readonly way?: readonly LineState[];
}

export interface Advanced {
  readonly units: Units;
  readonly moved: Steps;
  /** States that units went through without anybody having told it. */
  readonly inferred: Units;
}

/** Moves up to `quantity` units forward to a state, through every state that lies between. */
export function advanceUnits(units: Units, { from, location, to, quantity, way }: Advance): Advanced {
  let advanced: Advanced = { units, moved: 0, inferred: [] };
  for (const state of from) {
    const path = pathForward(state, to, way);
    const count = Math.min(quantity - advanced.moved, countUnits(advanced.units, { states: [state], location }));
    if (path && count > 0) advanced = walk(advanced, path, { from: state, at: location, quantity: count });
  }
  return advanced;
}

function walk(advanced: Advanced, path: readonly LineState[], start: Omit<Move, 'to'>): Advanced {
  let { units, inferred } = advanced;
  let from = start.from;
  for (const to of path) {
    units = moveUnits(units, { ...start, from, to });
    if (to !== path.at(-1)) inferred = addCell(inferred, { state: to, location: start.at, quantity: start.quantity });
    from = to;
  }
  return { units, inferred, moved: advanced.moved + start.quantity };
}

/** Adds to the cell of this state and location; a cell of nothing is left out. */
export function addCell(units: Units, { state, location, quantity }: UnitCell): Units {
  const others = units.filter((cell) => cell.state !== state || cell.location !== location);
  const sum = quantity + countUnits(units, { states: [state], location });
  return sum === 0 ? others : [...others, { state, location, quantity: sum }];
}
