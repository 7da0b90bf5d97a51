import { findLine, withLine, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { release } from '../work/plan-release.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import { takeableOf, takeUnits, type TakeRules } from '../changes/take-units.ts';
import { note, noteRegression } from '../timeline.ts';
import { addCell, countUnits } from '../units.ts';
import { bindable, bindClaims } from './bind-claims.ts';
import { routedLines } from './hand-over-routing.ts';

type Routing = CommandOf<'RecordRouting'>;

/** What the OMS that orchestrates the channel has decided. Another system's word moves nothing. */
export function recordRouting(order: Order, command: Routing): Transition {
  const { status, location, told, misfits, lines } = command;
  const about = { told, lineNos: lineNosOf(order, lines) };
  const what = `${status} at ${location ?? 'any location'}`;
  if (order.routing?.system !== told.source) {
    const who = order.routing?.system ?? 'the hub';
    return { state: noteRegression(order, `${what} by ${told.source}, while ${who} orchestrates,`, about), events: [] };
  }
  const { state, events, unmoved } = decideOf(order, command);
  const isOff = unmoved > 0 || misfits.length > 0;
  return { state: isOff ? noteRegression(state, [what, ...misfits].join('; '), about) : state, events };
}

interface Decided extends Transition {
  /** Told, but not as the order is. */
  readonly unmoved: number;
}

function decideOf(order: Order, command: Routing): Decided {
  const { status, location } = command;
  if (status === 'CANCELLED') return cancelled(order, command);
  if (location === null) return { state: order, events: [], unmoved: 1 };
  return status === 'ALLOCATED' ? allocated(order, location, command) : released(order, location, command);
}

/** The claims follow through the ledger; units that were seen further on already are being told late. */
function allocated(order: Order, location: string, { lines, told }: Routing): Decided {
  const { state, left, late } = takeInferred(order, { state: 'ALLOCATED', location, lines });
  const bound = left.map(({ line, quantity }) => ({
    line,
    quantity: Math.min(quantity, bindable(findLine(state, line))),
  }));
  const asked = bindClaims(state, location, bound);
  const unmoved = sumOf(left) - sumOf(bound);
  const chosen = [...bound.filter(({ quantity }) => quantity > 0), ...late];
  if (chosen.length === 0) return { state: asked, events: [], unmoved };
  const summary = `${told.source} has chosen ${location}.`;
  const lineNos = lineNosOf(order, chosen);
  return {
    state: note(asked, { type: 'LOCATION_CHOSEN', summary, told, visibility: 'AGENT', lineNos }),
    events: [],
    unmoved,
  };
}

function released(order: Order, location: string, { lines, told }: Routing): Decided {
  const { state, left, late } = takeInferred(order, { state: 'RELEASED', location, lines });
  const moved = left.map(({ line, quantity }) => {
    const there = countUnits(findLine(state, line)?.units ?? [], { states: ['ALLOCATED'], location });
    return { line, quantity: Math.min(quantity, there) };
  });
  const { state: after, events } = release(state, { location, lines: moved, told });
  const unmoved = sumOf(left) - sumOf(moved);
  if (late.length === 0) return { state: after, events, unmoved };
  const summary = `${location} had been given the work, which is told late.`;
  const entry = { type: 'WORK_RELEASED', summary, told, lineNos: lineNosOf(order, late) } as const;
  return { state: note(after, { ...entry, visibility: 'AGENT' }), events, unmoved };
}

/** It knows by itself what is left of the order. */
function cancelled(order: Order, { lines, location, reason, told }: Routing): Decided {
  const rules: TakeRules = { into: 'CANCELLED', wmsLocations: [], ...(location !== null && { location }) };
  const takings = lines.flatMap(({ line: id, quantity: wanted }) => {
    const line = findLine(order, id);
    const quantity = line ? Math.min(wanted, takeableOf(order, line, rules)) : 0;
    return quantity > 0 ? [{ line: id, quantity }] : [];
  });
  const unmoved = sumOf(lines) - sumOf(takings);
  if (takings.length === 0) return { state: order, events: [], unmoved };
  const taken = takeUnits(order, takings, rules);
  const noted = note(taken, {
    type: 'UNITS_CANCELLED',
    summary: `${told.source} has called units off: ${reason ?? 'no reason was told'}.`,
    told,
    visibility: 'CUSTOMER',
    lineNos: lineNosOf(order, takings),
  });
  const { routing } = noted;
  if (!routing?.lines) return { state: noted, events: [], unmoved };
  return { state: { ...noted, routing: { ...routing, lines: routedLines(noted, routing) } }, events: [], unmoved };
}

interface ToldLate {
  readonly state: 'ALLOCATED' | 'RELEASED';
  readonly location: string;
  readonly lines: readonly LineQuantity[];
}

/** Units that went through a state without being told went through it before: of those, there is nothing left to do. */
function takeInferred(order: Order, { state: step, location, lines }: ToldLate) {
  let state = order;
  const known: LineQuantity[] = [];
  const left = lines.flatMap(({ line: id, quantity }): LineQuantity[] => {
    const line = findLine(state, id);
    if (!line) return [];
    const late = Math.min(quantity, countUnits(line.inferred, { states: [step], location }));
    const inferred = late === 0 ? line.inferred : addCell(line.inferred, { state: step, location, quantity: -late });
    state = late === 0 ? state : withLine(state, { ...line, inferred });
    if (late > 0) known.push({ line: id, quantity: late });
    return late === quantity ? [] : [{ line: id, quantity: quantity - late }];
  });
  return { state, left, late: known };
}

const sumOf = (lines: readonly LineQuantity[]): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);

const lineNosOf = (order: Order, lines: readonly LineQuantity[]): readonly number[] => [
  ...new Set(lines.flatMap(({ line }) => findLine(order, line)?.lineNo ?? [])),
];
