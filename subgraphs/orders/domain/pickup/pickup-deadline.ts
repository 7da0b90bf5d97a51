import { blockedBy } from '../holds/hold.ts';
import { withLine, type Order } from '../order.ts';
import type { OrderEvent } from '../order-command.ts';
import { enqueueDeallocation, type Deallocation } from '../pending-command.ts';
import type { PickupTerms } from './pickup-rules.ts';
import { note } from '../timeline.ts';
import type { Told } from '../told.ts';
import { countUnits, moveUnits } from '../units.ts';

/** What waits at the counter of a location, and until when. JSON data. */
export interface Pickup {
  readonly location: string;
  /** When the newest of it was ready, epoch milliseconds. */
  readonly readyAtMs: number;
  /** People are told that nobody has come yet. */
  readonly warnAtMs: number;
  /** What is not collected by then is called off. */
  readonly expiresAtMs: number;
  /** Absent: not yet. */
  readonly isWarned?: true;
}

export interface Readiness {
  readonly location: string;
  readonly terms: PickupTerms;
  readonly told: Told;
}

/** Units are ready to be collected. All that waits at a location waits for as long as what came last. */
export function openPickup(order: Order, { location, terms, told }: Readiness): Order {
  const { pickups = [] } = order;
  const before = pickups.find((pickup) => pickup.location === location);
  const expiresAtMs = told.occurredAtMs + terms.keepMs;
  if (before && before.expiresAtMs >= expiresAtMs) return order;
  const readyAtMs = told.occurredAtMs;
  const pickup = { location, readyAtMs, warnAtMs: expiresAtMs - terms.warnMs, expiresAtMs };
  return { ...order, pickups: [...pickups.filter((each) => each !== before), pickup] };
}

/** A pickup of which everything was collected, or called off, is none any more. Looked at after every change. */
export function withPickups(order: Order): Order {
  const { pickups, ...rest } = order;
  const open = pickups?.filter(({ location }) => readyAt(order, location).length > 0);
  if (!pickups || open?.length === pickups.length) return order;
  return open && open.length > 0 ? { ...rest, pickups: open } : rest;
}

/** When the deadlines of pickups have to be looked at next. The time of the customer does not run while a hold keeps the goods. */
export function pickupWakesAtMs(order: Order): readonly number[] {
  if (blockedBy(order, 'SHIP')) return [];
  return (order.pickups ?? []).map(({ isWarned, warnAtMs, expiresAtMs }) => (isWarned ? expiresAtMs : warnAtMs));
}

/** Tells of pickups that end soon, and ends those whose time is over. */
export function passPickups(order: Order, nowMs: number, told: Told): Order {
  if (blockedBy(order, 'SHIP')) return order;
  return (order.pickups ?? []).reduce((state, pickup) => {
    if (pickup.expiresAtMs <= nowMs) return expire(state, pickup, told);
    return pickup.isWarned || pickup.warnAtMs > nowMs ? state : warn(state, pickup, told);
  }, order);
}

function warn(order: Order, pickup: Pickup, told: Told): Order {
  const pickups = (order.pickups ?? []).map((each) =>
    each === pickup ? { ...pickup, isWarned: true as const } : each,
  );
  const until = new Date(pickup.expiresAtMs).toISOString();
  return note(
    { ...order, pickups },
    {
      type: 'PICKUP_EXPIRING',
      summary: `The goods wait at ${pickup.location} until ${until} to be collected.`,
      told,
      visibility: 'CUSTOMER',
      lineNos: lineNosAt(order, pickup.location),
    },
  );
}

/** Nobody has come: the units are called off, and their stock is free where it lies. */
function expire(order: Order, { location }: Pickup, told: Told): Order {
  const lines = readyAt(order, location);
  let state = order;
  for (const line of order.lines) {
    const quantity = countUnits(line.units, { states: ['READY_FOR_PICKUP'], location });
    const units = moveUnits(line.units, { from: 'READY_FOR_PICKUP', at: location, to: 'CANCELLED', quantity });
    state = withLine(state, { ...line, units });
  }
  const noted = note(state, {
    type: 'PICKUP_EXPIRED',
    summary: `Nobody has collected the goods at ${location} in time; they are called off (PICKUP_EXPIRED).`,
    told,
    visibility: 'CUSTOMER',
    lineNos: lineNosAt(order, location),
  });
  return enqueueDeallocation(noted, { lines, into: 'NOTHING' });
}

function readyAt({ lines }: Order, location: string): Deallocation['lines'] {
  return lines
    .map((line) => ({
      line: line.id,
      location,
      quantity: countUnits(line.units, { states: ['READY_FOR_PICKUP'], location }),
    }))
    .filter(({ quantity }) => quantity > 0);
}

const lineNosAt = ({ lines }: Order, location: string): readonly number[] =>
  lines
    .filter(({ units }) => countUnits(units, { states: ['READY_FOR_PICKUP'], location }) > 0)
    .map(({ lineNo }) => lineNo);

/** Tells people of pickups that end soon, once, and that there is nothing to do about them any more. */
export function pickupEventsBetween(before: Order, after: Order): readonly OrderEvent[] {
  const was = warnedAt(before);
  const is = warnedAt(after);
  return [
    ...was.filter((each) => !is.includes(each)).map((location) => ({ type: 'pickup-ended', location }) as const),
    ...is.filter((each) => !was.includes(each)).map((location) => ({ type: 'pickup-expiring', location }) as const),
  ];
}

const warnedAt = ({ pickups = [] }: Order): readonly string[] =>
  pickups.filter(({ isWarned }) => isWarned).map(({ location }) => location);
