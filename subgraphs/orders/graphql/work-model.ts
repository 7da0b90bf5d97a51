import { formatQuantity, type Steps } from '../../../kernel/model/quantity.ts';
import { hasWorkAt, openTransfersAt, openWorkAt } from '../domain/work/open-work.ts';
import { findLine, type Order } from '../domain/order.ts';
import type { OrderTransfer } from '../domain/pickup/order-transfer.ts';
import type { Pickup } from '../domain/pickup/pickup-deadline.ts';
import { countUnits } from '../domain/units.ts';

const instant = (ms: number): string => new Date(ms).toISOString();
const instantOrNull = (ms: number | undefined): string | null => (ms === undefined ? null : instant(ms));

/** What a location has to do for an order; null when that is nothing. */
export function workModel(order: Order, location: string) {
  if (!hasWorkAt(order, location)) return null;
  const pickup = order.pickups?.find((each) => each.location === location);
  return {
    location: { id: location },
    releasedAt: instantOrNull(order.releasedAtMs?.[location]),
    acceptedAt: instantOrNull(order.acceptedAtMs?.[location]),
    expiresAt: instantOrNull(pickup?.expiresAtMs),
    transfers: openTransfersAt(order, location).map((transfer) => transferModel(order, transfer)),
    tasks: openWorkAt(order, location).map(({ line, step, quantity }) => ({
      orderLine: { order, line },
      step,
      quantity: formatQuantity(quantity, line.decimals),
    })),
  };
}

export const transferModel = (order: Order, { id, from, to, status, lines }: OrderTransfer) => ({
  id,
  from: { id: from },
  to: { id: to },
  status,
  lines: lines.flatMap(({ line: lineId, coming, arrived }) => {
    const line = findLine(order, lineId);
    if (!line) return [];
    const text = (steps: Steps): string => formatQuantity(steps, line.decimals);
    return [{ orderLine: { order, line }, coming: text(coming), arrived: text(arrived) }];
  }),
});

export const pickupModel = (order: Order, { location, readyAtMs, expiresAtMs }: Pickup) => ({
  location: { id: location },
  readyAt: instant(readyAtMs),
  expiresAt: instant(expiresAtMs),
  lines: order.lines.flatMap((line) => {
    const quantity = countUnits(line.units, { states: ['READY_FOR_PICKUP'], location });
    const orderLine = { order, line };
    return quantity > 0 ? [{ orderLine, quantity: formatQuantity(quantity, line.decimals) }] : [];
  }),
});
