import { describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { SCALARS } from './scalars.ts';

function scalar(name: string) {
  const found = SCALARS.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`no scalar ${name}`);
  return found;
}

describe('scalars', () => {
  test.each([
    ['DateTime', '2011-12-09T12:50:00Z'],
    ['DateTime', '2011-12-09T12:50:00.123+01:00'],
    ['Date', '2012-02-29'],
    ['Quantity', '-0.125'],
    ['ChangeCursor', 'inventory:abcdef12.42'],
    ['CurrencyCode', 'GBP'],
    ['Rate', '0.2'],
    ['SafeInteger', -12],
  ])('%s takes %p', (name, value) => {
    expect(scalar(name).parseValue(value)).toBe(value);
  });

  test.each([
    ['DateTime', '2011-12-09 12:50'],
    ['DateTime', '2011-02-30T12:50:00Z'],
    ['DateTime', 12],
    ['Date', '2011-02-29'],
    ['CurrencyCode', 'gbp'],
    ['Rate', ''],
    ['SafeInteger', 1.5],
    ['SafeInteger', 2 ** 53],
  ])('%s refuses %p as bad input', (name, value) => {
    expect(() => scalar(name).parseValue(value)).toThrow(
      expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT', retryable: false, details: { scalar: name } } }),
    );
  });

  test.each([1, '1e3', 'three', '1'.repeat(2000)])('a quantity %p, which is no decimal, has its own code', (value) => {
    expect(() => scalar('Quantity').parseValue(value)).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'INVALID_QUANTITY' }) }),
    );
  });

  test('a malformed change cursor has its own code', () => {
    expect(() => scalar('ChangeCursor').parseValue('42')).toThrow(
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'MALFORMED_CURSOR' }) }),
    );
  });

  test('a wrong value of a resolver is no fault of the caller', () => {
    expect(() => scalar('Quantity').serialize(3)).toThrow(TypeError);
    expect(() => scalar('Quantity').serialize(3)).not.toThrow(GraphQLError);
  });

  test('DateTime prints a Date', () => {
    expect(scalar('DateTime').serialize(new Date(0))).toBe('1970-01-01T00:00:00.000Z');
  });
});
