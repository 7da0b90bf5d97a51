import { describe, expect, test } from '@jest/globals';
import { UpstreamRejected, UpstreamUnavailable } from '../../runtime/upstream-errors.ts';
import { ConfirmationWanted, isLockLost, resultOf } from './tryton-answer.ts';

const result = (answer: unknown) => () => resultOf('erp', answer);

describe('an answer of Tryton', () => {
  test('gives its result in plain values, null included', () => {
    expect(resultOf('erp', { id: 1, result: { price: { __class__: 'Decimal', decimal: '1.50' } } })).toEqual({
      price: '1.50',
    });
    expect(resultOf('erp', { id: 1, result: null })).toBeNull();
  });

  test('is a refusal with the words of the system when it holds an error', () => {
    const error = ['UserError', ['You cannot confirm the sale.', '', null]];
    expect(result({ id: 1, error })).toThrow(UpstreamRejected);
    expect(result({ id: 1, error })).toThrow('erp refused: You cannot confirm the sale.');
    expect(result({ id: 1, error: ["KeyError('no_such_field',)", 'Traceback'] })).toThrow('no_such_field');
  });

  test('names what has to be confirmed', () => {
    const error = ['UserWarning', ['sale.late', 'The shipping date is in the past.', '']];
    expect(result({ id: 1, error })).toThrow(ConfirmationWanted);
    expect(result({ id: 1, error })).toThrow(expect.objectContaining({ warning: 'sale.late' }));
  });

  test('is a conflict when a record was changed meanwhile', () => {
    expect(result({ id: 1, error: ['ConcurrencyException', 'Record was modified'] })).toThrow(
      expect.objectContaining({ status: 409 }),
    );
  });

  test.each([[undefined], [{}], ['<html>'], [{ id: 1, error: 'x' }]])('is unusable when it is %j', (answer) => {
    expect(result(answer)).toThrow(UpstreamUnavailable);
  });

  test('tells a lost lock from other errors', () => {
    expect(isLockLost({ id: 1, error: ['could not obtain lock on row in relation "stock_move"\n', 'T'] })).toBe(true);
    expect(isLockLost({ id: 1, error: ['UserError', ['could not']] })).toBe(false);
    expect(isLockLost({ id: 1, result: 1 })).toBe(false);
  });
});
