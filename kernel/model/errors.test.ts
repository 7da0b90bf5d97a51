import { describe, expect, test } from '@jest/globals';
import { ERROR_CODES } from '../../schema/errors.ts';
import { Defect, DomainError, Obstacle, Refusal, invariant, isRefusal, refuse, toRefusal } from './errors.ts';

describe('errors', () => {
  test('an error carries its code, and its kind and retryability come from the registry', () => {
    class NotThatMany extends Refusal {}
    const cause = new Error('why');
    const error = new NotThatMany('INSUFFICIENT_STOCK', 'No.', { available: '3' }, { cause });
    expect(error).toBeInstanceOf(DomainError);
    expect([error.name, error.code, error.kind, error.retryable, error.cause]).toEqual([
      'NotThatMany',
      'INSUFFICIENT_STOCK',
      'refusal',
      false,
      cause,
    ]);
    expect(new Obstacle('OVERLOADED', 'Later.')).toMatchObject({ kind: 'obstacle', retryable: true, details: {} });
    expect(new Defect('Ours.')).toMatchObject({ code: 'INTERNAL_SERVER_ERROR', kind: 'defect', retryable: false });
  });

  test('obstacles and only they are retryable, and every code has a meaning', () => {
    for (const { kind, retryable, meaning } of Object.values(ERROR_CODES)) {
      expect(retryable).toBe(kind === 'obstacle');
      expect(meaning).toMatch(/\.$/);
    }
  });

  test('a refusal as a value becomes the same refusal as an error', () => {
    const value = refuse('UNKNOWN_SKU', 'No such SKU.', { sku: 'A' });
    expect(isRefusal(value)).toBe(true);
    expect(toRefusal(value)).toMatchObject({ code: 'UNKNOWN_SKU', message: 'No such SKU.', details: { sku: 'A' } });
    for (const other of [undefined, null, [], {}, 'refused', { refused: 'yes' }]) expect(isRefusal(other)).toBe(false);
  });

  test('an invariant that does not hold is a defect', () => {
    expect(() => invariant(true, 'fine')).not.toThrow();
    expect(() => invariant(0, 'broken', { n: 0 })).toThrow(Defect);
  });
});
