import { describe, expect, test } from '@jest/globals';
import { addDays, beginsOn, deliveredOn, localTimeAt, workingDayAfter } from './working-calendar.ts';

const WEEK = { cutOff: '14:30', workingDays: [1, 2, 3, 4, 5], closedOn: ['2026-12-25', '2026-12-28'] };

describe('the clock of a location', () => {
  test('shows the day and the minute of its own time zone, also where a clock is put back', () => {
    expect(localTimeAt(Date.UTC(2026, 5, 1, 23, 30), 'Europe/London')).toEqual({ day: '2026-06-02', minute: 30 });
    expect(localTimeAt(Date.UTC(2026, 9, 25, 0, 30), 'Europe/London')).toEqual({ day: '2026-10-25', minute: 90 });
    expect(localTimeAt(Date.UTC(2026, 9, 25, 1, 30), 'Europe/London')).toEqual({ day: '2026-10-25', minute: 90 });
    expect(localTimeAt(Date.UTC(2026, 0, 5, 3), 'America/New_York')).toEqual({ day: '2026-01-04', minute: 22 * 60 });
    expect(localTimeAt(Date.UTC(2026, 0, 5), 'UTC').minute).toBe(0);
  });

  test('is read as UTC where nobody knows the zone', () => {
    expect(localTimeAt(Date.UTC(2026, 0, 5, 9), 'Mars/Base')).toEqual({ day: '2026-01-05', minute: 540 });
  });
});

describe('work', () => {
  test('begins on the same day until the cut-off, and on the next working day from then on', () => {
    expect(beginsOn({ day: '2026-12-24', minute: 14 * 60 + 29 }, WEEK)).toBe('2026-12-24');
    // Christmas Day, a weekend and a bank holiday lie between.
    expect(beginsOn({ day: '2026-12-24', minute: 14 * 60 + 30 }, WEEK)).toBe('2026-12-29');
    expect(beginsOn({ day: '2026-12-26', minute: 0 }, WEEK)).toBe('2026-12-29');
    expect(beginsOn({ day: '2026-12-24', minute: 1_439 }, { ...WEEK, cutOff: null })).toBe('2026-12-24');
  });

  test('is handled in working days', () => {
    expect(workingDayAfter('2026-12-24', 0, WEEK)).toBe('2026-12-24');
    expect(workingDayAfter('2026-12-24', 2, WEEK)).toBe('2026-12-30');
  });

  test('never begins where nobody works in sight', () => {
    const closedOn = Array.from({ length: 70 }, (_, ahead) => addDays('2026-12-24', ahead));
    expect(beginsOn({ day: '2026-12-24', minute: 0 }, { ...WEEK, closedOn })).toBeUndefined();
    expect(workingDayAfter('2026-12-23', 1, { ...WEEK, closedOn })).toBeUndefined();
  });
});

describe('carriers', () => {
  test('count the days on which they deliver', () => {
    const mondayToSaturday = [1, 2, 3, 4, 5, 6];
    expect(deliveredOn('2026-12-24', 2, mondayToSaturday)).toBe('2026-12-26');
    expect(deliveredOn('2026-12-24', 3, mondayToSaturday)).toBe('2026-12-28');
    expect(deliveredOn('2026-12-27', 0, mondayToSaturday)).toBe('2026-12-28');
  });
});
