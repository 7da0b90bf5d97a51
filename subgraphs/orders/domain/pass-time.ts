import type { RefusalValue } from '../../../kernel/model/errors.ts';
import { activeHolds, BY_HUB, endHold } from './hold.ts';
import type { Order } from './order.ts';
import type { Payment } from './order-payment.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { recordPromise } from './record-promise.ts';
import { findPayment } from './payment.ts';
import { passPickups, pickupWakesAtMs } from './pickup-deadline.ts';

/** Does what time alone brings: holds end, and promises of money. */
export function passTime(order: Order, { nowMs, told }: CommandOf<'PassTime'>): Transition | RefusalValue {
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
  return { state: passPickups(state, nowMs, told), events: [] };
}

/** Says when time alone changes something next, so that somebody looks then. */
export function withWakeTime(order: Order): Order {
  const { wakeAtMs: before, ...rest } = order;
  const due = [
    ...activeHolds(order).map(({ expiresAtMs }) => expiresAtMs),
    ...order.payments.map((payment) => promiseEndsAtMs(payment)),
    ...pickupWakesAtMs(order),
  ].filter((atMs) => atMs !== null);
  const wakeAtMs = due.length === 0 ? undefined : Math.min(...due);
  if (wakeAtMs === before) return order;
  return wakeAtMs === undefined ? rest : { ...rest, wakeAtMs };
}

function promiseEndsAtMs({ provider }: Payment): number | null {
  return provider?.state === 'AUTHORIZED' ? provider.expiresAtMs : null;
}
