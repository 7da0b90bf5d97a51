import type { Booking } from '../../../../schema/commands/journals.ts';
import { mergeBookings } from './bookings.ts';
import { charge, chargePaid, refundAccrual, refundPaid, type RefundParts } from './journal-templates.ts';
import type { ChargeTold, PostingState, RefundTold } from './posting-state.ts';

const NO_PARTS: RefundParts = {
  goodsMinor: 0,
  shippingMinor: 0,
  otherMinor: 0,
  taxMinor: 0,
  feesMinor: 0,
  withheldMinor: 0,
  offsetMinor: 0,
};

/** An amount of which nobody says what it is made of. */
export function partsOfAmount(amountMinor: number): RefundParts {
  return { ...NO_PARTS, goodsMinor: amountMinor };
}

/**
 * What the customer is owed by a refund. What gives back anew what another one did not bring is owed by that one; of one that
 * is called off, what the customer has of it all the same.
 */
export function bookingsOwed(refunds: PostingState['refunds'], id: string): readonly Booking[] {
  const refund = refunds[id];
  if (!refund || carrierOf(refunds, refund)) return [];
  if (refund.status === 'CANCELLED') return mergeBookings(refundAccrual(partsOfAmount(refund.paidMinor)));
  return isOwedByAny(refunds, id) ? mergeBookings(refundAccrual(refund.parts)) : [];
}

/** What the customer has of it. Money that came back is owed again. */
export function bookingsPaid({ paidMinor, amountMinor, tenders }: RefundTold): readonly Booking[] {
  return mergeBookings(refundPaid(paidMinor, paidMinor === amountMinor ? tenders : []));
}

export function bookingsCharged({ amountMinor, isPaid }: ChargeTold): readonly Booking[] {
  return mergeBookings(charge(amountMinor), isPaid ? chargePaid(amountMinor) : []);
}

/**
 * Whether the customer is owed it now. What is asked for may still be refused; what could not be paid is owed as it was; what
 * is called off is not.
 */
export function isOwedNow(status: RefundTold['status'], wasOwed: boolean): boolean {
  if (status === 'CANCELLED') return false;
  return wasOwed || status === 'SUBMITTED' || status === 'SUCCEEDED' || status === 'REVERSED';
}

function carrierOf(refunds: PostingState['refunds'], { replaces }: RefundTold): RefundTold | undefined {
  const carrier = replaces === undefined ? undefined : refunds[replaces];
  return carrier?.status === 'CANCELLED' ? undefined : carrier;
}

/** A refund, or one that gives it back anew. */
function isOwedByAny(refunds: PostingState['refunds'], id: string): boolean {
  if (refunds[id]?.isOwed === true) return true;
  return Object.entries(refunds).some(([other, { replaces }]) => replaces === id && isOwedByAny(refunds, other));
}
