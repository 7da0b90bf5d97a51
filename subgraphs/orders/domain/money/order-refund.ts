import type { Order } from '../order.ts';
import { findPayment } from './payment.ts';

/** Money that a return had given back, over the payments that it was given back on. */
export interface OrderRefund {
  /** The command that asked for it. */
  readonly id: string;
  readonly return: string;
  /** They add up to the refund. */
  readonly parts: readonly RefundPart[];
}

export interface RefundPart {
  readonly payment: string;
  readonly amountMinor: number;
  /** What its provider was asked. Null: nobody was, and it is given back. */
  readonly operation: string | null;
}

/** How far a refund got, in minor units; together they are the refund. */
export interface RefundProgress {
  readonly pendingMinor: number;
  readonly succeededMinor: number;
  readonly failedMinor: number;
  /** Given back, and come back since. */
  readonly reversedMinor: number;
}

export function refundProgressOf(order: Order, { parts }: OrderRefund): RefundProgress {
  const sum = { pendingMinor: 0, succeededMinor: 0, failedMinor: 0, reversedMinor: 0 };
  for (const part of parts) {
    const { member, movedMinor } = partOf(order, part);
    sum[member] += movedMinor;
    // A provider may have given back less than it was asked.
    sum.failedMinor += part.amountMinor - movedMinor;
  }
  return sum;
}

function partOf(
  order: Order,
  { payment, operation: id, amountMinor }: RefundPart,
): { readonly member: keyof RefundProgress; readonly movedMinor: number } {
  const operation = findPayment(order, payment)?.operations?.find((each) => each.id === id);
  if (!operation) return { member: 'succeededMinor', movedMinor: amountMinor };
  switch (operation.state) {
    case 'ASKED':
      return { member: 'pendingMinor', movedMinor: amountMinor };
    case 'FAILED':
      return { member: 'failedMinor', movedMinor: amountMinor };
    case 'DONE':
      return { member: 'succeededMinor', movedMinor: Math.min(amountMinor, operation.amountMinor) };
    case 'REVERSED':
      return { member: 'reversedMinor', movedMinor: Math.min(amountMinor, operation.amountMinor) };
  }
}

/** The refunds of which a part got further, or that are new. */
export function refundsChangedBetween(before: Order, after: Order): readonly OrderRefund[] {
  const { refunds: known = [] } = before;
  return (after.refunds ?? []).filter((refund) => {
    if (!known.some(({ id }) => id === refund.id)) return true;
    const [was, is] = [refundProgressOf(before, refund), refundProgressOf(after, refund)];
    return (
      was.pendingMinor !== is.pendingMinor ||
      was.failedMinor !== is.failedMinor ||
      was.reversedMinor !== is.reversedMinor
    );
  });
}
