import type { Steps } from '../../../../kernel/model/quantity.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import type { OrderLine } from '../order-line.ts';
import { countUnits, moveUnits, type Units } from '../units.ts';

/** The legal way back of a unit whose location will not or cannot do the work. */
const WAY_BACK: readonly (readonly [from: LineState, path: readonly LineState[]])[] = [
  ['RELEASED', ['RESERVED']],
  ['ALLOCATED', ['RESERVED']],
  ['PICKED', ['RESERVED']],
  ['PACKED', ['PICKED', 'RESERVED']],
];

export interface TakenBack {
  readonly line: OrderLine;
  /** Units that were to be called off anyway, and now are. */
  readonly cancelled: Steps;
  /** Units that are RESERVED again and have to be sourced anew; no claim stands behind them yet. */
  readonly reserved: Steps;
}

/** Takes up to `quantity` units back from a location, those that are to be called off first. */
export function takeBack(line: OrderLine, location: string, quantity: Steps): TakenBack {
  const stopping = countUnits(line.units, { states: ['CANCEL_REQUESTED'], location });
  const cancelled = Math.min(quantity, stopping);
  let units = moveUnits(line.units, {
    from: 'CANCEL_REQUESTED',
    at: location,
    to: 'CANCELLED',
    quantity: cancelled,
  });
  let reserved = 0;
  for (const [from, path] of WAY_BACK) {
    const count = Math.min(quantity - cancelled - reserved, countUnits(units, { states: [from], location }));
    if (count > 0) units = walkBack(units, path, { from, at: location, quantity: count });
    reserved += count;
  }
  const declinedBy = line.declinedBy.includes(location) ? line.declinedBy : [...line.declinedBy, location];
  const source = reserved > 0 ? { declinedBy, sourcingFailures: line.sourcingFailures + 1 } : {};
  return { line: { ...line, ...source, units }, cancelled, reserved };
}

interface Start {
  readonly from: LineState;
  readonly at: string;
  readonly quantity: Steps;
}

function walkBack(units: Units, path: readonly LineState[], { from, at, quantity }: Start): Units {
  const [to, ...rest] = path;
  if (to === undefined) return units;
  const toLocation = to === 'RESERVED' ? null : at;
  return walkBack(moveUnits(units, { from, at, to, toLocation, quantity }), rest, { from: to, at, quantity });
}
