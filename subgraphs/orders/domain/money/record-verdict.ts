import { isRefusal, type RefusalValue } from '../../../../kernel/model/errors.ts';
import { cancelOrder } from '../calling-off/cancel-order.ts';
import { activeHolds, addHold, endAwaiting, type EndingHold } from '../holds/hold.ts';
import type { Order } from '../order.ts';
import type { FraudVerdict, ProvidedBy } from './order-payment.ts';
import type { Told } from '../told.ts';
import type { CommandOf, Transition } from '../order-command.ts';
import { findPayment, withPayment } from './payment.ts';
import { note } from '../timeline.ts';

/** A payment system has judged how likely a payment is a fraud. */
export function recordVerdict(order: Order, command: CommandOf<'RecordVerdict'>): Transition | RefusalValue {
  return { state: judge(order, command), events: [] };
}

export interface Verdict {
  /** The hub's id of the payment. */
  readonly payment: string;
  readonly verdict: FraudVerdict;
  readonly reason: string;
  readonly wmsLocations: readonly string[];
  readonly told: Told;
  /** By the clock of whoever judged. Absent: when it is told to have happened. */
  readonly atMs?: number;
}

/** REVIEW holds the order, APPROVED lets it go on, REJECTED calls it off. An older verdict than the newest changes nothing. */
export function judge(
  order: Order,
  { payment: id, verdict, reason, wmsLocations, told, atMs = told.occurredAtMs }: Verdict,
): Order {
  const payment = findPayment(order, id);
  if (!payment?.provider) return order;
  const { provider } = payment;
  const before = provider.verdict;
  const judged = { word: verdict, atMs };
  if (before && !outranks(judged, before)) return order;
  const state = withPayment(order, { ...payment, provider: { ...provider, verdict: judged } });
  if (before?.word === verdict) return state;
  const awaits = `verdict:${id}`;
  const words = reason === '' ? `The verdict of ${provider.system} is ${verdict}.` : reason;
  const end: Omit<EndingHold, 'state'> = { by: provider.system, authority: provider.system, reason: words };
  switch (verdict) {
    case 'APPROVED':
      return endAwaiting(state, awaits, { ...end, state: 'RESOLVED', told });
    case 'REVIEW':
      if (activeHolds(state).some((hold) => hold.awaits === awaits)) return state;
      return addHold(
        state,
        { type: 'FRAUD_REVIEW', placedBy: provider.system, authority: provider.system, reason: words, awaits },
        told,
      );
    case 'REJECTED': {
      const noted = note(state, { type: 'FRAUD_FOUND', summary: words, told, visibility: 'AGENT' });
      const ended = endAwaiting(noted, awaits, { ...end, state: 'REJECTED', told });
      const off = cancelOrder(ended, { type: 'CancelOrder', reason: 'FRAUD', wmsLocations, told });
      // Everything has left: the entry is what is left to do.
      return isRefusal(off) ? ended : off.state;
    }
  }
}

const SEVERITY: Readonly<Record<FraudVerdict, number>> = { APPROVED: 0, REVIEW: 1, REJECTED: 2 };

type Judged = NonNullable<ProvidedBy['verdict']>;

/** The newer one holds, and of two of one instant the stricter. */
function outranks(judged: Judged, before: Judged): boolean {
  if (judged.atMs !== before.atMs) return judged.atMs > before.atMs;
  return SEVERITY[judged.word] > SEVERITY[before.word];
}
