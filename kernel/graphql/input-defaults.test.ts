import { expect, test } from '@jest/globals';
import { buildSchema, execute, parse } from 'graphql';
import type { GraphQLFieldResolver } from 'graphql';
import { compileOperation } from './compile-operation.ts';

const schema = buildSchema(`
  enum Reason { CUSTOMER OTHER }
  input Line { sku: ID! unit: String! = "EA" times: [Int!]! = [1, 2] }
  input Order { id: ID! reason: Reason! = CUSTOMER note: String lines: [Line!] main: Line! = { sku: "M" } }
  type Query { order(input: Order!): String plain(input: Line): String }
`);
const tell: GraphQLFieldResolver<unknown, unknown> = (_source, { input }) => JSON.stringify(input);
for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) field.resolve = tell;

test.each([
  ['a variable', 'query ($i: Order!) { order(input: $i) }', { i: { id: '1' } }],
  ['a variable within an object', 'query ($id: ID!) { order(input: { id: $id }) }', { id: '1' }],
  [
    'a field whose variable was not given',
    'query ($r: Reason!) { order(input: { id: "1", reason: $r }) }',
    { r: 'OTHER' },
  ],
  [
    'objects in a list',
    'query ($i: Order!) { order(input: $i) }',
    { i: { id: '1', lines: [{ sku: 'a' }, { sku: 'b', unit: 'KG' }] } },
  ],
  ['one object for a list', 'query ($i: Order!) { order(input: $i) }', { i: { id: '1', lines: { sku: 'a' } } }],
  ['a variable that is null', 'query ($i: Line) { plain(input: $i) }', { i: null }],
  ['a variable that is left out', 'query ($i: Line) { plain(input: $i) }', {}],
])('defaults are taken as graphql-js takes them: %s', async (_what, source, variables) => {
  const document = parse(source);
  const byBook = execute({ schema, document, variableValues: variables });
  expect(await compileOperation(schema, document)(variables, {})).toEqual(JSON.parse(JSON.stringify(byBook)));
});
