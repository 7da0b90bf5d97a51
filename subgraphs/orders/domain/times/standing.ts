import type { LineState } from '../../../../schema/events/fields.ts';
import { DEAD_STATES } from '../line-state.ts';
import { activeHolds } from '../holds/hold.ts';
import type { Order } from '../order.ts';
import type { Told } from '../told.ts';
import { countUnits } from '../units.ts';

const WAITING: readonly LineState[] = ['RESERVED', 'ALLOCATED'];

/** Of these units nothing more is expected but that they come back. */
export const ARRIVED: readonly LineState[] = ['DELIVERED', 'LOST', 'RETURNED'];
const AT_REST: readonly LineState[] = [...ARRIVED, ...DEAD_STATES, 'CLOSED'];

/** Keeps since when an order waits to be handed over, and since when nothing of it is under way any more. */
export function withStanding(before: Order, after: Order, { recordedAtMs }: Told): Order {
  return withRest(before, withWaiting(after, recordedAtMs), recordedAtMs);
}

function withWaiting(order: Order, nowMs: number): Order {
  const { waitsSinceMs, ...rest } = order;
  // What its customer has not paid for is not to be handed over.
  const isDue = !order.marketplace?.isUnpaid;
  const waits = ({ id, units }: Order['lines'][number]): boolean =>
    !isAhead(order, id) && countUnits(units, { states: WAITING }) > 0;
  const isWaiting = isDue && order.lines.some(waits);
  if (isWaiting === (waitsSinceMs !== undefined)) return order;
  return isWaiting ? { ...order, waitsSinceMs: nowMs } : rest;
}

/** What is sold ahead waits for its day. */
const isAhead = (order: Order, line: string): boolean =>
  activeHolds(order).some(({ type, lines }) => type === 'PREORDER_DATE' && lines?.includes(line) === true);

function withRest(before: Order, order: Order, nowMs: number): Order {
  const { restsSinceMs, ...rest } = order;
  if (!isAtRest(order)) return restsSinceMs === undefined ? order : rest;
  const isMoved = order.lines.some((line, index) => line.units !== before.lines[index]?.units);
  const isStill = !isMoved && !isComingBack(before, order);
  return restsSinceMs !== undefined && isStill ? order : { ...order, restsSinceMs: nowMs };
}

/** A return went a step further: what follows from it has its time. */
function isComingBack(before: Order, { timeline }: Order): boolean {
  return timeline.slice(before.timeline.length).some(({ type }) => type.startsWith('RETURN_'));
}

/** Something has arrived, and nothing else is under way. */
export function isAtRest({ lines }: Order): boolean {
  const cells = lines.flatMap((line) => line.units);
  return cells.every(({ state }) => AT_REST.includes(state)) && cells.some(({ state }) => ARRIVED.includes(state));
}
