import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { parseQuantity, type Steps } from '../../../../kernel/model/quantity.ts';
import type { LineState } from '../../../../schema/events/fields.ts';
import { DEAD_STATES } from '../line-state.ts';
import { findLine, withLine, type Order } from '../order.ts';
import type { Claim, OrderLine } from '../order-line.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { enqueue, enqueueCancelReservations, enqueueDeallocation, type Deallocation } from '../pending-command.ts';
import { isHandingOver } from '../work/plan-release.ts';
import { note } from '../timeline.ts';
import { countUnits, moveUnits, type UnitCell } from '../units.ts';

export type CancelReason =
  | 'CUSTOMER'
  | 'OUT_OF_STOCK'
  | 'FRAUD'
  | 'DUPLICATE'
  | 'PRICE_ERROR'
  | 'ADDRESS'
  | 'PAYMENT_FAILED'
  | 'PAYMENT_EXPIRED'
  | 'MARKETPLACE'
  | 'ABANDONED';

/** How a unit is called off: by the hub alone, or by asking the system that has the work. */
const BY_HUB: Partial<Record<LineState, readonly LineState[]>> = {
  CAPTURED: ['CANCELLED'],
  RESERVED: ['CANCELLED'],
  BACKORDERED: ['CANCELLED'],
  ALLOCATED: ['CANCELLED'],
  RELEASED: ['CANCEL_REQUESTED', 'CANCELLED'],
  PICKED: ['CANCELLED'],
  PACKED: ['CANCELLED'],
  READY_FOR_PICKUP: ['CANCELLED'],
};
const BY_SYSTEM: Partial<Record<LineState, readonly LineState[]>> = {
  RELEASED: ['CANCEL_REQUESTED'],
  PICKED: ['CANCEL_REQUESTED'],
  PACKED: ['CANCEL_REQUESTED'],
};

/**
 * Calls off whatever has not left. What the ledger holds is given back once: a claim or an allocation by a command of its
 * own, and one that a command on its way is about to make when that command is settled.
 */
export function cancelOrder(order: Order, command: CommandOf<'CancelOrder'>): Transition | RefusalValue {
  const cells = order.lines.flatMap((line) => line.units);
  if (!cells.some((cell) => BY_HUB[cell.state])) return alreadyDone(order, cells);
  const work = order.lines.map((line) => cancelLine(order, line, command.wmsLocations));
  let state = order;
  for (const { line } of work) state = withLine(state, line);
  state = enqueueCancelReservations(
    state,
    work.flatMap(({ reservations }) => reservations),
  );
  state = enqueueDeallocation(state, { lines: work.flatMap(({ deallocations }) => deallocations), into: 'NOTHING' });
  for (const location of new Set(work.flatMap(({ stops }) => stops))) {
    state = enqueue(state, (id) => ({ id, name: 'stop-work', location }));
  }
  const noted = note(state, {
    type: 'CANCELLATION_REQUESTED',
    summary: `The order was called off (${command.reason}).`,
    told: command.told,
    visibility: 'CUSTOMER',
  });
  return { state: noted, events: [] };
}

function alreadyDone(order: Order, cells: readonly UnitCell[]): Transition | RefusalValue {
  const isCalledOff = (cell: UnitCell): boolean =>
    DEAD_STATES.includes(cell.state) || cell.state === 'CANCEL_REQUESTED';
  if (cells.some(isCalledOff)) return { state: order, events: [] };
  return refuse('ILLEGAL_TRANSITION', 'Everything of the order has left already.', { status: order.status });
}

interface CancelledLine {
  readonly line: OrderLine;
  readonly reservations: readonly string[];
  readonly deallocations: Deallocation['lines'];
  /** Locations whose system has to be asked. */
  readonly stops: readonly string[];
}

function cancelLine(order: Order, line: OrderLine, wmsLocations: readonly string[]): CancelledLine {
  const reservations = line.claims.filter((claim) => keepsSome(order, claim)).map((claim) => claim.reservation);
  const deallocations: Deallocation['lines'][number][] = [];
  const stops: string[] = [];
  let { units } = line;
  for (const cell of line.units) {
    const { state, location, quantity } = cell;
    const path = pathOf(order, cell, wmsLocations);
    let from = state;
    for (const to of path) {
      units = moveUnits(units, { from, at: location, to, quantity });
      from = to;
    }
    if (location === null || path.length === 0) continue;
    if (from === 'CANCELLED') deallocations.push({ line: line.id, location, quantity });
    else stops.push(location);
  }
  const isReserved = countUnits(units, { states: ['RESERVED'] }) > 0;
  return {
    line: { ...line, units, claims: isReserved ? line.claims : [] },
    reservations: reservations.filter((id) => id !== null),
    deallocations,
    stops,
  };
}

/** Whether a claim holds anything that the command on its way will not take: that command gives back its part itself. */
function keepsSome(order: Order, { reservation, commandId, quantity }: Claim): boolean {
  if (commandId === null) return true;
  const command = order.pending.find(({ id }) => id === commandId);
  if (command?.name === 'take-capacity') return true;
  const isBinding = command?.name === 'allocate-stock' || command?.name === 'bring-stock';
  const asked = isBinding ? command.request.lines : [];
  const parts = asked.filter((each) => each.reservation === reservation);
  return parts.length > 0 && sumOf(order, parts) < quantity;
}

/** The parts of one claim may go to several locations. */
function sumOf(order: Order, parts: readonly { readonly orderLine: string; readonly quantity: string }[]): Steps {
  return parts.reduce((sum, { orderLine, quantity }) => {
    return sum + parseQuantity(quantity, findLine(order, orderLine)?.decimals ?? 0);
  }, 0);
}

/** Work that is just being handed over counts as handed over: the system may have it already. */
function pathOf(order: Order, { state, location }: UnitCell, wmsLocations: readonly string[]): readonly LineState[] {
  const isHandedOver = location !== null && order.pending.some((command) => isHandingOver(command, location));
  if (state === 'ALLOCATED' && isHandedOver) return ['RELEASED', 'CANCEL_REQUESTED'];
  const bySystem = location !== null && wmsLocations.includes(location) ? BY_SYSTEM[state] : undefined;
  return bySystem ?? BY_HUB[state] ?? [];
}
