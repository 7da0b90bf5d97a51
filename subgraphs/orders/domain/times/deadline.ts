import type { LineState } from '../../../../schema/events/fields.ts';
import { activeHolds } from '../holds/hold.ts';
import { OPEN_STATES } from '../line-state.ts';
import type { Order } from '../order.ts';
import type { OrderLine } from '../order-line.ts';
import { countUnits } from '../units.ts';
import { isAwaitedOfCarrier } from './infer-delivery.ts';
import { arrivalWarnMsOf, DAY_MS, releaseMsOf, warnMsOf, type DeadlineKind, type TimeRules } from './time-rules.ts';

/** Something that is still to be done by a time. */
export interface Deadline {
  readonly kind: DeadlineKind;
  readonly dueAtMs: number;
  /** When people hear of it. */
  readonly warnAtMs: number;
  /** It is on its way: whoever carries it can be asked, and nobody here can do it. */
  readonly isOutOfHands: boolean;
  /** What is to be done, after "The order". */
  readonly what: string;
}

interface Due {
  readonly dueAtMs: number;
  /** Since when it could have been done. */
  readonly sinceMs: number;
  readonly what: string;
  /** Absent: it is still to be done here. */
  readonly isOutOfHands?: boolean;
}

const DUE: Readonly<Record<DeadlineKind, (order: Order, rules: TimeRules) => Due | undefined>> = {
  ACKNOWLEDGEMENT: dueAcknowledgement,
  RELEASE: dueRelease,
  SHIPMENT: dueShipment,
  PROMISE: duePromise,
};

/** The deadline of a kind; undefined when there is nothing left to be done by one. */
export function deadlineOf(order: Order, kind: DeadlineKind, rules: TimeRules): Deadline | undefined {
  const due = DUE[kind](order, rules);
  if (!due) return undefined;
  const { dueAtMs, sinceMs, what, isOutOfHands = false } = due;
  // A warning that is as long as the whole time would be told of every order.
  const halfwayMs = Math.ceil((sinceMs + dueAtMs) / 2);
  const warnMs = isOutOfHands ? arrivalWarnMsOf(rules, order) : warnMsOf(rules, kind, order);
  return { kind, dueAtMs, warnAtMs: Math.min(dueAtMs, Math.max(dueAtMs - warnMs, halfwayMs)), isOutOfHands, what };
}

/** When the hub first heard of an order. */
export const knownSinceMs = ({ timeline, placedAtMs }: Order): number => timeline[0]?.told.recordedAtMs ?? placedAtMs;

function dueAcknowledgement(order: Order): Due | undefined {
  const { acknowledgeByMs: dueAtMs, acknowledgedAtMs } = order;
  if (dueAtMs === undefined || acknowledgedAtMs !== undefined) return undefined;
  const isAlive = order.lines.some((line) => countUnits(line.units, { states: OPEN_STATES }) > 0);
  if (!isAlive) return undefined;
  return { dueAtMs, sinceMs: knownSinceMs(order), what: `has to be acknowledged to ${order.channel}` };
}

function dueRelease(order: Order, rules: TimeRules): Due | undefined {
  const { waitsSinceMs } = order;
  const afterMs = releaseMsOf(rules, order);
  // What is sold ahead waits for its day.
  const isAhead = activeHolds(order).some(({ type, lines }) => type === 'PREORDER_DATE' && !lines);
  if (waitsSinceMs === undefined || afterMs === null || isAhead) return undefined;
  return { dueAtMs: waitsSinceMs + afterMs, sinceMs: waitsSinceMs, what: 'has to be handed over as work' };
}

/** What waits at a counter is where it was promised to be. */
const IN_THE_HOUSE: readonly LineState[] = OPEN_STATES.filter(
  (state) => state !== 'CAPTURED' && state !== 'READY_FOR_PICKUP',
);

/** A marketplace says by when it has to leave. */
function dueShipment(order: Order): Due | undefined {
  const dueAtMs = order.marketplace?.shipByMs;
  if (dueAtMs === undefined) return undefined;
  const isInTheHouse = order.lines.some(({ units }) => countUnits(units, { states: IN_THE_HOUSE }) > 0);
  if (!isInTheHouse) return undefined;
  return { dueAtMs, sinceMs: knownSinceMs(order), what: `has to be sent, as ${order.channel} wants it,` };
}

/**
 * The earliest promise that is not kept yet. The promised day counts to its end everywhere west of Greenwich too, so
 * nothing is told as late that may still arrive on it.
 */
function duePromise(order: Order): Due | undefined {
  const open = order.lines.flatMap((line) => {
    if (!line.promise) return [];
    const isInTheHouse = countUnits(line.units, { states: IN_THE_HOUSE }) > 0;
    if (!isInTheHouse && !isOnTheWay(order, line)) return [];
    return [{ line, dueAtMs: endOf(line.promise.latestOn), isOutOfHands: !isInTheHouse }];
  });
  const [first] = open.toSorted(
    (a, b) => a.dueAtMs - b.dueAtMs || Number(a.isOutOfHands) - Number(b.isOutOfHands) || a.line.lineNo - b.line.lineNo,
  );
  if (!first) return undefined;
  const { dueAtMs, isOutOfHands } = first;
  const promised = `was promised for ${first.line.promise?.latestOn ?? ''} (line ${first.line.lineNo})`;
  const what = isOutOfHands ? `is on its way and ${promised}` : promised;
  return { dueAtMs, sinceMs: knownSinceMs(order), what, isOutOfHands };
}

const WEST_MS = DAY_MS / 2;
const endOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) + DAY_MS + WEST_MS;

/** In a parcel of which its carrier tells; of any other nobody here knows whether it is late. */
function isOnTheWay({ shipments }: Order, line: OrderLine): boolean {
  if (countUnits(line.units, { states: ['SHIPPED'] }) === 0) return false;
  return shipments.some(
    (shipment) => isAwaitedOfCarrier(shipment) && shipment.lines.some((each) => each.line === line.id),
  );
}
