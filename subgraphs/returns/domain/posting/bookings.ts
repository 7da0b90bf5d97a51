import type { Booking } from '../../../../schema/commands/journals.ts';

/** The same in sum, each account with its dimension once and none with nothing, in the order of their names. */
export function mergeBookings(...lists: readonly (readonly Booking[])[]): readonly Booking[] {
  const sums = new Map<string, Booking>();
  for (const booking of lists.flat()) {
    const { account, dimension, amountMinor } = booking;
    const key = JSON.stringify([account, dimension ?? '']);
    sums.set(key, { ...booking, amountMinor: (sums.get(key)?.amountMinor ?? 0) + amountMinor });
  }
  return [...sums]
    .filter(([, { amountMinor }]) => amountMinor !== 0)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([, booking]) => booking);
}

/** What takes it back. */
export function reverseBookings(bookings: readonly Booking[]): readonly Booking[] {
  return bookings.map((booking) => ({ ...booking, amountMinor: 0 - booking.amountMinor }));
}

export function sumOfBookings(bookings: readonly Booking[]): number {
  return bookings.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
}

/** What is debited in all. */
export function debitsOf(bookings: readonly Booking[]): number {
  return bookings.reduce((sum, { amountMinor }) => sum + Math.max(0, amountMinor), 0);
}
