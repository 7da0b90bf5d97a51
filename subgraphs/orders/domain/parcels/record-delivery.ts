import { findLine, withLine, type Order } from '../order.ts';
import type { Shipment } from './shipment.ts';
import type { Told } from '../told.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { note, noteRegression } from '../timeline.ts';
import { countUnits, moveUnits } from '../units.ts';

/** A shipment arrived. One that is not known yet is remembered until its shipment is told. */
export function recordDelivery(order: Order, { shipment: externalId, told }: CommandOf<'RecordDelivery'>): Transition {
  const shipment = order.shipments.find((each) => each.externalId === externalId && each.source === told.source);
  if (shipment) return { state: deliver(order, shipment, told), events: [] };
  const earlyDeliveries = [...order.earlyDeliveries, { shipment: externalId, told }];
  const noted = note(
    { ...order, earlyDeliveries },
    {
      type: 'DELIVERY_RECORDED_EARLY',
      summary: `Shipment ${externalId} was delivered, though it was not told yet that it left.`,
      told,
      visibility: 'AGENT',
    },
  );
  return { state: noted, events: [] };
}

/** Moves what of the shipment is on the way to the customer. */
export function deliver(order: Order, shipment: Shipment, told: Told): Order {
  const lineNos = shipment.lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0);
  if (shipment.deliveredAtMs !== null || shipment.tracking?.status === 'LOST') {
    return noteRegression(order, `Delivery of shipment ${shipment.externalId}`, { told, lineNos });
  }
  let state = order;
  for (const { line: lineId, quantity: inside } of shipment.lines) {
    const line = findLine(state, lineId);
    if (!line) continue;
    const { location } = shipment;
    const quantity = Math.min(inside, countUnits(line.units, { states: ['SHIPPED'], location }));
    const units = moveUnits(line.units, { from: 'SHIPPED', at: location, to: 'DELIVERED', quantity });
    state = withLine(state, { ...line, units });
  }
  const shipments = state.shipments.map((each) =>
    each.id === shipment.id ? { ...each, deliveredAtMs: told.occurredAtMs } : each,
  );
  return note(
    { ...state, shipments },
    { type: 'DELIVERY_RECORDED', summary: 'The parcel arrived.', told, visibility: 'CUSTOMER', lineNos },
  );
}
