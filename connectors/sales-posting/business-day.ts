import { DateTime } from 'luxon';

/** The business day of an instant: the calendar day of the store, `YYYY-MM-DD`. */
export function businessDayOf(atMs: number, timeZone: string): string {
  return DateTime.fromMillis(atMs, { zone: timeZone }).toFormat('yyyy-MM-dd');
}

/** When a business day is over; it may have had 23 or 25 hours. */
export function endOfBusinessDay(day: string, timeZone: string): number {
  return DateTime.fromISO(day, { zone: timeZone }).plus({ days: 1 }).startOf('day').toMillis();
}
