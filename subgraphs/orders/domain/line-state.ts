import { LineState as LineStateSchema, type LineState } from '../../../schema/events/fields.ts';

/** Every state of a unit, in the order in which they are shown. */
export const LINE_STATES: readonly LineState[] = LineStateSchema['enum'] as readonly LineState[];

/** What a unit may become. Whatever is not named here does not happen. */
const TRANSITIONS: Readonly<Record<LineState, readonly LineState[]>> = {
  CAPTURED: ['RESERVED', 'BACKORDERED', 'CANCELLED', 'REJECTED'],
  RESERVED: ['ALLOCATED', 'BACKORDERED', 'CANCELLED'],
  BACKORDERED: ['RESERVED', 'ALLOCATED', 'SUBSTITUTED', 'CANCELLED'],
  ALLOCATED: ['RELEASED', 'RESERVED', 'BACKORDERED', 'SUBSTITUTED', 'CANCELLED'],
  RELEASED: ['PICKED', 'RESERVED', 'CANCEL_REQUESTED'],
  CANCEL_REQUESTED: ['CANCELLED', 'RELEASED', 'PICKED', 'PACKED', 'SHIPPED'],
  PICKED: ['PACKED', 'READY_FOR_PICKUP', 'RESERVED', 'CANCEL_REQUESTED', 'CANCELLED'],
  PACKED: ['SHIPPED', 'READY_FOR_PICKUP', 'PICKED', 'CANCEL_REQUESTED', 'CANCELLED'],
  READY_FOR_PICKUP: ['DELIVERED', 'CANCELLED'],
  SHIPPED: ['DELIVERED', 'LOST', 'RETURNED'],
  DELIVERED: ['RETURNED', 'CLOSED'],
  LOST: ['CLOSED'],
  RETURNED: ['CLOSED'],
  SUBSTITUTED: [],
  CANCELLED: [],
  REJECTED: [],
  CLOSED: [],
};

export function isLegalTransition(from: LineState, to: LineState): boolean {
  return TRANSITIONS[from].includes(to);
}

/** The way of a unit when nothing goes wrong. A message may jump forward on it. */
const MAIN_LINE: readonly LineState[] = [
  'CAPTURED',
  'RESERVED',
  'ALLOCATED',
  'RELEASED',
  'PICKED',
  'PACKED',
  'SHIPPED',
  'DELIVERED',
];

/** The way of a unit that the customer collects. */
export const PICKUP_LINE: readonly LineState[] = [
  'CAPTURED',
  'RESERVED',
  'ALLOCATED',
  'RELEASED',
  'PICKED',
  'PACKED',
  'READY_FOR_PICKUP',
  'DELIVERED',
];

/**
 * The states that a unit enters on its way from `from` to `to`, `to` included: the shortest legal way that never leaves
 * `way` and never goes back on it; `way` is the main line when nobody says otherwise. Undefined when `to` does not lie ahead. All but the last were skipped by
 * whoever told `to`.
 */
export function pathForward(from: LineState, to: LineState, way = MAIN_LINE): readonly LineState[] | undefined {
  // A state beside the way ranks before everything that it may become.
  const rank = way.indexOf(from);
  const end = way.indexOf(to);
  if (isLegalTransition(from, to) && !(end >= 0 && end <= rank)) return [to];
  const start = way.findLastIndex((state, at) => at < end && at > rank && isLegalTransition(from, state));
  return end < 0 || start < 0 ? undefined : way.slice(start, end + 1);
}

/** Units that have left their location for the customer, whatever became of them afterwards. */
export const LEFT_STATES: readonly LineState[] = ['SHIPPED', 'DELIVERED', 'LOST', 'RETURNED', 'CLOSED'];

/** Units that were called off, or never came to be worked on. */
export const DEAD_STATES: readonly LineState[] = ['CANCELLED', 'REJECTED', 'SUBSTITUTED'];

/** Units that are still to be worked on by somebody. */
export const OPEN_STATES: readonly LineState[] = LINE_STATES.filter(
  (state) => !LEFT_STATES.includes(state) && !DEAD_STATES.includes(state),
);
