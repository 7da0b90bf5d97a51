import { DateTime } from 'luxon';
import { Refusal } from '../../kernel/model/errors.ts';

/** A calendar day as instants: from `startMs`, before `endMs`. */
export interface DayBounds {
  readonly startMs: number;
  readonly endMs: number;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * When a calendar day begins and ends in a time zone; it may have 23 or 25 hours.
 * @throws {Refusal} BAD_USER_INPUT for what is no day of the calendar, or no time zone
 */
export function boundsOfDay(day: string, timeZone: string): DayBounds {
  const start = DateTime.fromISO(day, { zone: timeZone }).startOf('day');
  if (!DAY.test(day) || !start.isValid) {
    throw new Refusal('BAD_USER_INPUT', `${day} is no calendar day in ${timeZone}.`, { day, timeZone });
  }
  return { startMs: start.toMillis(), endMs: start.plus({ days: 1 }).startOf('day').toMillis() };
}

/** The day of the calendar, `YYYY-MM-DD`, that an instant falls on in a time zone. */
export function dayOf(instant: string, timeZone: string): string {
  return DateTime.fromISO(instant, { zone: timeZone }).toFormat('yyyy-MM-dd');
}
