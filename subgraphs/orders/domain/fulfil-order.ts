import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import { formatQuantity } from '../../../kernel/model/quantity.ts';
import type { LineState } from '../../../schema/events/fields.ts';
import { blockedBy } from './hold.ts';
import { findLine, withLine, type Order } from './order.ts';
import type { LineQuantity } from './shipment.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { enqueue, stockLine } from './pending-command.ts';
import { addShipment } from './record-work.ts';
import { note } from './timeline.ts';
import { countUnits, moveUnits } from './units.ts';

export type StoreStep = 'PICK' | 'PACK' | 'SHIP' | 'DELIVER';

interface StepRule {
  readonly from: LineState;
  readonly to: LineState;
  readonly summary: string;
  /** The movement that the ledger has to be told of; absent when none of the stock moves. */
  readonly movement?: 'PICK' | 'SHIP';
}

const STEPS: Readonly<Record<StoreStep, StepRule>> = {
  PICK: { from: 'RELEASED', to: 'PICKED', summary: 'taken from the shelf', movement: 'PICK' },
  PACK: { from: 'PICKED', to: 'PACKED', summary: 'put in a parcel' },
  SHIP: { from: 'PACKED', to: 'SHIPPED', summary: 'handed to the carrier', movement: 'SHIP' },
  DELIVER: { from: 'SHIPPED', to: 'DELIVERED', summary: 'handed to the customer' },
};

/** Steps after which the goods are no longer in the hands of the store. */
const LEAVING: readonly StoreStep[] = ['SHIP'];

/** A store does a step of the work that it does with the hub itself. All lines take the step or none. */
export function fulfilOrder(order: Order, command: CommandOf<'FulfilOrder'>): Transition | RefusalValue {
  const { location, step, told } = command;
  const { from, to, summary } = STEPS[step];
  const hold = LEAVING.includes(step) ? blockedBy(order, 'SHIP') : undefined;
  if (hold) return refuse('ORDER_HELD', `The order is held: ${hold.reason}`, { hold: hold.id, type: hold.type });
  const lines = command.lines ?? everythingAt(order, location, from);
  if (lines.length === 0) return refuse('ILLEGAL_TRANSITION', `Nothing at ${location} is ${from}.`, { step, from });
  let state = order;
  for (const asked of lines) {
    const line = findLine(state, asked.line);
    if (!line) return refuse('UNKNOWN_ORDER_LINE', `The order has no line ${asked.line}.`, { line: asked.line });
    const available = countUnits(line.units, { states: [from], location });
    if (asked.quantity > available) {
      return refuse('ILLEGAL_TRANSITION', `Fewer units of line ${line.lineNo} are ${from} at ${location}.`, {
        line: line.id,
        from,
        available: formatQuantity(available, line.decimals),
      });
    }
    const units = moveUnits(line.units, { from, at: location, to, quantity: asked.quantity });
    state = withLine(state, { ...line, units });
  }
  const noted = note(state, {
    type: `STORE_${step}_RECORDED`,
    summary: `${location}: units were ${summary}.`,
    told,
    visibility: step === 'SHIP' || step === 'DELIVER' ? 'CUSTOMER' : 'AGENT',
    lineNos: lines.map(({ line }) => findLine(order, line)?.lineNo ?? 0),
  });
  return { state: withConsequences(noted, command, lines), events: [] };
}

function everythingAt(order: Order, location: string, state: LineState): readonly LineQuantity[] {
  return order.lines
    .map((line) => ({ line: line.id, quantity: countUnits(line.units, { states: [state], location }) }))
    .filter(({ quantity }) => quantity > 0);
}

function withConsequences(
  order: Order,
  { location, step, told }: CommandOf<'FulfilOrder'>,
  lines: readonly LineQuantity[],
): Order {
  const { movement } = STEPS[step];
  const moved = movement
    ? enqueue(order, (id) => ({
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
      }))
    : order;
  if (step === 'SHIP') {
    const parcel = { externalId: told.evidence, carrier: null, trackingNumber: null };
    return addShipment(moved, { location, told, parcel, lines });
  }
  return step === 'DELIVER' ? closeShipments(moved, location, told.occurredAtMs) : moved;
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
