import type { LineState } from '../../../schema/events/fields.ts';
import type { Order } from './order.ts';
import type { OrderLine } from './order-line.ts';
import { activeHolds } from './holds/hold.ts';
import { DEAD_STATES, OPEN_STATES } from './line-state.ts';

/** The states of an order, each with its stage: a number that rises on the way, for range queries. */
export const ORDER_STAGES = {
  RECEIVED: 0,
  PROCESSING: 50,
  PARTIALLY_SHIPPED: 60,
  SHIPPED: 80,
  PARTIALLY_DELIVERED: 90,
  DELIVERED: 100,
  PARTIALLY_RETURNED: 101,
  RETURNED: 102,
  CLOSED: 110,
  CANCELLED: 120,
  REJECTED: 121,
} as const;

/** HELD lies over the status that follows from the units: its stage is that of the units. */
export type OrderStatus = UnitStatus | 'HELD';

/** What follows from the units alone. */
type UnitStatus = keyof typeof ORDER_STAGES;

/** How far a unit is. Dead units do not count. */
const PROGRESS: Readonly<Record<LineState, number>> = {
  CAPTURED: 0,
  RESERVED: 1,
  BACKORDERED: 1,
  ALLOCATED: 1,
  RELEASED: 1,
  CANCEL_REQUESTED: 1,
  PICKED: 1,
  PACKED: 1,
  READY_FOR_PICKUP: 1,
  SHIPPED: 2,
  LOST: 2,
  DELIVERED: 3,
  RETURNED: 4,
  // Closed beside open units says no more than that they had arrived.
  CLOSED: 3,
  SUBSTITUTED: 0,
  CANCELLED: 0,
  REJECTED: 0,
};

const WHOLLY: readonly UnitStatus[] = ['RECEIVED', 'PROCESSING', 'SHIPPED', 'DELIVERED', 'RETURNED'];
const PARTLY: readonly UnitStatus[] = [
  'RECEIVED',
  'PROCESSING',
  'PARTIALLY_SHIPPED',
  'PARTIALLY_DELIVERED',
  'PARTIALLY_RETURNED',
];

/** The status that follows from the units: by the least and the greatest progress of those that are alive. */
export function statusOf(lines: readonly Pick<OrderLine, 'units'>[]): UnitStatus {
  const states = new Set(lines.flatMap((line) => line.units.map((cell) => cell.state)));
  const alive = [...states].filter((state) => !DEAD_STATES.includes(state));
  if (alive.length === 0) return statusOfDead(states);
  if (alive.every((state) => state === 'CLOSED')) return 'CLOSED';
  const progress = alive.map((state) => PROGRESS[state]);
  const least = Math.min(...progress);
  const greatest = Math.max(...progress);
  return (least === greatest ? WHOLLY : PARTLY)[greatest] as UnitStatus;
}

/** Without any units, such as a sale of fees alone, nothing more can happen. */
function statusOfDead(states: ReadonlySet<LineState>): UnitStatus {
  if (states.size === 0) return 'CLOSED';
  return [...states].every((state) => state === 'REJECTED') ? 'REJECTED' : 'CANCELLED';
}

/** Brings status, stage and locations up to date with the units. */
export function withStatus(order: Order): Order {
  const ofUnits = statusOf(order.lines);
  const status = isHeld(order, ofUnits) ? 'HELD' : ofUnits;
  const locations = new Set(order.locations);
  for (const line of order.lines) {
    for (const { location } of line.units) if (location !== null) locations.add(location);
    // Who is to hand it over sees it before it is there.
    if (line.pickupAt !== undefined) locations.add(line.pickupAt);
  }
  for (const { from } of order.transfers ?? []) locations.add(from);
  return { ...order, status, stage: ORDER_STAGES[ofUnits], locations: [...locations] };
}

/** An order of which nothing has begun, or nothing is left, is not held up by anything. */
const NOT_HELD: readonly OrderStatus[] = ['RECEIVED', 'CLOSED', 'CANCELLED', 'REJECTED'];

const isOpen = ({ state }: { readonly state: LineState }): boolean => OPEN_STATES.includes(state);

function isHeld(order: Order, ofUnits: OrderStatus): boolean {
  if (NOT_HELD.includes(ofUnits)) return false;
  const holds = activeHolds(order).filter(({ blocks }) => blocks.length > 0);
  if (holds.some(({ lines }) => !lines)) return true;
  // Lines that are held hold up an order of which nothing else is open.
  const open = holds.length === 0 ? [] : order.lines.filter(({ units }) => units.some(isOpen));
  return open.length > 0 && open.every(({ id }) => holds.some(({ lines }) => lines?.includes(id)));
}
