import { cancelOrder } from '../calling-off/cancel-order.ts';
import { isRefusal } from '../../../../kernel/model/errors.ts';
import { activeHolds, BY_HUB, endHold } from '../holds/hold.ts';
import type { Order } from '../order.ts';
import type { Payment, ProvidedBy } from '../money/order-payment.ts';
import type { Told } from '../told.ts';
import { judge } from '../money/record-verdict.ts';
import type { PromiseTold } from './promise-told.ts';
import { withPayment, withPaymentEvent } from '../money/payment.ts';
import { holdForPromise } from '../money/settle-payments.ts';
import { note } from '../timeline.ts';

/** A promise may be told while it is awaited; afterwards it is known, or was told in the wrong order. */
const AWAITED: readonly ProvidedBy['state'][] = ['NEW', 'ASKED', 'PENDING'];

export interface PromiseAbout {
  readonly payment: Payment;
  readonly promise: PromiseTold;
  readonly told: Told;
}

/** Takes in whether a provider promises the money. What is told a second time changes nothing. */
export function recordPromise(order: Order, about: PromiseAbout): Order {
  const { payment, promise } = about;
  const { provider } = payment;
  if (!provider) return order;
  const { reference } = provider;
  const known = { ...provider, reference: reference ?? promise.reference };
  const named = reference === known.reference ? order : withPayment(order, { ...payment, provider: known });
  const isAwaited = AWAITED.includes(provider.state);
  const asNamed = { ...about, payment: { ...payment, provider: known } };
  switch (promise.status) {
    case 'AUTHORIZED':
      return isAwaited ? judged(promised(named, asNamed, known), asNamed) : named;
    case 'PENDING':
      return isAwaited && provider.state !== 'PENDING' ? withState(named, asNamed, 'PENDING') : named;
    case 'DECLINED':
      return isAwaited ? declined(named, asNamed) : named;
    case 'EXPIRED':
      return provider.state === 'EXPIRED' || provider.state === 'DECLINED' ? named : expired(named, asNamed);
  }
}

function withState(order: Order, { payment }: PromiseAbout, state: ProvidedBy['state']): Order {
  const { provider } = payment;
  return provider ? withPayment(order, { ...payment, provider: { ...provider, state } }) : order;
}

/** No more is taken as promised than was asked for, whatever is told. */
function promised(order: Order, { payment, promise, told }: PromiseAbout, provider: ProvidedBy): Order {
  const amountMinor = Math.min(promise.amountMinor, provider.amountMinor);
  const { expiresAtMs } = promise;
  const authorised = withPaymentEvent(payment, 'AUTHORIZED', amountMinor, told);
  const kept: Payment = { ...authorised, provider: { ...provider, state: 'AUTHORIZED', expiresAtMs } };
  const noted = note(withPayment(order, kept), {
    type: 'PAYMENT_AUTHORIZED',
    summary: `${provider.system} promises ${amountMinor} ${order.currency} (minor units).`,
    told,
    visibility: 'CUSTOMER',
  });
  if (amountMinor === provider.amountMinor) return noted;
  const reason = `${provider.system} promises ${amountMinor} of ${provider.amountMinor} ${order.currency} (minor units).`;
  return holdForPromise(noted, { payment: kept, reason, told });
}

function judged(order: Order, { payment, promise, told }: PromiseAbout): Order {
  const { verdict, reason } = promise;
  // It has no time of its own: whatever verdict is told by itself is newer.
  return verdict === null
    ? order
    : judge(order, { payment: payment.id, verdict, reason, wmsLocations: [], told, atMs: 0 });
}

/**
 * Without its first promise the order is called off, before any work was handed over. A promise that was asked for anew, or
 * for what a change has added, is for a person to see to: the order may be half way.
 */
function declined(order: Order, about: PromiseAbout): Order {
  const { payment, promise, told } = about;
  const reason = promise.reason || 'no reason was told';
  const noted = note(withState(order, about, 'DECLINED'), {
    type: 'PAYMENT_DECLINED',
    summary: `${payment.provider?.system ?? BY_HUB} does not promise the money: ${reason}.`,
    told,
    visibility: 'CUSTOMER',
  });
  if (payment.replaces !== undefined || payment.supplements !== undefined)
    return holdForPromise(noted, { payment, reason, told });
  return callOffUnpaid(noted, { payment, reason, told });
}

function callOffUnpaid(
  order: Order,
  { payment, reason, told }: { readonly payment: Payment; readonly reason: string; readonly told: Told },
): Order {
  const pending = activeHolds(order).filter(({ type }) => type === 'PAYMENT_PENDING');
  const by = { by: BY_HUB, authority: payment.provider?.system ?? BY_HUB, reason };
  const ended = pending.reduce((state, { id }) => endHold(state, id, { state: 'REJECTED', ...by, told }), order);
  const off = cancelOrder(ended, { type: 'CancelOrder', reason: 'PAYMENT_FAILED', wmsLocations: [], told });
  if (isRefusal(off)) return ended;
  const details = { payment: payment.id, reason };
  return {
    ...off.state,
    rejection: { code: 'PAYMENT_DECLINED', message: `The payment was declined: ${reason}.`, details },
  };
}

function expired(order: Order, about: PromiseAbout): Order {
  const { payment, told } = about;
  const wasAwaited = payment.provider !== undefined && AWAITED.includes(payment.provider.state);
  const reason = 'the promise ended before it was made';
  if (wasAwaited) return declined(order, { ...about, promise: { ...about.promise, reason } });
  return note(withState(order, about, 'EXPIRED'), {
    type: 'PAYMENT_EXPIRED',
    summary: `The promise of ${payment.provider?.system ?? BY_HUB} has ended.`,
    told,
    visibility: 'AGENT',
  });
}
