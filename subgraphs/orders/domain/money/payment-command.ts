import type { Order } from '../order.ts';
import type { Payment, PaymentOperation } from './order-payment.ts';
import type { Told } from '../told.ts';
import { withOperation, withPayment, withPaymentEvent } from './payment.ts';
import { enqueue } from '../pending-command.ts';

const COMMANDS = {
  CAPTURE: 'capture-payment',
  VOID: 'void-payment',
  REFUND: 'refund-payment',
} as const;

const EVENTS = { CAPTURE: 'CAPTURED', VOID: 'VOIDED', REFUND: 'REFUNDED' } as const;

export interface Asked {
  readonly kind: keyof typeof COMMANDS;
  readonly amountMinor: number;
  readonly told: Told;
}

/**
 * Takes, gives up or gives back money of a payment: its provider is asked to, or it is done where the channel does so by
 * itself. An amount of nothing changes nothing.
 */
export function operate(order: Order, payment: Payment, { kind, amountMinor, told }: Asked): Order {
  if (amountMinor === 0) return order;
  const claimed = kind === 'REFUND' ? withPaymentEvent(payment, 'REFUND_REQUESTED', amountMinor, told) : payment;
  if (!payment.provider) return withPayment(order, withPaymentEvent(claimed, EVENTS[kind], amountMinor, told));
  let id = '';
  const asked = enqueue(order, (commandId) => {
    id = commandId;
    return { id, name: COMMANDS[kind], payment: payment.id, amountMinor };
  });
  const operation: PaymentOperation = { id, kind, amountMinor, state: 'ASKED' };
  return withPayment(asked, withOperation(claimed, operation));
}

/** Asks the provider for its promise. */
export function askForPromise(order: Order, payment: Payment): Order {
  const { provider } = payment;
  if (!provider) return order;
  const { amountMinor } = provider;
  const asked = enqueue(order, (id) => ({ id, name: 'authorise-payment', payment: payment.id, amountMinor }));
  return withPayment(asked, { ...payment, provider: { ...provider, state: 'ASKED' } });
}
