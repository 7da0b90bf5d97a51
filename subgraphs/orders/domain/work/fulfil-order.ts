import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../../kernel/model/quantity.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import { addHandOver } from '../pickup/hand-over.ts';
import { blockedBy, type Hold } from '../holds/hold.ts';
import { labelAt } from '../labels/parcel-label.ts';
import { useLabel } from '../labels/use-label.ts';
import { PICKUP_LINE } from '../line-state.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { LineQuantity } from '../parcels/shipment.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { enqueue, stockLine } from '../pending-command.ts';
import { openPickup } from '../pickup/pickup-deadline.ts';
import { deliver } from '../parcels/record-delivery.ts';
import { addShipment } from './record-work.ts';
import { refuseStep, STORE_STEPS, takesStep, type StoreStep } from './store-step.ts';
import { note } from '../timeline.ts';
import { advanceUnits, countUnits } from '../units.ts';

type Fulfil = CommandOf<'FulfilOrder'>;

const refuseHeld = ({ id: hold, reason, type }: Hold): RefusalValue =>
  refuse('ORDER_HELD', `The order is held: ${reason}`, { hold, type });

/** A store does a step of the work that it does with the hub itself. All lines take the step or none. */
export function fulfilOrder(order: Order, command: Fulfil): Transition | RefusalValue {
  const { location, step } = command;
  const { from, to, isLeaving = false } = STORE_STEPS[step];
  const hold = isLeaving ? blockedBy(order, 'SHIP') : undefined;
  if (hold) return refuseHeld(hold);
  if (step === 'DELIVER' && command.shipment !== undefined) return deliverParcel(order, command, command.shipment);
  const lines = command.lines ?? everythingAt(order, command, from);
  if (lines.length === 0) {
    return refuse('ILLEGAL_TRANSITION', `Nothing at ${location} is ${from.join(' or ')}.`, { step, from: from[0] });
  }
  let state = order;
  for (const asked of lines) {
    const line = findLine(state, asked.line);
    if (!line) return refuse('UNKNOWN_ORDER_LINE', `The order has no line ${asked.line}.`, { line: asked.line });
    const ahead = isLeaving ? blockedBy(order, 'SHIP', line.id) : undefined;
    if (ahead) return refuseHeld(ahead);
    if (!takesStep(line, step, location)) return refuseStep(line, step);
    const available = countUnits(line.units, { states: from, location });
    if (asked.quantity > available) {
      return refuse(
        'ILLEGAL_TRANSITION',
        `Fewer units of line ${line.lineNo} are ${from.join(' or ')} at ${location}.`,
        {
          line: line.id,
          from: from[0],
          available: formatQuantity(available, line.decimals),
        },
      );
    }
    const { units } = advanceUnits(line.units, { from, location, to, quantity: asked.quantity, way: PICKUP_LINE });
    state = withLine(state, { ...line, units });
  }
  return { state: withConsequences(noteStep(state, command, lines), command, lines), events: [] };
}

const CUSTOMERS: readonly StoreStep[] = ['SHIP', 'DELIVER', 'READY', 'HAND_OVER'];

function noteStep(order: Order, { location, step, told }: Fulfil, lines: readonly LineQuantity[]): Order {
  return note(order, {
    type: `STORE_${step}_RECORDED`,
    summary: `${location}: units were ${STORE_STEPS[step].summary}.`,
    told,
    visibility: CUSTOMERS.includes(step) ? 'CUSTOMER' : 'AGENT',
    lineNos: lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
}

function everythingAt(order: Order, { location, step }: Fulfil, states: readonly LineState[]): readonly LineQuantity[] {
  return order.lines
    .filter((line) => takesStep(line, step, location))
    .map((line) => ({ line: line.id, quantity: countUnits(line.units, { states, location }) }))
    .filter(({ quantity }) => quantity > 0);
}

function withConsequences(order: Order, command: Fulfil, lines: readonly LineQuantity[]): Order {
  const { location, step, told, terms, handOver } = command;
  const moved = withMovement(order, command, lines);
  switch (step) {
    case 'SHIP': {
      const label = command.parcel ? undefined : labelAt(moved, location);
      const { carrier, trackingNumber } = command.parcel ?? label?.bought ?? { carrier: null, trackingNumber: null };
      const parcel = { externalId: told.evidence, carrier, trackingNumber };
      const sent = addShipment(moved, { location, told, parcel, lines });
      return label ? useLabel(sent, label) : sent;
    }
    case 'DELIVER':
      return closeShipments(moved, location, told.occurredAtMs);
    case 'READY':
      return terms ? openPickup(moved, { location, terms, told }) : moved;
    case 'HAND_OVER':
      return addHandOver(moved, { location, told, lines, ...(handOver && { handOver }) });
    default:
      return moved;
  }
}

function withMovement(order: Order, { location, step, told }: Fulfil, lines: readonly LineQuantity[]): Order {
  const { movement } = STORE_STEPS[step];
  if (!movement) return order;
  return enqueue(order, (id) => ({
    id,
    name: 'record-movement',
    request: {
      commandId: id,
      kind: movement,
      location,
      occurredAt: new Date(told.occurredAtMs).toISOString(),
      document: order.id,
      lines: lines.map((line) => {
        const { orderLine, sku, quantity } = stockLine(order, line);
        return { documentLine: orderLine, sku, quantity };
      }),
    },
  }));
}

/** One of several parcels arrived. */
function deliverParcel(order: Order, { location, told }: Fulfil, id: string): Transition | RefusalValue {
  const shipment = order.shipments.find((each) => each.id === id && each.location === location);
  if (!shipment) return refuse('UNKNOWN_SHIPMENT', `No shipment ${id} left ${location}.`, { shipment: id, location });
  if (shipment.deliveredAtMs !== null) {
    return refuse('ILLEGAL_TRANSITION', `Shipment ${id} has arrived already.`, { shipment: id });
  }
  return { state: deliver(order, shipment, told), events: [] };
}

/** The parcels of a store have arrived when nothing from there is on the way any more. */
function closeShipments(order: Order, location: string, deliveredAtMs: number): Order {
  const isOnTheWay = order.lines.some((line) => countUnits(line.units, { states: ['SHIPPED'], location }) > 0);
  if (isOnTheWay) return order;
  const shipments = order.shipments.map((shipment) =>
    shipment.location === location && shipment.deliveredAtMs === null ? { ...shipment, deliveredAtMs } : shipment,
  );
  return { ...order, shipments };
}
