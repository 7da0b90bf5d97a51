import type { EventEnvelope } from '../../../kernel/model/event-envelope.ts';
import { readEvent } from '../../../kernel/model/read-told.ts';
import {
  fraudVerdictRecorded,
  paymentRecorded,
  type FraudVerdictRecorded,
  type PaymentRecorded,
} from '../../../schema/events/inbox-payments.ts';
import type { OrderCommand } from '../domain/order-command.ts';
import { orderOfPaymentId } from '../domain/money/payment.ts';
import { knownPaymentId, waitsForPayment } from './known-payment.ts';
import type { OrdersServices } from './orders-services.ts';
import { toldBy } from './told-by.ts';

type Services = Pick<OrdersServices, 'store' | 'knownPayments' | 'wms'>;

export function isPaymentFact({ type }: EventEnvelope): boolean {
  return type === paymentRecorded.type || type === fraudVerdictRecorded.type;
}

/** What a payment system tells, as this version reads it. */
type PaymentFact =
  | { readonly type: 'PAYMENT'; readonly data: PaymentRecorded }
  | { readonly type: 'VERDICT'; readonly data: FraudVerdictRecorded };

function readPaymentFact(envelope: EventEnvelope): PaymentFact {
  return envelope.type === fraudVerdictRecorded.type
    ? { type: 'VERDICT', data: readEvent(fraudVerdictRecorded, envelope) }
    : { type: 'PAYMENT', data: readEvent(paymentRecorded, envelope) };
}

/**
 * Takes in what a payment system tells, once by its source and event id.
 * @returns undefined when it is taken in; else what has to come first
 * @throws {Refusal} UNKNOWN_ORDER, UNKNOWN_PAYMENT; BAD_USER_INPUT when it cannot be read
 * @throws {Obstacle} LOG_OF_LATER_VERSION
 */
export async function recordPaymentFact(services: Services, envelope: EventEnvelope): Promise<string | undefined> {
  const { system, eventId } = envelope.source;
  const fact = readPaymentFact(envelope);
  const { payment: reference, merchantReference } = fact.data;
  const found = await findOrder(services, { system, reference, merchantReference });
  if (!found) return waitsForPayment({ system, reference });
  const command = commandOf(fact, { envelope, payment: found.payment, wms: services.wms });
  const cause = { correlationId: envelope.correlationId, causationId: envelope.id };
  const once = { key: `${system}/${eventId}`, contentHash: '' };
  await services.store.change(found.order, { ...command, once }, cause);
  return undefined;
}

interface Named {
  readonly system: string;
  readonly reference: string;
  readonly merchantReference: string;
}

/** By the hub's own name of the payment, where the hub had it made, else by the provider's. */
async function findOrder({ store, knownPayments }: Services, { merchantReference, ...named }: Named) {
  const order = orderOfPaymentId(merchantReference);
  const own = order === undefined ? undefined : await store.get(order);
  if (own?.payments.some(({ id }) => id === merchantReference)) return { order: own.id, payment: merchantReference };
  return knownPayments.get(knownPaymentId(named));
}

interface About {
  readonly envelope: EventEnvelope;
  readonly payment: string;
  readonly wms: Services['wms'];
}

function commandOf(fact: PaymentFact, { envelope, payment, wms }: About): OrderCommand {
  const told = toldBy(envelope);
  if (fact.type === 'VERDICT') {
    const { verdict, reason = '' } = fact.data;
    const wmsLocations = wms.flatMap((system) => system.locations);
    return { type: 'RecordVerdict', payment, verdict, reason, wmsLocations, told };
  }
  const { kind, outcome, payment: reference, operation, command, amount, ...rest } = fact.data;
  const { expiresAt, reason = '' } = rest;
  const about = {
    system: envelope.source.system,
    kind,
    outcome,
    reference,
    operation,
    command: command ?? null,
    amountMinor: amount.amountMinor,
    currency: amount.currencyCode,
    expiresAtMs: expiresAt === undefined ? null : Date.parse(expiresAt),
    reason,
  };
  return { type: 'RecordPayment', payment, about, told };
}
