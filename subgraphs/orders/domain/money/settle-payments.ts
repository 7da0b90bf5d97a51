import { apportion } from './apportion.ts';
import type { CaptureMoment } from './capture-rules.ts';
import { dueAt, isAccepted, isOpen, keepableOf } from './due-money.ts';
import { addHold, blockedBy, BY_HUB, endAwaiting } from '../holds/hold.ts';
import type { Order } from '../order.ts';
import type { Payment } from './order-payment.ts';
import type { Told } from '../told.ts';
import { askForPromise, operate } from './payment-command.ts';
import { placeChargebacks } from './record-chargeback.ts';
import {
  askedOf,
  capturableOf,
  capturedOf,
  chargedBackOf,
  openOf,
  paymentIdOf,
  paymentsForOrder,
  refundableOf,
  uncapturedOf,
  withPayment,
  withPaymentEvent,
} from './payment.ts';
import { ORDER_LIMITS } from '../order.ts';

/**
 * Asks for the money's promise once the stock is claimed, takes what is due, asks for a new promise where one has ended,
 * gives back what was taken for units that are called off, and gives up what is promised beyond that once nothing is left
 * to be sent. Carriage and other charges follow in proportion to the goods. Only for orders that the hub places.
 */
export function settlePayments(order: Order, told: Told): Order {
  if (order.origin !== 'PLACED') return order;
  const kept = placeChargebacks(withoutEndedPromises(order, told), told);
  const promised = awaitPromises(askForPromises(renewPromises(kept, told)), told);
  const captured = captureDue(promised, told);
  return giveUpRest(refundCalledOff(captured, told), told);
}

/** What a promise that has ended still holds is no longer promised. */
function withoutEndedPromises(order: Order, told: Told): Order {
  const ended = order.payments.filter((payment) => payment.provider?.state === 'EXPIRED' && uncapturedOf(payment) > 0);
  return ended.reduce(
    (state, payment) => withPayment(state, withPaymentEvent(payment, 'VOIDED', uncapturedOf(payment), told)),
    order,
  );
}

/** A promise that ended before its money was taken is asked for again, where the hub can: with the means it was made by. */
function renewPromises(order: Order, told: Told): Order {
  const replaced = new Set(order.payments.map(({ replaces }) => replaces));
  let state = order;
  for (const payment of order.payments) {
    const { provider } = payment;
    if (provider?.state !== 'EXPIRED' || replaced.has(payment.id)) continue;
    const amountMinor = Math.min(keepableOf(state) - securedOf(state), provider.amountMinor - capturedOf(payment));
    if (amountMinor <= 0) continue;
    const reason = `The promise of payment ${payment.id} has ended before its money was taken.`;
    state =
      provider.token === null || state.payments.length >= ORDER_LIMITS.paymentsMax
        ? holdForPromise(state, { payment, reason, told })
        : { ...state, payments: [...state.payments, renewalOf(state, payment, amountMinor)] };
  }
  return state;
}

/** Taken, about to be taken, promised, or about to be promised. */
export function securedOf(order: Order): number {
  return paymentsForOrder(order).reduce((sum, payment) => {
    const { provider } = payment;
    const isAwaited = provider?.state === 'NEW' || provider?.state === 'ASKED' || provider?.state === 'PENDING';
    const promised = isAwaited ? provider.amountMinor : openOf(payment);
    return sum + capturedOf(payment) + askedOf(payment, 'CAPTURE') + promised;
  }, 0);
}

function renewalOf(
  order: Order,
  { id, tender, provider, captureAt, captureRules }: Payment,
  amountMinor: number,
): Payment {
  return {
    id: paymentIdOf(order.id, order.payments.length + 1),
    tender,
    events: [],
    replaces: id,
    ...(captureAt && { captureAt }),
    ...(captureRules !== undefined && { captureRules }),
    ...(provider && { provider: { ...provider, reference: null, amountMinor, state: 'NEW', expiresAtMs: null } }),
  };
}

/** Somebody has to see to it that the order is paid; once for each payment. */
export function holdForPromise(
  order: Order,
  { payment, reason, told }: { readonly payment: Payment; readonly reason: string; readonly told: Told },
): Order {
  const awaits = `person:${payment.id}`;
  if (order.holds?.some((hold) => hold.awaits === awaits)) return order;
  const authority = payment.provider?.system ?? BY_HUB;
  return addHold(order, { type: 'PAYMENT_PENDING', placedBy: BY_HUB, authority, reason, awaits }, told);
}

function askForPromises(order: Order): Order {
  if (!isAccepted(order) || mayBeRefused(order)) return order;
  const fresh = order.payments.filter(({ provider }) => provider?.state === 'NEW');
  return fresh.reduce((state, payment) => askForPromise(state, payment), order);
}

