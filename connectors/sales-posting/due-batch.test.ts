import { describe, expect, test } from '@jest/globals';
import { businessDayOf, endOfBusinessDay } from './business-day.ts';
import { batchDueMs } from './due-batch.ts';
import { ONE_PER_DAY, SALES_POSTING_LIMITS } from './sales-posting-limits.ts';

const LIMITS = { ...SALES_POSTING_LIMITS, batchAgeMs: 300_000, dayGraceMs: 60_000, lateWaitMs: 10_000 };
const DAILY = { ...LIMITS, ...ONE_PER_DAY };
const END_MS = 10_000_000;
const DAY = { endsAtMs: END_MS, isEnded: false, closesNow: false, takenSince: 1 };

describe('when receipts become a batch', () => {
  test.each([
    ['when the oldest is old enough', 1_000, DAY, LIMITS, 301_000],
    ['at the end of the day, although the oldest is young', END_MS - 1_000, DAY, LIMITS, END_MS + 60_000],
    ['a little after they came late', END_MS + 70_000, DAY, LIMITS, END_MS + 80_000],
    ['at once when there are enough', 1_000, { ...DAY, takenSince: 500 }, LIMITS, 1_000],
    ['at once when somebody wants it', 1_000, { ...DAY, closesNow: true }, LIMITS, 1_000],
    ['a little after they came, when the day was declared over', 1_000, { ...DAY, isEnded: true }, LIMITS, 11_000],
    ['at the end of the day alone, where the ERP wants one document a day', 1_000, DAY, DAILY, END_MS + 60_000],
  ])('%s', (_when, oldestMs, day, limits, dueMs) => {
    expect(batchDueMs(day, oldestMs, limits)).toBe(dueMs);
  });
});

describe('a business day', () => {
  test('is the calendar day of the store', () => {
    const atMs = Date.parse('2026-11-20T23:30:00Z');
    expect(businessDayOf(atMs, 'Europe/London')).toBe('2026-11-20');
    expect(businessDayOf(atMs, 'Europe/Berlin')).toBe('2026-11-21');
    expect(businessDayOf(atMs, 'America/New_York')).toBe('2026-11-20');
  });

  test('ends at midnight there, also when its clocks change', () => {
    const hours = (day: string) =>
      (endOfBusinessDay(day, 'Europe/London') - endOfBusinessDay(previous(day), 'Europe/London')) / 3_600_000;
    expect([hours('2026-03-29'), hours('2026-10-25'), hours('2026-11-20')]).toEqual([23, 25, 24]);
    expect(endOfBusinessDay('2026-11-20', 'Europe/London')).toBe(Date.parse('2026-11-21T00:00:00Z'));
  });
});

function previous(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
