import { expect, test } from '@jest/globals';
import { buildASTSchema, parse } from 'graphql';
import { CacheHints } from './cache-hints.ts';

const hints = new CacheHints(
  buildASTSchema(
    parse(`
      directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
      directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
      enum CacheControlScope { PUBLIC PRIVATE }
      type Query {
        products: [Product!]! @cacheControl(maxAge: 60)
        product(id: ID, atLeast: String): Product
        count: Int
        media: Media @cacheControl(maxAge: 60)
        kept: Int @cacheControl(maxAge: 5)
        secret: Product @cacheControl(maxAge: 60) @requiresScopes(scopes: [["margins:read"]])
        open: Product @cacheControl(maxAge: 60) @requiresScopes(scopes: [["products:read"]])
      }
      type Mutation { kept: Int @cacheControl(maxAge: 5) }
      type Product @cacheControl(maxAge: 30) { id: ID title: String mine: Boolean @cacheControl(scope: PRIVATE) maker: Maker dims: Dims @cacheControl(inheritMaxAge: true) stock: Int @cacheControl(maxAge: 1) }
      interface Media @cacheControl(maxAge: 60) { id: ID owner: String }
      type Book implements Media @cacheControl(maxAge: 50) { id: ID owner: String }
      type Film implements Media { id: ID owner: String @cacheControl(scope: PRIVATE) }
      type Maker { name: String }
      type Dims { width: Int }
    `),
    { assumeValidSDL: true },
  ),
);

test.each([
  ['the hint of a field counts before that of its type', '{ products { id title } }', 60],
  ['the hint of a type counts where the field has none', '{ product(id: 1) { id } }', 30],
  ['the shortest age counts', '{ products { id stock } }', 1],
  ['a leaf of the root without a hint is not kept', '{ count }', undefined],
  ['a leaf of the root with one is', '{ kept }', 5],
  ['an object without a hint is not kept', '{ products { maker { name } } }', undefined],
  ['an object that inherits follows its parent', '{ products { dims { width } } }', 60],
  ['a private field is not kept', '{ products { mine } }', undefined],
  ['what asks for fresh data is not kept', '{ product(id: 1, atLeast: "c") { id } }', undefined],
  ['what needs rights is not kept', '{ secret { id } }', undefined],
  ['what everybody may read is', '{ open { id } }', 60],
  ['a fragment counts where it stands', 'query { products { ...F } } fragment F on Product { stock }', 1],
  ['the shortest age of what an interface may be counts', '{ media { id } }', 50],
  ['a field that is private in one of the types is not kept', '{ media { owner } }', undefined],
  ['a field that is private in another type than is asked for is no matter', '{ media { ... on Book { owner } } }', 50],
  ['a mutation is not kept', 'mutation { kept }', undefined],
  [
    'entities are kept as their type says',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { title } } }',
    30,
  ],
  [
    'entities of a type without a hint are not',
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Maker { name } } }',
    undefined,
  ],
  ['the name of a type is as good as what it stands beside', '{ __typename products { __typename } }', 60],
])('%s', (_fact, source, seconds) => {
  expect(hints.maxAgeMsOf(parse(source))).toBe(seconds === undefined ? undefined : seconds * 1_000);
});
