import type { RefusalValue } from '../../../kernel/model/errors.ts';
import { withRuledPriority } from './claims/claim-priority.ts';
import { nextPriorityAtMs } from './claims/priority-rules.ts';
import { activeHolds, BY_HUB, endHold } from './holds/hold.ts';
import type { Order } from './order.ts';
import type { Payment } from './money/order-payment.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { recordPromise } from './promises/record-promise.ts';
import { findPayment } from './money/payment.ts';
import { passPickups, pickupWakesAtMs } from './pickup/pickup-deadline.ts';
import { nextAlarmAtMs, passDeadlines } from './times/alarm.ts';
import { closeOrder, closesAtMs } from './times/close-order.ts';
import { inferDeliveries, presumedAtMsOf } from './times/infer-delivery.ts';
import type { TimeRules } from './times/time-rules.ts';

/**
 * Does what time alone brings: holds end, promises of money, and pickups; parcels of which nobody tells have arrived;
 * people hear of deadlines; and an order of which nothing more is expected is closed.
 */
export function passTime(
  order: Order,
  { nowMs, told }: CommandOf<'PassTime'>,
  rules: TimeRules,
): Transition | RefusalValue {
  const over = activeHolds(order).filter(({ expiresAtMs }) => expiresAtMs !== null && expiresAtMs <= nowMs);
  const end = { state: 'RESOLVED', by: BY_HUB, authority: BY_HUB, reason: 'Its time is over.', told } as const;
  const freed = over.reduce((state, { id }) => endHold(state, id, end), order);
  const ended = order.payments.filter((payment) => (promiseEndsAtMs(payment) ?? Infinity) <= nowMs);
  const state = ended.reduce((current, { id }) => {
    const payment = findPayment(current, id);
    if (!payment) return current;
    const promise = { status: 'EXPIRED', reference: null, amountMinor: 0, verdict: null, reason: '' } as const;
    return recordPromise(current, { payment, promise: { ...promise, expiresAtMs: null }, told });
  }, freed);
  const passing = { nowMs, told };
  const arrived = inferDeliveries(passPickups(state, nowMs, told), passing, rules);
  const warned = passDeadlines(arrived, passing, rules);
  const ranked = withRuledPriority(warned, rules.priorities ?? [], nowMs);
  const closed = (closesAtMs(ranked, rules) ?? Infinity) <= nowMs ? closeOrder(ranked, told) : ranked;
  // Rules that say something else by now may have moved what it was woken for.
  return { state: withWakeTime(closed, rules), events: [] };
}

/** Says when time alone changes something next, so that somebody looks then. */
export function withWakeTime(order: Order, rules: TimeRules): Order {
  const { wakeAtMs: before, ...rest } = order;
  const due = [
    ...activeHolds(order).map(({ expiresAtMs }) => expiresAtMs),
    ...order.payments.map((payment) => promiseEndsAtMs(payment)),
    ...pickupWakesAtMs(order),
    ...order.shipments.map((shipment) => presumedAtMsOf(order, shipment, rules)),
    nextAlarmAtMs(order, rules),
    closesAtMs(order, rules),
    nextPriorityAtMs(order, rules.priorities ?? []),
  ].filter((atMs) => atMs !== null && atMs !== undefined);
  const wakeAtMs = due.length === 0 ? undefined : Math.min(...due);
  if (wakeAtMs === before) return order;
  return wakeAtMs === undefined ? rest : { ...rest, wakeAtMs };
}

function promiseEndsAtMs({ provider }: Payment): number | null {
  return provider?.state === 'AUTHORIZED' ? provider.expiresAtMs : null;
}
