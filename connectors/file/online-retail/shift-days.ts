import { DateTime } from 'luxon';
import type { OnlineRetailRow } from './online-retail-rows.ts';

/** Month first, two digits of the year: `12/1/10 8:26`, by the clock on the wall. */
const WRITTEN = 'L/d/yy H:mm';

/** The rows that were written on one calendar day, such as `2010-12-06`. */
export function rowsOfDay(rows: readonly OnlineRetailRow[], day: string): readonly OnlineRetailRow[] {
  return rows.filter(({ InvoiceDate }) => wallTime(InvoiceDate)?.toISODate() === day);
}

/** The calendar days on which rows were written, oldest first. */
export function daysOf(rows: readonly OnlineRetailRow[]): readonly string[] {
  const days = rows
    .map(({ InvoiceDate }) => wallTime(InvoiceDate)?.toISODate())
    .filter((day) => typeof day === 'string');
  return [...new Set(days)].sort();
}

/**
 * The rows moved by so many whole days that the last day among them is `lastDay`. The time on the wall stays what it was,
 * over a change of the clocks as well; what is no date stays as it stands there.
 */
export function shiftedToDay(rows: readonly OnlineRetailRow[], lastDay: string): readonly OnlineRetailRow[] {
  const last = daysOf(rows).at(-1);
  if (last === undefined) return rows;
  const days = DateTime.fromISO(lastDay, { zone: 'utc' }).diff(DateTime.fromISO(last, { zone: 'utc' }), 'days').days;
  return rows.map((row) => {
    const time = wallTime(row.InvoiceDate);
    return time ? { ...row, InvoiceDate: time.plus({ days }).toFormat(WRITTEN) } : row;
  });
}

/** In UTC, which knows no change of the clocks. */
function wallTime(text: string): DateTime<true> | undefined {
  const time = DateTime.fromFormat(text.trim(), WRITTEN, { zone: 'utc' });
  return time.isValid ? time : undefined;
}
