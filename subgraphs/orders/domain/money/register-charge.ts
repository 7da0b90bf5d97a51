import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { ORDER_LIMITS, type Order } from '../order.ts';
import type { Payment } from './order-payment.ts';
import { paymentIdOf, withPaymentEvent } from './payment.ts';
import { note } from '../timeline.ts';

/** The customer has paid what a return had them owe: a payment of its own, which pays for none of the goods. */
export function registerCharge(order: Order, command: CommandOf<'RegisterCharge'>): Transition | RefusalValue {
  const { amountMinor, currency, tender, told } = command;
  const { paymentsMax } = ORDER_LIMITS;
  if (currency !== order.currency) {
    return refuse('CURRENCY_MISMATCH', `The order is in ${order.currency}.`, { expected: order.currency, currency });
  }
  if (amountMinor <= 0) {
    return refuse('BAD_USER_INPUT', 'A charge must be more than nothing.', { field: 'amountMinor' });
  }
  if (order.payments.length >= paymentsMax) {
    return refuse('LIMIT_EXCEEDED', 'The order is paid in too many parts.', { paymentsMax });
  }
  const id = paymentIdOf(order.id, order.payments.length + 1);
  const promised = withPaymentEvent(
    { id, tender, events: [], paysChargeOf: command.return },
    'AUTHORIZED',
    amountMinor,
    told,
  );
  const paid: Payment = withPaymentEvent(promised, 'CAPTURED', amountMinor, told);
  const noted = note(
    { ...order, payments: [...order.payments, paid] },
    {
      type: 'CHARGE_PAID',
      summary: `${amountMinor} ${currency} (minor units) were paid that were owed for return ${command.return}.`,
      told,
      visibility: 'AGENT',
    },
  );
  return { state: noted, events: [] };
}
