import { beforeEach, describe, expect, test } from '@jest/globals';
import { buildSchema, graphql } from 'graphql';
import { Obstacle, Refusal, invariant } from '../model/errors.ts';
import { silentTelemetry } from '../ports/silent-telemetry.ts';
import type { Telemetry } from '../ports/telemetry.ts';
import { createErrorFormatter } from './format-error.ts';

const logged: { message: string; fields: Readonly<Record<string, unknown>> | undefined }[] = [];
const telemetry: Telemetry = {
  ...silentTelemetry,
  log: (_level, message, fields) => void logged.push({ message, fields }),
};
const format = createErrorFormatter({ ids: { next: () => 'incident-1', epoch: () => 'e' }, telemetry });
const schema = buildSchema('type Query { value(n: Int!): Int!, list(of: [Int!]): Int }');

async function errorOf(resolve: () => unknown, source = '{ value(n: 1) }', variableValues = {}) {
  const result = await graphql({ schema, source, rootValue: { value: resolve, list: resolve }, variableValues });
  return format(result.errors?.[0]);
}

beforeEach(() => {
  logged.length = 0;
});

describe('error mapping', () => {
  test('a refusal keeps code and details and is not logged', async () => {
    const error = await errorOf(() => {
      throw new Refusal('INSUFFICIENT_STOCK', 'Only 3 left.', { available: '3' });
    });
    expect(error).toMatchObject({
      message: 'Only 3 left.',
      path: ['value'],
      extensions: { code: 'INSUFFICIENT_STOCK', retryable: false, details: { available: '3' } },
    });
    expect(logged).toEqual([]);
  });

  test('an obstacle is retryable', async () => {
    const error = await errorOf(async () => {
      throw new Obstacle('UPSTREAM_TIMEOUT', 'The WMS did not answer.');
    });
    expect(error.extensions).toEqual({ code: 'UPSTREAM_TIMEOUT', retryable: true, details: {} });
  });

  test.each([
    ['an unknown error', () => Promise.reject(new Error('password of the database'))],
    ['a failed invariant', () => invariant(false, 'stock below zero', { secret: 1 })],
    ['a null where none may be', () => null],
    ['a value of the wrong type', () => 'abc'],
  ])('%s is masked and logged with its incident id', async (_what, resolve) => {
    const error = await errorOf(resolve);
    expect(error.message).toBe('The hub met a fault of its own.');
    expect(error.extensions).toEqual({
      code: 'INTERNAL_SERVER_ERROR',
      retryable: false,
      details: { incidentId: 'incident-1' },
    });
    expect(logged).toHaveLength(1);
    expect(logged[0]?.fields).toMatchObject({ incidentId: 'incident-1', path: ['value'] });
    expect(logged[0]?.fields?.['error']).toContain(' at ');
  });

  test.each([
    ['a variable of the wrong type', 'query ($n: Int!) { value(n: $n) }', { n: 'x' }],
    [
      'an argument that is only known to be bad when it runs',
      'query ($n: [Int!] = [1]) { list(of: $n) }',
      { n: [null] },
    ],
  ])('%s is the fault of the caller', async (_what, source, variables) => {
    const error = await errorOf(() => 1, source, variables);
    expect(error.extensions.code).toBe('BAD_USER_INPUT');
    expect(error.message).toContain('$n');
  });
});
