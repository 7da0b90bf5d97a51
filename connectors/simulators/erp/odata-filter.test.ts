import { describe, expect, test } from '@jest/globals';
import { compileFilter } from './odata-filter.ts';

const row = { number: "O'NEIL-1", blocked: false, unitPrice: 12.5, lastModifiedDateTime: '2026-01-02T03:04:05.000Z' };

describe('$filter', () => {
  test.each([
    ["number eq 'O''NEIL-1'", true],
    ["number in ('A', 'O''NEIL-1')", true],
    ["number in ('A','B')", false],
    ['blocked eq false and unitPrice gt 12', true],
    ['blocked eq true or unitPrice ge 12.5', true],
    ['blocked eq true and unitPrice gt 1 or unitPrice lt 13', true],
    ['blocked eq true and (unitPrice gt 1 or unitPrice lt 13)', false],
    ['lastModifiedDateTime gt 2026-01-02T03:04:04Z', true],
    ['lastModifiedDateTime gt 2026-01-02T03:04:05Z', false],
    ['lastModifiedDateTime ge 2026-01-02T03:04:05Z', true],
    ["number ne 'A'", true],
  ])('%s is %s', (filter, expected) => {
    expect(compileFilter(filter)(row)).toBe(expected);
  });

  test.each([
    'number',
    'number eq',
    "number like 'A'",
    "number in ('A'",
    "number eq 'A' number",
    "number eq 'A",
    '(((',
  ])('refuses %s', (filter) => {
    expect(() => compileFilter(filter)).toThrow(/Syntax error/);
  });

  test('refuses a property that the entity has not', () => {
    expect(() => compileFilter("colour eq 'red'")(row)).toThrow(/Could not find a property named 'colour'/);
  });
});
