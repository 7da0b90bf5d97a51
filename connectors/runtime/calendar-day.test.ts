import { describe, expect, test } from '@jest/globals';
import { Refusal } from '../../kernel/model/errors.ts';
import { boundsOfDay } from './calendar-day.ts';

const HOUR_MS = 3_600_000;

describe('a calendar day', () => {
  test.each([
    ['2026-01-05', 'Europe/London', '2026-01-05T00:00:00.000Z', 24],
    ['2026-07-01', 'Europe/London', '2026-06-30T23:00:00.000Z', 24],
    ['2026-03-29', 'Europe/London', '2026-03-29T00:00:00.000Z', 23],
    ['2026-10-25', 'Europe/London', '2026-10-24T23:00:00.000Z', 25],
    ['2026-01-05', 'Pacific/Auckland', '2026-01-04T11:00:00.000Z', 24],
  ])('%s in %s begins at %s and has %i hours', (day, timeZone, start, hours) => {
    const { startMs, endMs } = boundsOfDay(day, timeZone);
    expect([new Date(startMs).toISOString(), (endMs - startMs) / HOUR_MS]).toEqual([start, hours]);
  });

  test.each([
    ['2026-02-30', 'Europe/London'],
    ['yesterday', 'Europe/London'],
    ['2026-01-05T09:00', 'Europe/London'],
    ['2026-01-05', 'Europe/Atlantis'],
  ])('is refused when it is %s in %s', (day, timeZone) => {
    expect(() => boundsOfDay(day, timeZone)).toThrow(Refusal);
  });
});