/** Nobody is asked for money for an order that may still be refused for its taxes. */
function mayBeRefused({ taxCheck }: Order): boolean {
  return taxCheck?.state === 'ASKED' && taxCheck.onMismatch === 'REFUSE';
}

/**
 * Nothing leaves while a provider has not said whether it promises the money. Whoever ends that hold before has decided
 * to go on without the promise.
 */
function awaitPromises(order: Order, told: Told): Order {
  return order.payments.reduce((state, { id, provider }) => {
    if (!provider) return state;
    const awaits = `promise:${id}`;
    const authority = provider.system;
    if (provider.state !== 'ASKED' && provider.state !== 'PENDING') {
      const reason = `${authority} has answered.`;
      return endAwaiting(state, awaits, { state: 'RESOLVED', by: BY_HUB, authority, reason, told });
    }
    if (!isOpen(state) || state.holds?.some((hold) => hold.awaits === awaits)) return state;
    const reason = `${authority} has not promised the money yet.`;
    return addHold(state, { type: 'PAYMENT_PENDING', placedBy: BY_HUB, authority, reason, awaits }, told);
  }, order);
}

const MOMENTS: readonly CaptureMoment[] = ['PLACEMENT', 'RELEASE', 'SHIPMENT', 'DELIVERY'];

/** Money that is due at a moment is taken from the payments that are taken then, in proportion to what they have left. */
function captureDue(order: Order, told: Told): Order {
  if (blockedBy(order, 'CAPTURE') || !isAccepted(order)) return order;
  return MOMENTS.reduce((state, moment) => {
    const missingMinor = Math.max(0, dueAt(state, moment) - takenOf(state));
    const fromOpen = capture(state, { moment, amountMinor: missingMinor, roomOf: openOf, told });
    const restMinor = Math.max(0, missingMinor - (takenOf(fromOpen) - takenOf(state)));
    return capture(fromOpen, { moment, amountMinor: restMinor, roomOf: capturableOf, told });
  }, order);
}

/** Taken or about to be, for units that are not called off. */
function takenOf(order: Order): number {
  const { calledOffRefundMinor = 0 } = order;
  return paymentsForOrder(order).reduce(
    (sum, payment) => sum + capturedOf(payment) + askedOf(payment, 'CAPTURE'),
    -calledOffRefundMinor,
  );
}

interface Capture {
  readonly moment: CaptureMoment;
  readonly amountMinor: number;
  readonly roomOf: (payment: Payment) => number;
  readonly told: Told;
}

function capture(order: Order, { moment, amountMinor, roomOf, told }: Capture): Order {
  const room = order.payments.map((payment) => ((payment.captureAt ?? 'SHIPMENT') === moment ? roomOf(payment) : 0));
  const capturable = room.reduce((sum, each) => sum + each, 0);
  const taken = Math.min(amountMinor, capturable);
  if (taken === 0) return order;
  const shares = apportion(taken, room);
  return order.payments.reduce(
    (state, payment, index) => operate(state, payment, { kind: 'CAPTURE', amountMinor: shares[index] ?? 0, told }),
    order,
  );
}

/** Money that was taken before its goods left goes back when they are called off: from the newest payment first. */
function refundCalledOff(order: Order, told: Told): Order {
  const { calledOffRefundMinor = 0 } = order;
  const heldMinor = paymentsForOrder(order).reduce(
    (sum, payment) => sum + capturedOf(payment) - chargedBackOf(payment),
    0,
  );
  let leftMinor = Math.max(0, heldMinor - calledOffRefundMinor - keepableOf(order));
  if (leftMinor === 0) return order;
  let state = order;
  for (const payment of order.payments.toReversed()) {
    const amountMinor = Math.max(0, Math.min(leftMinor, refundableOf(payment)));
    leftMinor -= amountMinor;
    const refunded = calledOffRefundOf(state) + amountMinor;
    if (amountMinor === 0) continue;
    state = { ...operate(state, payment, { kind: 'REFUND', amountMinor, told }), calledOffRefundMinor: refunded };
  }
  return state;
}

const calledOffRefundOf = ({ calledOffRefundMinor = 0 }: Order): number => calledOffRefundMinor;

function giveUpRest(order: Order, told: Told): Order {
  if (isOpen(order) || takenOf(order) < keepableOf(order)) return order;
  return order.payments.reduce((state, payment) => {
    // What its provider would not give up ends there by itself.
    const isRefused = payment.operations?.some(({ kind, state: end }) => kind === 'VOID' && end === 'FAILED') ?? false;
    return isRefused ? state : operate(state, payment, { kind: 'VOID', amountMinor: openOf(payment), told });
  }, order);
}
