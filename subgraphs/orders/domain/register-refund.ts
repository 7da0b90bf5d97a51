import { refuse, type RefusalValue } from '../../../kernel/model/errors.ts';
import type { Tender } from '../../../schema/events/fields.ts';
import type { Order, Payment, Told } from './order.ts';
import type { CommandOf, Transition } from './order-command.ts';
import { refundableOf, withPaymentEvent } from './payment.ts';
import { note } from './timeline.ts';

export interface RefundTender {
  readonly tender: Tender;
  readonly amountMinor: number;
}

/**
 * Gives money back, the newest payment first unless tenders are named. Never more than was captured and is not on its way
 * back already, per payment and so per order.
 */
export function registerRefund(order: Order, command: CommandOf<'RegisterRefund'>): Transition | RefusalValue {
  const { amountMinor, currency, told } = command;
  const refusal = checkRefund(order, command);
  if (refusal) return refusal;
  let { payments } = order;
  for (const { tender, amountMinor: share } of command.tenders ?? [{ tender: undefined, amountMinor }]) {
    const refunded = refundFrom(payments, { tender, amountMinor: share, told });
    if (!refunded) return exceeds(order, share, tender);
    payments = refunded;
  }
  const noted = note(
    { ...order, payments },
    {
      type: 'REFUND_REGISTERED',
      summary: `${amountMinor} ${currency} (minor units) were given back for return ${command.return}.`,
      told,
      visibility: 'INTERNAL',
    },
  );
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
  readonly told: Told;
}

/** Undefined when the payments do not hold that much. */
function refundFrom(
  payments: readonly Payment[],
  { tender, amountMinor, told }: Share,
): readonly Payment[] | undefined {
  let left = amountMinor;
  const refunded = payments.toReversed().map((payment) => {
    const isMeant = tender === undefined || payment.tender === tender;
    const part = isMeant ? Math.max(0, Math.min(left, refundableOf(payment))) : 0;
    left -= part;
    return withPaymentEvent(withPaymentEvent(payment, 'REFUND_REQUESTED', part, told), 'REFUNDED', part, told);
  });
  return left === 0 ? refunded.toReversed() : undefined;
}

function exceeds(order: Order, askedMinor: number, tender: Tender | undefined): RefusalValue {
  const meant = order.payments.filter((payment) => tender === undefined || payment.tender === tender);
  return refuse('REFUND_EXCEEDS_CAPTURED', 'Less was captured and is not refunded yet.', {
    askedMinor,
    refundableMinor: refundableOfOrder({ ...order, payments: meant }),
    ...(tender !== undefined && { tender }),
  });
}
