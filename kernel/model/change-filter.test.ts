import { describe, expect, test } from '@jest/globals';
import { compileFilter, hasLeftFilter, matchesFilter } from './change-filter.ts';

const record = { order: 'o1', customer: null, channel: 'WEB', locations: ['S1', 'S2'], lineCount: 3 };

/** So many accepted values that they are looked up. */
const OTHERS = Array.from({ length: 20 }, (_, index) => `other-${index}`);

describe('a change filter', () => {
  test('without fields matches everything', () => expect(matchesFilter(record, {})).toBe(true));

  test.each([
    ['a value among the accepted ones', { channel: ['POS', 'WEB'] }, true],
    ['a value beside the accepted ones', { channel: ['POS'] }, false],
    ['a list that holds an accepted value', { locations: ['S9', 'S2'] }, true],
    ['a list that holds none', { locations: ['S9'] }, false],
    ['a number by its text', { lineCount: ['3'] }, true],
    ['null as no value at all', { customer: ['null'] }, false],
    ['a field that the record has not', { store: ['undefined'] }, false],
    ['one field of two', { channel: ['WEB'], locations: ['S9'] }, false],
    ['no accepted value', { channel: [] }, false],
  ])('takes %s: %j -> %s', (_what, filter, expected) => {
    expect(matchesFilter(record, filter)).toBe(expected);
    expect(compileFilter(filter)(record)).toBe(expected);
    const wide = Object.entries(filter).map(([field, values]) => [field, [...values, ...OTHERS]]);
    expect(compileFilter(Object.fromEntries(wide))(record)).toBe(expected);
  });

  test('was left when a former value matched and every other field still does', () => {
    expect(hasLeftFilter(record, { locations: ['S3'] }, { locations: ['S3'], channel: ['WEB'] })).toBe(true);
  });

  test('was not left when another field never matched', () => {
    expect(hasLeftFilter(record, { locations: ['S3'] }, { locations: ['S3'], channel: ['POS'] })).toBe(false);
  });

  test('was not left by a record that left nothing', () => {
    expect(hasLeftFilter(record, undefined, { locations: ['S3'] })).toBe(false);
  });
});
