import { describe, expect, test } from '@jest/globals';
import { plainValue, wireDate, wireDecimal, wireInstant } from './wire-values.ts';

describe('values of Tryton on the wire', () => {
  test('keep a decimal as the text that it is', () => {
    expect(plainValue(wireDecimal('75.1300'))).toBe('75.1300');
  });

  test('keep a day and an instant', () => {
    expect(plainValue(wireDate('2026-02-03'))).toBe('2026-02-03');
    const atMs = Date.UTC(2026, 1, 3, 4, 5, 6, 78);
    expect(plainValue(wireInstant(atMs))).toBe('2026-02-03T04:05:06.078000Z');
    expect(Date.parse(String(plainValue(wireInstant(atMs))))).toBe(atMs);
  });

  test('are plain however deep they lie', () => {
    const row = { id: 1, 'uom.': { factor: wireDecimal('12') }, days: [wireDate('2026-12-31')], note: null };
    expect(plainValue([row])).toEqual([{ id: 1, 'uom.': { factor: '12' }, days: ['2026-12-31'], note: null }]);
  });

  test('keep spans of time as seconds and bytes as base64', () => {
    expect(
      plainValue([
        { __class__: 'timedelta', seconds: 90.5 },
        { __class__: 'bytes', base64: 'QQ==' },
      ]),
    ).toEqual([90.5, 'QQ==']);
  });
});
