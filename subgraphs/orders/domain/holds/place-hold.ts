import { isRefusal, refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { cancelOrder, type CancelReason } from '../calling-off/cancel-order.ts';
import { addHold, endHold, type Hold, type HoldType } from './hold.ts';
import { MARKETPLACE_PAYMENT } from '../marketplace/accept-unpaid-order.ts';
import { ORDER_LIMITS, type Order } from '../order.ts';
import type { CommandOf, Transition } from '../order-command.ts';

/** Somebody keeps the order from going on. */
export function placeHold(order: Order, { hold, told }: CommandOf<'PlaceHold'>): Transition | RefusalValue {
  const { holdsMax } = ORDER_LIMITS;
  if ((order.holds?.length ?? 0) >= holdsMax) {
    return refuse('LIMIT_EXCEEDED', 'The order has had too many holds.', { holdsMax });
  }
  if (hold.blocks?.length === 0) {
    return refuse('BAD_USER_INPUT', 'A hold blocks at least one thing.', { field: 'blocks' });
  }
  const { expiresAtMs = null } = hold;
  if (expiresAtMs !== null && expiresAtMs <= told.occurredAtMs) {
    return refuse('BAD_USER_INPUT', 'A hold ends later than it begins.', { field: 'expiresAt' });
  }
  return { state: addHold(order, hold, told), events: [] };
}

/** Why an order is called off when what a hold waited for is denied. */
const DENIED: Partial<Record<HoldType, CancelReason>> = {
  FRAUD_REVIEW: 'FRAUD',
  PAYMENT_PENDING: 'PAYMENT_FAILED',
  ADDRESS_INVALID: 'ADDRESS',
  INVENTORY_SHORT: 'OUT_OF_STOCK',
};

/** Somebody lets the order go on, or denies what it waited for: then it is called off, as far as it has not left. */
export function resolveHold(order: Order, command: CommandOf<'ResolveHold'>): Transition | RefusalValue {
  const { outcome, by, authority, reason, wmsLocations, told } = command;
  const hold = order.holds?.find(({ id }) => id === command.hold);
  if (!hold) return refuse('UNKNOWN_HOLD', `The order has no hold ${command.hold}.`, { hold: command.hold });
  if (hold.state !== 'ACTIVE') return ended(order, hold, outcome);
  if (outcome === 'RESOLVED' && hold.awaits === MARKETPLACE_PAYMENT) {
    const system = hold.authority;
    return refuse('ILLEGAL_TRANSITION', `Only ${system} can say that it was paid.`, { hold: hold.id, system });
  }
  const state = endHold(order, hold.id, { state: outcome, by, authority, reason, told });
  if (outcome === 'RESOLVED') return { state, events: [] };
  const off = cancelOrder(state, { type: 'CancelOrder', reason: DENIED[hold.type] ?? 'CUSTOMER', wmsLocations, told });
  // Everything has left: the denial is noted, and what becomes of the goods is for people to see to.
  return isRefusal(off) ? { state, events: [] } : off;
}

function ended(order: Order, hold: Hold, outcome: 'RESOLVED' | 'REJECTED'): Transition | RefusalValue {
  if (hold.state === outcome) return { state: order, events: [] };
  return refuse('ILLEGAL_TRANSITION', `The hold is ${hold.state} already.`, { hold: hold.id, state: hold.state });
}
