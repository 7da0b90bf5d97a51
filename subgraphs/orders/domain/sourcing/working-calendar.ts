import type { NodeRules } from './sourcing-rules.ts';

/** A day of a calendar, such as `2026-12-24`. */
export type Day = string;

export interface LocalTime {
  readonly day: Day;
  /** Minutes since midnight. */
  readonly minute: number;
}

/** Working days are looked for no further than this. */
const CALENDAR_DAYS_MAX = 60;
const DAY_MS = 86_400_000;
const QUARTER_MS = 900_000;
const ZONES_MAX = 1_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** Quarters of an hour since the epoch. */
  readonly quarter: number;
  readonly offsetMs: number;
}

const zones = new Map<string, Zone>();

/** What a clock in a time zone shows; a zone that nobody knows is read as UTC. */
export function localTimeAt(atMs: number, timeZone: string): LocalTime {
  const localMs = atMs + offsetMsAt(atMs, timeZone);
  const minute = Math.floor((((localMs % DAY_MS) + DAY_MS) % DAY_MS) / 60_000);
  return { day: new Date(localMs).toISOString().slice(0, 10), minute };
}

/** Clocks are put back or forth on a quarter of an hour, so an offset is good for the rest of the one that it was asked for. */
function offsetMsAt(atMs: number, timeZone: string): number {
  const quarter = Math.floor(atMs / QUARTER_MS);
  const known = zones.get(timeZone);
  if (known?.quarter === quarter) return known.offsetMs;
  if (zones.size >= ZONES_MAX) zones.clear();
  const format = known?.format ?? openFormat(timeZone);
  const offsetMs = offsetMsOf(format, quarter * QUARTER_MS);
  zones.set(timeZone, { format, quarter, offsetMs });
  return offsetMs;
}

function offsetMsOf(format: Intl.DateTimeFormat, atMs: number): number {
  const parts = new Map(format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]));
  const of = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute')) - atMs;
}

function openFormat(timeZone: string): Intl.DateTimeFormat {
  const fields = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  try {
    return new Intl.DateTimeFormat('en-GB', { ...fields, timeZone, hourCycle: 'h23' });
  } catch {
    return new Intl.DateTimeFormat('en-GB', { ...fields, timeZone: 'UTC', hourCycle: 'h23' });
  }
}

export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The later of two days. */
export const laterDay = (a: Day, b: Day): Day => (a > b ? a : b);

/** 1 is Monday, 7 is Sunday. */
function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

type Calendar = Pick<NodeRules, 'workingDays' | 'closedOn'>;

function isWorkingDay(day: Day, { workingDays, closedOn }: Calendar): boolean {
  return workingDays.includes(weekdayOf(day)) && !closedOn.includes(day);
}

/** The first working day from `day` on; undefined when there is none in sight. */
function workingDayFrom(day: Day, calendar: Calendar): Day | undefined {
  for (let ahead = 0; ahead <= CALENDAR_DAYS_MAX; ahead++) {
    const candidate = addDays(day, ahead);
    if (isWorkingDay(candidate, calendar)) return candidate;
  }
  return undefined;
}

/** The day on which work that is given now is begun; undefined when nobody works in sight. */
export function beginsOn({ day, minute }: LocalTime, rules: Calendar & Pick<NodeRules, 'cutOff'>): Day | undefined {
  const isLate = rules.cutOff !== null && minute >= minuteOf(rules.cutOff);
  return workingDayFrom(isLate ? addDays(day, 1) : day, rules);
}

function minuteOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The working day that comes `count` working days after a working day; undefined when there is none in sight. */
export function workingDayAfter(day: Day, count: number, calendar: Calendar): Day | undefined {
  let reached: Day | undefined = day;
  for (let left = count; left > 0 && reached !== undefined; left--) {
    reached = workingDayFrom(addDays(reached, 1), calendar);
  }
  return reached;
}

/** The day on which a carrier delivers that takes `transitDays`, which are days on which it delivers. */
export function deliveredOn(shippedOn: Day, transitDays: number, deliveryDays: readonly number[]): Day | undefined {
  const calendar = { workingDays: deliveryDays, closedOn: [] };
  if (transitDays === 0) return workingDayFrom(shippedOn, calendar);
  return workingDayAfter(shippedOn, transitDays, calendar);
}

/** Days from one to another; negative when the other is earlier. */
export const daysBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
