import { parseAs } from '../../../kernel/model/json-schema.ts';
import type { Money } from '../../../kernel/model/money.ts';
import { fraudVerdictRecorded, paymentRecorded, type PaymentRecorded } from '../../../schema/events/inbox-payments.ts';
import { mapped } from '../../runtime/code-mapping.ts';
import type { InboundBundle } from '../../runtime/inbound.ts';
import { factOf } from '../../runtime/message-of.ts';
import type { NumberedEvent } from '../../runtime/numbered-events.ts';
import { Unreadable } from '../../runtime/unreadable.ts';
import type { PlainPspMapping } from './plain-psp-mapping.ts';
import { PspEventData, type PspAmount } from './plain-psp-objects.ts';

type Told = Pick<PaymentRecorded, 'kind' | 'outcome'>;

/** What the provider's events tell; an event of any other type tells the hub nothing. */
const TOLD: Readonly<Record<string, Told>> = {
  'payment.authorised': { kind: 'AUTHORIZATION', outcome: 'SUCCEEDED' },
  'payment.pending': { kind: 'AUTHORIZATION', outcome: 'PENDING' },
  'payment.declined': { kind: 'AUTHORIZATION', outcome: 'FAILED' },
  'payment.expired': { kind: 'AUTHORIZATION', outcome: 'EXPIRED' },
  'capture.succeeded': { kind: 'CAPTURE', outcome: 'SUCCEEDED' },
  'capture.failed': { kind: 'CAPTURE', outcome: 'FAILED' },
  'void.succeeded': { kind: 'VOID', outcome: 'SUCCEEDED' },
  'void.failed': { kind: 'VOID', outcome: 'FAILED' },
  'refund.succeeded': { kind: 'REFUND', outcome: 'SUCCEEDED' },
  'refund.failed': { kind: 'REFUND', outcome: 'FAILED' },
  'refund.reversed': { kind: 'REFUND', outcome: 'REVERSED' },
  'chargeback.succeeded': { kind: 'CHARGEBACK', outcome: 'SUCCEEDED' },
  'chargeback.reversed': { kind: 'CHARGEBACK', outcome: 'REVERSED' },
};
const RISK = 'risk.';

/** The facts of an event. @throws {Unreadable | Refusal} for one that lacks what its type promises */
export function paymentFacts(event: NumberedEvent, { verdicts }: PlainPspMapping): InboundBundle['facts'] {
  const { type, created_at: createdAt } = event;
  const told = Object.hasOwn(TOLD, type) ? TOLD[type] : undefined;
  if (!told && !type.startsWith(RISK)) return [];
  const data = parseAs(PspEventData, event.data, type);
  const occurredAtMs = Date.parse(createdAt);
  const named = { payment: data.payment.id, merchantReference: data.payment.merchant_reference };
  if (!told) {
    const verdict = mapped(verdicts, type.slice(RISK.length), 'verdict');
    const reason = data.payment.decline_code;
    const judged = { ...named, verdict, ...(reason !== null && { reason }) };
    return [{ part: '1', key: named.payment, ...factOf(fraudVerdictRecorded, occurredAtMs, judged) }];
  }
  const recorded: PaymentRecorded = {
    ...named,
    ...told,
    ...(told.kind === 'AUTHORIZATION' ? authorisationOf(data) : operationOf(type, data)),
  };
  return [{ part: '1', key: named.payment, ...factOf(paymentRecorded, occurredAtMs, recorded) }];
}

type Done = Omit<PaymentRecorded, 'payment' | 'merchantReference' | 'kind' | 'outcome'>;

function authorisationOf({ payment }: PspEventData): Done {
  const { id, amount, expires_at: expiresAt, decline_code: reason } = payment;
  return {
    operation: id,
    amount: moneyOf(amount),
    ...(expiresAt !== null && { expiresAt: new Date(expiresAt).toISOString() }),
    ...(reason !== null && { reason }),
  };
}

function operationOf(type: string, { operation }: PspEventData): Done {
  if (!operation) throw new Unreadable(`${type} names no operation.`);
  const { id, amount, reference: command, failure_code: reason } = operation;
  return {
    operation: id,
    amount: moneyOf(amount),
    ...(command !== null && { command }),
    ...(reason !== null && { reason }),
  };
}

/** @throws {Unreadable} beyond a safe integer */
export function moneyOf({ value, currency }: PspAmount): Money {
  const amountMinor = Number(value);
  if (Number.isSafeInteger(amountMinor)) return { amountMinor, currencyCode: currency };
  throw new Unreadable(`The amount ${value} is too large.`);
}
