import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { ParcelStatus } from '../../../../schema/events/inbox-parcels.ts';
import { withLabel, type ParcelLabel } from '../labels/parcel-label.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { Shipment, Tracking } from './shipment.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { deliver } from './record-delivery.ts';
import { note, noteRegression } from '../timeline.ts';
import { countUnits, moveUnits } from '../units.ts';

const WORDS: Readonly<Record<ParcelStatus, string>> = {
  ANNOUNCED: 'was announced to the carrier',
  IN_TRANSIT: 'is on its way',
  OUT_FOR_DELIVERY: 'is out for delivery',
  AWAITING_PICKUP: 'waits for the customer at a pick-up point',
  DELIVERED: 'arrived',
  EXCEPTION: 'is held up',
  LOST: 'is lost',
  RETURNED: 'is going back to where it came from',
};

/** After these a carrier has nothing more to tell. */
const FINAL: ReadonlySet<ParcelStatus> = new Set(['DELIVERED', 'LOST', 'RETURNED']);

/**
 * A carrier tells where a parcel is. Arriving and getting lost move its units; anything else is kept as the newest that is
 * known. What is older than that moves nothing, and what contradicts an end is evidence. A parcel that goes back moves
 * nothing either: its goods are a return once somebody has them.
 */
export function recordTracking(order: Order, command: CommandOf<'RecordTracking'>): Transition | RefusalValue {
  const { shipment: id, tracking } = command;
  const shipment = order.shipments.find((each) => each.id === id || each.label?.id === id);
  const label = shipment ? undefined : order.labels?.find((each) => each.id === id);
  if (label) return { state: keepEarly(order, label, command), events: [] };
  if (!shipment) return refuse('UNKNOWN_SHIPMENT', `The order has no shipment ${id}.`, { shipment: id });
  const { tracking: before } = shipment;
  if (before && (tracking.atMs < before.atMs || isSame(before, tracking))) return { state: order, events: [] };
  if (before && FINAL.has(before.status) && tracking.status !== before.status) {
    return { state: contradict(order, shipment, command), events: [] };
  }
  const known = withTracking(order, shipment, tracking);
  if (tracking.status === before?.status) return { state: known, events: [] };
  const act = hasArrived(shipment, tracking) ? contradict : follow;
  return { state: act(known, shipment, command), events: [] };
}

/** A carrier that has the parcel before its location told that it left is heard again once it has. */
function keepEarly(order: Order, label: ParcelLabel, { tracking, told }: CommandOf<'RecordTracking'>): Order {
  const isNews = label.state === 'BOUGHT' && tracking.atMs >= (label.early?.tracking.atMs ?? 0);
  return isNews ? withLabel(order, { ...label, early: { tracking, told } }) : order;
}

/** It arrived, or was taken to have, before what is told now: nothing can be lost or on its way any more. */
function hasArrived({ deliveredAtMs, presumedAtMs }: Shipment, { status, atMs }: Tracking): boolean {
  const arrivedAtMs = deliveredAtMs ?? presumedAtMs;
  if (arrivedAtMs === undefined || status === 'DELIVERED') return false;
  return status === 'LOST' || atMs > arrivedAtMs;
}

/** The status is another one than before. */
function follow(order: Order, shipment: Shipment, { tracking, told }: CommandOf<'RecordTracking'>): Order {
  const { status, detail } = tracking;
  const isArrival = status === 'DELIVERED';
  // The warehouse may have told it before the carrier did.
  if (isArrival) return shipment.deliveredAtMs === null ? deliver(order, shipment, told) : order;
  // That it was sent says more.
  if (status === 'ANNOUNCED') return order;
  const lineNos = lineNosOf(order, shipment);
  const state = status === 'LOST' ? lose(order, shipment) : order;
  const because = detail === undefined ? '' : `: ${detail}`;
  const summary = `The parcel ${WORDS[status]}${because}.`;
  return note(state, { type: `PARCEL_${status}`, summary, told, visibility: 'CUSTOMER', lineNos });
}

/** What of the parcel had not arrived will not. */
function lose(order: Order, { lines, location }: Shipment): Order {
  let state = order;
  for (const { line: lineId, quantity: inside } of lines) {
    const line = findLine(state, lineId);
    if (!line) continue;
    const quantity = Math.min(inside, countUnits(line.units, { states: ['SHIPPED'], location }));
    const units = moveUnits(line.units, { from: 'SHIPPED', at: location, to: 'LOST', quantity });
    state = withLine(state, { ...line, units });
  }
  return state;
}

function contradict(order: Order, shipment: Shipment, { tracking, told }: CommandOf<'RecordTracking'>): Order {
  const what = `Parcel ${shipment.trackingNumber ?? shipment.id}: ${tracking.status}`;
  return noteRegression(order, what, { told, lineNos: lineNosOf(order, shipment) });
}

function withTracking(order: Order, { id }: Shipment, tracking: Tracking): Order {
  const shipments = order.shipments.map((each) => (each.id === id ? { ...each, tracking } : each));
  return { ...order, shipments };
}

function lineNosOf(order: Order, { lines }: Shipment): readonly number[] {
  return lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0);
}

function isSame(a: Tracking, b: Tracking): boolean {
  return a.atMs === b.atMs && a.status === b.status && a.place === b.place && a.detail === b.detail;
}
