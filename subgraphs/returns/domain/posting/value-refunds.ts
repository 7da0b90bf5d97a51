import type { Booking } from '../../../../schema/commands/journals.ts';
import { mergeBookings } from './bookings.ts';
import { charge, refundAccrual, refundPaid } from './journal-templates.ts';
import type { ChargeTold, RefundTold } from './posting-state.ts';

/** What the customer is owed by a refund. */
export function bookingsOwed({ isOwed, parts }: RefundTold): readonly Booking[] {
  return isOwed ? mergeBookings(refundAccrual(parts)) : [];
}

/** What the customer has of it. Money that came back is owed again. */
export function bookingsPaid({ status, amountMinor, tenders }: RefundTold): readonly Booking[] {
  return status === 'SUCCEEDED' ? mergeBookings(refundPaid(amountMinor, tenders)) : [];
}

export function bookingsCharged({ amountMinor }: ChargeTold): readonly Booking[] {
  return mergeBookings(charge(amountMinor));
}

/**
 * Whether the customer is owed it now. What is asked for may still be refused; what could not be paid is owed as it was; what
 * is called off is not.
 */
export function isOwedNow(status: RefundTold['status'], wasOwed: boolean): boolean {
  if (status === 'CANCELLED') return false;
  return wasOwed || status === 'SUBMITTED' || status === 'SUCCEEDED' || status === 'REVERSED';
}
