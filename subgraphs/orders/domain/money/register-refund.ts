import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Tender } from '../../../../schema/events/fields.ts';
import type { Order } from '../order.ts';
import type { Payment } from './order-payment.ts';
import type { Told } from '../told.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { operate } from './payment-command.ts';
import type { RefundPart } from './order-refund.ts';
import { findPayment, refundableOf, withPayment, withPaymentEvent } from './payment.ts';
import { note } from '../timeline.ts';

export interface RefundTender {
  readonly tender: Tender;
  readonly amountMinor: number;
}

/**
 * Gives money back, on payments of the named tenders first, else on the newest. A shop may give back otherwise than it
 * was paid, cash for a card or a voucher for cash, so what those payments do not hold falls on the others. Never more
 * than was captured and is not on its way back already, per payment and so per order. With tenders the money was given back
 * already; without, the providers of the payments are asked to give it back.
 */
export function registerRefund(order: Order, command: CommandOf<'RegisterRefund'>): Transition | RefusalValue {
  const { amountMinor, currency, told } = command;
  const refusal = checkRefund(order, command);
  if (refusal) return refusal;
  let state = order;
  const parts: RefundPart[] = [];
  const isGiven = command.tenders !== undefined;
  let elsewhereMinor = isGiven ? 0 : amountMinor;
  for (const { tender, amountMinor: share } of command.tenders ?? []) {
    const given = refundFrom(state, { tender, amountMinor: share, isGiven, told });
    state = given.state;
    parts.push(...given.parts);
    elsewhereMinor += given.leftMinor;
  }
  const given = refundFrom(state, { tender: undefined, amountMinor: elsewhereMinor, isGiven, told });
  if (given.leftMinor > 0) return exceeds(order, amountMinor);
  const refund = { id: command.refund, return: command.return, parts: [...parts, ...given.parts] };
  const known = { ...given.state, refunds: [...(order.refunds ?? []), refund] };
  const noted = note(known, {
    type: 'REFUND_REGISTERED',
    summary: `${amountMinor} ${currency} (minor units) ${isGiven ? 'were' : 'are to be'} given back for return ${command.return}.`,
    told,
    visibility: 'INTERNAL',
  });
  return { state: noted, events: [] };
}

/** Captured, and not asked back yet, over all payments. */
export function refundableOfOrder({ payments }: Order): number {
  return payments.reduce((sum, payment) => sum + refundableOf(payment), 0);
}

function checkRefund(order: Order, command: CommandOf<'RegisterRefund'>): RefusalValue | undefined {
  const { amountMinor, currency, tenders } = command;
  if (currency !== order.currency) {
    return refuse('CURRENCY_MISMATCH', `The order is in ${order.currency}.`, { expected: order.currency, currency });
  }
  const shares = tenders?.map((tender) => tender.amountMinor) ?? [amountMinor];
  if (amountMinor <= 0 || shares.some((share) => share <= 0)) {
    return refuse('BAD_USER_INPUT', 'A refund must be more than nothing.', { field: 'amountMinor' });
  }
  const sumMinor = shares.reduce((sum, share) => sum + share, 0);
  if (sumMinor === amountMinor) return undefined;
  return refuse('TOTALS_MISMATCH', 'The tenders do not add up to the refund.', { tendersMinor: sumMinor, amountMinor });
}

interface Share {
  /** Absent: any. */
  readonly tender: Tender | undefined;
  readonly amountMinor: number;
  /** The money was given back already; otherwise its provider is asked to give it back. */
  readonly isGiven: boolean;
  readonly told: Told;
}

/** Gives back as much of a share as the payments hold. */
function refundFrom(
  order: Order,
  { tender, amountMinor, isGiven, told }: Share,
): { readonly state: Order; readonly parts: readonly RefundPart[]; readonly leftMinor: number } {
  let [state, leftMinor] = [order, amountMinor];
  const parts: RefundPart[] = [];
  for (const payment of order.payments.toReversed()) {
    if (tender !== undefined && payment.tender !== tender) continue;
    const part = Math.max(0, Math.min(leftMinor, refundableOf(payment)));
    leftMinor -= part;
    if (part === 0) continue;
    state = isGiven
      ? withPayment(state, givenBack(payment, part, told))
      : operate(state, payment, { kind: 'REFUND', amountMinor: part, told });
    const isAsked = !isGiven && payment.provider !== undefined;
    const asked = isAsked ? findPayment(state, payment.id)?.operations?.at(-1)?.id : undefined;
    parts.push({ payment: payment.id, amountMinor: part, operation: asked ?? null });
  }
  return { state, parts, leftMinor };
}

function givenBack(payment: Payment, amountMinor: number, told: Told): Payment {
  const asked = withPaymentEvent(payment, 'REFUND_REQUESTED', amountMinor, told);
  return withPaymentEvent(asked, 'REFUNDED', amountMinor, told);
}

function exceeds(order: Order, askedMinor: number): RefusalValue {
  return refuse('REFUND_EXCEEDS_CAPTURED', 'Less was captured and is not refunded yet.', {
    askedMinor,
    refundableMinor: refundableOfOrder(order),
  });
}
