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
 * Gives money back, on payments of the named tenders first, else on the newest. A shop may give back otherwise than it
 * was paid, cash for a card or a voucher for cash, so what those payments do not hold falls on the others. Never more
 * than was captured and is not on its way back already, per payment and so per order.
 */
export function registerRefund(order: Order, command: CommandOf<'RegisterRefund'>): Transition | RefusalValue {
  const { amountMinor, currency, told } = command;
  const refusal = checkRefund(order, command);
  if (refusal) return refusal;
  let { payments } = order;
  let elsewhereMinor = command.tenders ? 0 : amountMinor;
  for (const { tender, amountMinor: share } of command.tenders ?? []) {
    const given = refundFrom(payments, { tender, amountMinor: share, told });
    payments = given.payments;
    elsewhereMinor += given.leftMinor;
  }
  const given = refundFrom(payments, { tender: undefined, amountMinor: elsewhereMinor, told });
  if (given.leftMinor > 0) return exceeds(order, amountMinor);
  payments = given.payments;
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

/** Gives back as much of a share as the payments hold. */
function refundFrom(
  payments: readonly Payment[],
  { tender, amountMinor, told }: Share,
): { readonly payments: readonly Payment[]; readonly leftMinor: number } {
  let leftMinor = amountMinor;
  const refunded = payments.toReversed().map((payment) => {
    const isMeant = tender === undefined || payment.tender === tender;
    const part = isMeant ? Math.max(0, Math.min(leftMinor, refundableOf(payment))) : 0;
    leftMinor -= part;
    return withPaymentEvent(withPaymentEvent(payment, 'REFUND_REQUESTED', part, told), 'REFUNDED', part, told);
  });
  return { payments: refunded.toReversed(), leftMinor };
}

function exceeds(order: Order, askedMinor: number): RefusalValue {
  return refuse('REFUND_EXCEEDS_CAPTURED', 'Less was captured and is not refunded yet.', {
    askedMinor,
    refundableMinor: refundableOfOrder(order),
  });
}
