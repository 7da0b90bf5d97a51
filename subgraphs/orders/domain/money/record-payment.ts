import { refuse, type RefusalValue } from '../../../../kernel/model/errors.ts';
import type { Order } from '../order.ts';
import type { Payment, PaymentOperation } from './order-payment.ts';
import type { Told } from '../told.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { chargeBack } from './record-chargeback.ts';
import {
  capturableOf,
  findPayment,
  openOf,
  refundableOf,
  withOperation,
  withPayment,
  withPaymentEvent,
} from './payment.ts';
import { failOperation, finishOperation, noteMismatch, reverseOperation } from './payment-operation.ts';
import type { PaymentTold } from './payment-told.ts';
import type { PromiseTold } from '../promises/promise-told.ts';
import { recordPromise } from '../promises/record-promise.ts';

/** A payment system tells of a payment: in any order, more than once, and also what nobody here asked for. */
export function recordPayment(order: Order, command: CommandOf<'RecordPayment'>): Transition | RefusalValue {
  const { about, told } = command;
  const payment = findPayment(order, command.payment);
  if (!payment?.provider)
    return refuse('UNKNOWN_PAYMENT', `The order has no payment ${command.payment} of a provider.`);
  if (about.currency !== order.currency) {
    const state = noteMismatch(order, `${about.kind} in ${about.currency} instead of ${order.currency}`, told);
    return { state, events: [] };
  }
  return { state: take(order, { payment, about, told }), events: [] };
}

interface Taking {
  readonly payment: Payment;
  readonly about: PaymentTold;
  readonly told: Told;
}

function take(order: Order, taking: Taking): Order {
  const { payment, about, told } = taking;
  switch (about.kind) {
    case 'AUTHORIZATION':
      return recordPromise(order, { payment, promise: promiseOf(about), told });
    case 'CHARGEBACK':
      return chargeBack(order, taking);
    case 'CAPTURE':
    case 'VOID':
    case 'REFUND':
      return operated(order, { ...taking, kind: about.kind });
  }
}

const STATUSES = {
  SUCCEEDED: 'AUTHORIZED',
  PENDING: 'PENDING',
  FAILED: 'DECLINED',
  EXPIRED: 'EXPIRED',
  REVERSED: 'EXPIRED',
} as const;

function promiseOf({ outcome, reference, amountMinor, expiresAtMs, reason }: PaymentTold): PromiseTold {
  return { status: STATUSES[outcome], reference, amountMinor, expiresAtMs, verdict: null, reason };
}

function operated(
  order: Order,
  { payment, about, told, kind }: Taking & { readonly kind: 'CAPTURE' | 'VOID' | 'REFUND' },
): Order {
  const { outcome, amountMinor, reason } = about;
  const asked = payment.operations?.find(({ id }) => id === about.command || id === foreignId(about));
  const operation = asked ?? foreign(payment, about, kind);
  if (!operation) return noteMismatch(order, `${kind} of ${amountMinor}, which the payment does not hold`, told);
  const claimed = asked ? order : withPayment(order, claim(payment, operation, told));
  const on = { payment: payment.id, operation: operation.id, told };
  switch (outcome) {
    case 'SUCCEEDED':
      return finishOperation(claimed, { ...on, amountMinor });
    case 'REVERSED':
      return reverseOperation(finishOperation(claimed, { ...on, amountMinor }), on);
    case 'FAILED':
    case 'EXPIRED':
      return asked ? failOperation(order, { ...on, reason }) : order;
    case 'PENDING':
      return claimed;
  }
}

const foreignId = ({ system, operation }: PaymentTold): string => `${system}|${operation}`;

/** What somebody did at the provider itself, as far as the payment holds it. */
function foreign(
  payment: Payment,
  about: PaymentTold,
  kind: 'CAPTURE' | 'VOID' | 'REFUND',
): PaymentOperation | undefined {
  const { amountMinor } = about;
  const room = { CAPTURE: capturableOf, VOID: openOf, REFUND: refundableOf }[kind](payment);
  if (amountMinor <= 0 || amountMinor > room) return undefined;
  return { id: foreignId(about), kind, amountMinor, state: 'ASKED' };
}

function claim(payment: Payment, operation: PaymentOperation, told: Told): Payment {
  const { kind, amountMinor } = operation;
  const claimed = kind === 'REFUND' ? withPaymentEvent(payment, 'REFUND_REQUESTED', amountMinor, told) : payment;
  return withOperation(claimed, operation);
}
