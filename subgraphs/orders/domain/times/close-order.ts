import { partitionOf, PARTITIONS } from '../../../../schema/events/partition.ts';
import { activeHolds } from '../holds/hold.ts';
import { withLine, type Order } from '../order.ts';
import type { Payment } from '../money/order-payment.ts';
import { openOf } from '../money/payment.ts';
import { note } from '../timeline.ts';
import type { Told } from '../told.ts';
import { moveUnits } from '../units.ts';
import { ARRIVED, isAtRest } from './standing.ts';
import { DAY_MS, returnWindowMsOf, type TimeRules } from './time-rules.ts';

/**
 * When an order is closed: everything has arrived, the time in which it may come back is over, and neither money nor a
 * decision is open; within a day after that. Undefined while something is, and for ever where orders are not closed.
 */
export function closesAtMs(order: Order, rules: TimeRules): number | undefined {
  const windowMs = returnWindowMsOf(rules, order);
  const { restsSinceMs } = order;
  if (windowMs === null || restsSinceMs === undefined || !isSettled(order)) return undefined;
  return restsSinceMs + windowMs + delayOf(order);
}

/** Years of sales that are told in an hour are not closed in one either: nothing that is urgent waits behind them. */
const delayOf = ({ id }: Order): number => Math.floor((partitionOf(id) / PARTITIONS) * DAY_MS);

function isSettled(order: Order): boolean {
  const isOpen = order.pending.length > 0 || activeHolds(order).length > 0 || order.payments.some(isMoneyOpen);
  return !isOpen && isAtRest(order);
}

function isMoneyOpen(payment: Payment): boolean {
  const { provider, operations = [] } = payment;
  if (operations.some(({ state }) => state === 'ASKED')) return true;
  // Money that could not be given back is owed until it was after all.
  if (operations.findLast(({ kind }) => kind === 'REFUND')?.state === 'FAILED') return true;
  if (!provider) return false;
  if (provider.state === 'NEW' || provider.state === 'ASKED' || provider.state === 'PENDING') return true;
  const isKept = operations.some(({ kind, state }) => kind === 'VOID' && state === 'FAILED');
  return openOf(payment) > 0 && !isKept;
}

/** Nothing more is expected of the order; what is told of it later is kept and moves nothing. */
export function closeOrder(order: Order, told: Told): Order {
  let state = order;
  for (const line of order.lines) {
    let { units } = line;
    for (const { state: from, location: at, quantity } of line.units) {
      if (ARRIVED.includes(from)) units = moveUnits(units, { from, at, to: 'CLOSED', quantity });
    }
    state = withLine(state, { ...line, units });
  }
  return note(state, {
    type: 'ORDER_CLOSED',
    summary: 'Everything has arrived, the time in which it may come back is over, and no money is open.',
    told,
    visibility: 'INTERNAL',
  });
}
