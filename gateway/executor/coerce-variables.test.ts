import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import type { GraphQLScalarType, OperationDefinitionNode } from 'graphql';
import { RequestRefused } from '../planner/request-refused.ts';
import { coerceVariables } from './coerce-variables.ts';
import type { CoercionOptions } from './coerce-variables.ts';

const schema = buildSchema(`
  scalar Odd
  enum Colour { RED }
  input Filter { titleContains: String colour: Colour odds: [Odd] }
  type Query { find(filter: Filter, first: Int): Int }
`);
let looked = 0;
(schema.getType('Odd') as GraphQLScalarType).parseValue = () => {
  looked++;
  throw new Error('it is even');
};

function coerce(text: string, given: Record<string, unknown>, options?: CoercionOptions): unknown {
  const [operation] = parse(text).definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return coerceVariables(schema, operation as OperationDefinitionNode, given, options);
}

function faultsOf(given: Record<string, unknown>, options?: CoercionOptions): readonly string[] {
  try {
    coerce('query ($filter: Filter) { find(filter: $filter) }', given, options);
  } catch (error) {
    if (error instanceof RequestRefused) return error.errors.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe('variables', () => {
  test('get their defaults, where nothing was given and not where null was', () => {
    const text = 'query ($first: Int = 3, $other: Int) { find(first: $first) }';
    expect(coerce(text, {})).toEqual({ first: 3 });
    expect(coerce(text, { first: null })).toEqual({ first: null });
  });

  test('of which many are wrong are looked at no further than what is told', () => {
    looked = 0;
    expect(faultsOf({ filter: { odds: Array.from({ length: 100_000 }, () => 2) } })).toHaveLength(20);
    expect(looked).toBe(20);
  });

  test('that are wrong tell what would have been right, where the schema is told', () => {
    const given = { filter: { titleContain: 'x', colour: 'REDD' } };
    expect(faultsOf(given).join()).toMatch(/Did you mean the enum value "RED"[^]*Did you mean "titleContains"/);
    const kept = faultsOf(given, { introspection: false });
    expect(kept).toHaveLength(2);
    expect(kept.join()).not.toMatch(/Did you mean|"RED"|titleContains/);
  });
});
