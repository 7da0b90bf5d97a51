import { findLine, withLine, type Order } from '../order.ts';
import type { Shipment } from '../parcels/shipment.ts';
import type { ParcelStatus } from '../../../../schema/events/inbox-parcels.ts';
import type { Told } from '../told.ts';
import { note } from '../timeline.ts';
import { countUnits, moveUnits } from '../units.ts';
import { arrivalRuleOf, DAY_MS, type TimeRules } from './time-rules.ts';

/** After these words silence means that nothing went wrong. */
const ON_ITS_WAY: readonly ParcelStatus[] = ['ANNOUNCED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY'];

/** A carrier was asked to tell where it is, and has not told an end. */
export function isAwaitedOfCarrier({ followedBy, untoldBecause, deliveredAtMs, presumedAtMs }: Shipment): boolean {
  const isFollowed = followedBy !== undefined && untoldBecause === undefined;
  return isFollowed && deliveredAtMs === null && presumedAtMs === undefined;
}

/** When a parcel of which nobody tells anything is taken to have arrived; undefined: never. */
export function presumedAtMsOf(order: Order, shipment: Shipment, rules: TimeRules): number | undefined {
  const { deliveredAtMs, presumedAtMs, tracking, carrier, shippedAtMs, recordedAtMs = shippedAtMs } = shipment;
  if (deliveredAtMs !== null || presumedAtMs !== undefined || !isUnderWay(order, shipment)) return undefined;
  if (tracking && !ON_ITS_WAY.includes(tracking.status)) return undefined;
  const { untoldDays, silentDays } = arrivalRuleOf(rules, order, carrier);
  const days = tracking ? silentDays : untoldDays;
  // What comes to light late may be followed by the rest of its story at once.
  const lastWordMs = Math.max(shippedAtMs, recordedAtMs, tracking?.atMs ?? 0);
  return days === null ? undefined : lastWordMs + days * DAY_MS;
}

function isUnderWay(order: Order, { lines, location }: Shipment): boolean {
  return lines.some(
    ({ line: id }) => countUnits(findLine(order, id)?.units ?? [], { states: ['SHIPPED'], location }) > 0,
  );
}

/** Takes the parcels to have arrived of which nobody has told anything for too long. Word of it may still come. */
export function inferDeliveries(
  order: Order,
  { nowMs, told }: { readonly nowMs: number; readonly told: Told },
  rules: TimeRules,
): Order {
  const silent = order.shipments.filter((shipment) => (presumedAtMsOf(order, shipment, rules) ?? Infinity) <= nowMs);
  return silent.reduce((state, shipment) => presume(state, shipment, told), order);
}

function presume(order: Order, shipment: Shipment, told: Told): Order {
  const { id, location, trackingNumber } = shipment;
  let state = order;
  for (const { line: lineId, quantity: inside } of shipment.lines) {
    const line = findLine(state, lineId);
    if (!line) continue;
    const quantity = Math.min(inside, countUnits(line.units, { states: ['SHIPPED'], location }));
    const units = moveUnits(line.units, { from: 'SHIPPED', at: location, to: 'DELIVERED', quantity });
    state = withLine(state, { ...line, units });
  }
  const shipments = state.shipments.map((each) =>
    each.id === id ? { ...each, presumedAtMs: told.occurredAtMs } : each,
  );
  return note(
    { ...state, shipments },
    {
      type: 'DELIVERY_INFERRED',
      summary: `Nobody told it, but parcel ${trackingNumber ?? id} must have arrived: nothing was heard of it for long.`,
      told,
      origin: 'INFERRED',
      visibility: 'AGENT',
      lineNos: shipment.lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
    },
  );
}
