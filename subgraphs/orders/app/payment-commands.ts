import type { PaymentProvider, ProvidedPayment } from '../../../connectors/payment/port.ts';
import { Refusal } from '../../../kernel/model/errors.ts';
import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Money } from '../../../kernel/model/money.ts';
import { capturePayment, type PaymentCommandDone } from '../../../schema/commands/outbound-payments.ts';
import type { CommandOutcome } from '../domain/command-outcome.ts';
import type { Order } from '../domain/order.ts';
import type { PendingCommand } from '../domain/commands-of-order.ts';
import type { ProvidedBy } from '../domain/money/order-payment.ts';
import { findPayment } from '../domain/money/payment.ts';
import type { PromiseTold } from '../domain/promises/promise-told.ts';
import { knownPaymentId, waitsForPayment } from './known-payment.ts';
import { OUTBOUND_REF } from './outbound-ref.ts';
import type { OrdersServices } from './orders-services.ts';
import { recordFact } from './record-fact.ts';

type Services = Pick<
  OrdersServices,
  | 'payments'
  | 'knownPayments'
  | 'outbound'
  | 'parked'
  | 'store'
  | 'skus'
  | 'channels'
  | 'wms'
  | 'ids'
  | 'telemetry'
  | 'pickupRules'
>;
type OnPayment<Name> = Extract<PendingCommand, { readonly name: Name }>;

interface About<Name> {
  readonly order: Order;
  readonly command: OnPayment<Name>;
}

/**
 * Asks a provider directly whether it promises the money: to authorise a token, or what it keeps of a payment that the
 * channel had authorised. Asked again it is the same payment.
 * @throws {Obstacle} when it does not answer
 */
export async function authorisePayment(
  services: Services,
  { order, command }: About<'authorise-payment'>,
): Promise<CommandOutcome> {
  const { provider } = providedOf(order, command.payment);
  const port = portOf(services, provider);
  const amount = { amountMinor: command.amountMinor, currencyCode: order.currency };
  if (provider.token === null)
    return { status: 'DONE', promise: await lookUp(services, { order, command, port, amount }) };
  const { id: idempotencyKey, payment: merchantReference } = command;
  const { token } = provider;
  const payment = await port.authorise({ idempotencyKey, merchantReference, token, amount });
  return { status: 'DONE', promise: promiseOf(payment) };
}

interface LookUp extends About<'authorise-payment'> {
  readonly port: PaymentProvider;
  readonly amount: Money;
}

/** A payment of the channel's bears the number of its order, belongs to it alone, and is in its currency. */
async function lookUp(services: Services, { order, command, port, amount }: LookUp): Promise<PromiseTold> {
  const { provider } = providedOf(order, command.payment);
  const reference = provider.reference ?? '';
  const named = { system: provider.system, reference };
  const id = knownPaymentId(named);
  const known = await services.knownPayments.get(id);
  if (known && known.order !== order.id) return declined(reference, 'it belongs to another order');
  const payment = (await port.lookUpPayments([reference])).get(reference);
  if (!payment) return declined(reference, 'its provider does not know it');
  if (payment.merchantReference !== order.externalId) return declined(reference, 'it is of another order number');
  if (payment.amount.currencyCode !== amount.currencyCode) return declined(reference, 'it is in another currency');
  if (!known) await services.knownPayments.learn({ id, order: order.id, payment: command.payment });
  await services.parked.resume(waitsForPayment(named), (fact) => recordFact(services, fact));
  const left = payment.amount.amountMinor - payment.captured.amountMinor;
  return { ...promiseOf(payment), amountMinor: Math.min(left, amount.amountMinor) };
}

const declined = (reference: string, reason: string): PromiseTold => ({
  status: 'DECLINED',
  reference,
  amountMinor: 0,
  expiresAtMs: null,
  verdict: null,
  reason,
});

function promiseOf({ status, payment, amount, expiresAtMs, verdict, reason }: ProvidedPayment): PromiseTold {
  const { amountMinor } = amount;
  return { status, reference: payment, amountMinor, expiresAtMs, verdict, reason: reason ?? '' };
}

/** Has the provider take, give up or give back money, by way of its queue, where the command is durable. */
export async function submitPayment(
  services: Services,
  { order, command }: About<'capture-payment' | 'void-payment' | 'refund-payment'>,
  correlationId: string,
): Promise<CommandOutcome | 'WAITING'> {
  const { provider, id: group } = providedOf(order, command.payment);
  const submission = await services.outbound.submit({
    system: provider.system,
    key: command.id,
    name: command.name,
    lane: 'FINANCE',
    group,
    ref: `${OUTBOUND_REF}${order.id}`,
    payload: {
      order: order.id,
      payment: provider.reference ?? '',
      amount: { amountMinor: command.amountMinor, currencyCode: order.currency },
    },
    correlationId,
  });
  if (submission.status === 'WAITING') return 'WAITING';
  if (submission.status === 'REFUSED') return submission;
  const done = parseAs<PaymentCommandDone>(capturePayment.reply, submission.result, command.name);
  return { status: 'DONE', operation: done.status };
}

/** @throws {Refusal} UNKNOWN_PAYMENT */
function providedOf(order: Order, id: string): { readonly id: string; readonly provider: ProvidedBy } {
  const provider = findPayment(order, id)?.provider;
  if (provider) return { id, provider };
  throw new Refusal('UNKNOWN_PAYMENT', `The order has no payment ${id} of a provider.`, { payment: id });
}

/** @throws {Refusal} UPSTREAM_REJECTED when the configuration has it no more */
function portOf({ payments }: Services, { system }: ProvidedBy): PaymentProvider {
  const port = payments.find((each) => each.system === system);
  if (!port) throw new Refusal('UPSTREAM_REJECTED', `No payment system ${system} is connected any more.`, { system });
  return port;
}
