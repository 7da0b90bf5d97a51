import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Tender } from '../../../../schema/events/fields.ts';
import { newPayment, type NewTender } from '../capture-order.ts';
import { keepableOf } from './due-money.ts';
import { ORDER_LIMITS, type Order } from '../order.ts';
import type { Payment } from './order-payment.ts';
import { operate } from './payment-command.ts';
import { openOf, paymentIdOf, withPayment, withPaymentEvent } from './payment.ts';
import { securedOf } from './settle-payments.ts';
import type { Told } from '../told.ts';

/**
 * Brings what is promised to what the order costs now: asks for more, or gives up what is promised beyond it. What was taken
 * beyond it goes back by the rules of every payment.
 */
export function followMoney(order: Order, tenders: readonly NewTender[] = [], told: Told): Order | RefusalValue {
  const missingMinor = keepableOf(order) - securedOf(order) + (order.calledOffRefundMinor ?? 0);
  const offeredMinor = tenders.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  if (tenders.length > 0 && offeredMinor !== missingMinor) {
    return refuse('TOTALS_MISMATCH', 'The tenders are not what the order costs more.', {
      missingMinor: Math.max(0, missingMinor),
      tendersMinor: offeredMinor,
    });
  }
  if (missingMinor < 0) return giveUp(order, -missingMinor, told);
  if (missingMinor === 0) return order;
  return tenders.length > 0 ? addPayments(order, tenders, told) : raise(order, missingMinor, told);
}

/** The newest promise first. What is only being asked for ends when the order does. */
function giveUp(order: Order, amountMinor: number, told: Told): Order {
  let leftMinor = amountMinor;
  let state = order;
  for (const payment of order.payments.toReversed()) {
    const part = Math.min(leftMinor, openOf(payment));
    leftMinor -= part;
    state = operate(state, payment, { kind: 'VOID', amountMinor: part, told });
  }
  return state;
}

function addPayments(order: Order, tenders: readonly NewTender[], told: Told): Order | RefusalValue {
  const { paymentsMax } = ORDER_LIMITS;
  if (order.payments.length + tenders.length > paymentsMax) {
    return refuse('LIMIT_EXCEEDED', 'The order is paid in too many parts.', { paymentsMax });
  }
  const [first] = order.payments;
  const added = tenders.map((tender, index) => {
    const payment = newPayment({ id: order.id, told }, tender, order.payments.length + index + 1);
    return { ...payment, ...(first && { supplements: first.id }) };
  });
  return { ...order, payments: [...order.payments, ...added] };
}

/** What these hold is spent when it is used up: nobody promises more of them by himself. */
const LIMITED: readonly Tender[] = ['GIFT_CARD', 'STORE_CREDIT'];

/** Whoever promised the rest promises what is missing: its provider is asked, or its channel is taken at its word. */
function raise(order: Order, amountMinor: number, told: Told): Order | RefusalValue {
  const raisable = order.payments.filter(isRaisable);
  // Who can be asked is asked, before anybody is taken at his word.
  const payment = raisable.findLast(({ provider }) => provider) ?? raisable.at(-1);
  if (!payment) {
    return refuse('TOTALS_MISMATCH', 'The order costs more than is promised; tenders have to say who pays it.', {
      missingMinor: amountMinor,
      tendersMinor: 0,
    });
  }
  if (!payment.provider) return withPayment(order, withPaymentEvent(payment, 'AUTHORIZED', amountMinor, told));
  const { paymentsMax } = ORDER_LIMITS;
  if (order.payments.length >= paymentsMax) {
    return refuse('LIMIT_EXCEEDED', 'The order is paid in too many parts.', { paymentsMax });
  }
  const { id, tender, provider, captureAt, captureRules } = payment;
  const supplement: Payment = {
    id: paymentIdOf(order.id, order.payments.length + 1),
    tender,
    events: [],
    supplements: id,
    ...(captureAt && { captureAt }),
    ...(captureRules !== undefined && { captureRules }),
    provider: {
      system: provider.system,
      token: provider.token,
      reference: null,
      amountMinor,
      state: 'NEW',
      expiresAtMs: null,
    },
  };
  return { ...order, payments: [...order.payments, supplement] };
}

function isRaisable({ tender, provider }: Payment): boolean {
  if (LIMITED.includes(tender)) return false;
  return !provider || (provider.token !== null && provider.state !== 'DECLINED');
}
