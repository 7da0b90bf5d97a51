import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import { fragmentsOf } from '../planner/read-document.ts';
import { resolveSelections } from '../planner/resolve-selections.ts';
import { estimateCost } from './estimate-cost.ts';
import { evaluate } from './estimate.ts';

const SCHEMA = buildSchema(`
  directive @cost(weight: Int!) on ARGUMENT_DEFINITION | ENUM | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | OBJECT | SCALAR
  directive @listSize(
    assumedSize: Int, slicingArguments: [String!], sizedFields: [String!], requireOneSlicingArgument: Boolean = true
  ) on FIELD_DEFINITION

  type Query {
    book: Book
    books: [Book]
    shelf: [Book!]! @listSize(assumedSize: 5)
    page(first: Int, last: Int): [Book] @listSize(slicingArguments: ["first", "last"])
    slice(first: Int = 3, after: ID): [Book] @listSize(slicingArguments: ["first"])
    loose(first: Int): [Book] @listSize(slicingArguments: ["first"], assumedSize: 7, requireOneSlicingArgument: false)
    window(range: Range): [Book] @listSize(slicingArguments: ["range.length"])
    byId(ids: [ID!]!): [Book] @listSize(slicingArguments: ["ids"])
    connection(first: Int): Connection @listSize(slicingArguments: ["first"], sizedFields: ["edges", "nodes"])
    report: Report
    dear: String @cost(weight: 25)
    digest: Digest
    search(filter: Filter, words: [String] @cost(weight: 2)): [Found]
    grid: [[Book]]
  }
  type Mutation { write(text: String): Book }
  input Range { length: Int }
  input Filter { text: String @cost(weight: 3), tags: [Tag], inner: Filter }
  input Tag { name: String @cost(weight: 4) }
  type Book { title: String pages: Int author: Author }
  type Author { name: String books: [Book] }
  type Report @cost(weight: 40) { text: String }
  scalar Digest @cost(weight: 9)
  type Connection { edges: [Edge] nodes: [Book] total: Int }
  type Edge { node: Book }
  union Found = Book | Author
`);

function costOf(text: string, variables: Readonly<Record<string, unknown>> = {}): number {
  const document = parse(text);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const resolved = resolveSelections(operation, fragmentsOf(document), variables);
  return evaluate(estimateCost(resolved, { schema: SCHEMA, listSizeAssumed: 10 }), variables);
}

describe('the cost of an operation', () => {
  test.each([
    ['an object is 1, a leaf nothing', '{ book { title pages } }', 1],
    ['objects inside count as well', '{ book { author { name } } }', 2],
    ['an alias counts again', '{ a: book { title } b: book { title } }', 2],
    ['a list counts as often as it is assumed long', '{ books { title } }', 10],
    ['lists in lists multiply', '{ books { author { books { title } } } }', 10 * (1 + 1 + 10)],
    ['a list of lists is one list', '{ grid { title } }', 10],
    ['a mutation is 10 besides', 'mutation { write(text: "a") { title } }', 11],
    ['introspection is free', '{ __schema { types { name } } __typename }', 0],
    ['a weight of a field', '{ dear }', 25],
    ['a weight of an object', '{ report { text } }', 40],
    ['a weight of a scalar', '{ digest }', 9],
    [
      'of types that exclude each other the dearest',
      '{ search { ... on Book { author { name } } ... on Author { name } } }',
      20,
    ],
    [
      'a fragment that always applies',
      '{ book { ... on Book { author { name } } ...F } } fragment F on Book { author { name } }',
      3,
    ],
    ['what is skipped is free', '{ book @skip(if: true) { title } dear @include(if: false) }', 0],
  ])('%s', (_what, text, expected) => expect(costOf(text)).toBe(expected));

  test.each([
    ['the assumed size', '{ shelf { title } }', 5],
    ['a slicing argument', '{ page(first: 4) { title } }', 4],
    ['the default of one', '{ slice { title } }', 3],
    ['the assumed size where none is needed', '{ loose { title } }', 7],
    ['a path into an argument', '{ window(range: { length: 6 }) { title } }', 6],
    ['how many keys are given', '{ byId(ids: ["a", "b", "c"]) { title } }', 3],
    ['nothing for a negative size', '{ page(first: -4) { title } }', 0],
    [
      'fields inside, and not the object around them',
      '{ connection(first: 4) { total edges { node { title } } nodes { title } } }',
      1 + 4 * 2 + 4,
    ],
  ])('the length of a list is %s', (_what, text, expected) => expect(costOf(text)).toBe(expected));

  test('depends on the variables of each request', () => {
    const text = 'query ($n: Int, $ids: [ID!]!) { page(first: $n) { title } byId(ids: $ids) { title } }';
    expect(costOf(text, { n: 4, ids: ['a'] })).toBe(5);
    expect(costOf(text, { n: 400, ids: ['a', 'b'] })).toBe(402);
  });

  test.each([
    ['none', '{ page { title } }'],
    ['two', '{ page(first: 1, last: 1) { title } }'],
    ['null', '{ page(first: null) { title } }'],
    ['a variable without a value', 'query ($n: Int) { page(first: $n) { title } }'],
  ])('a list that needs one slicing argument is refused with %s', (_what, text) => {
    expect(() => costOf(text)).toThrow('page needs exactly one of first, last');
  });

  test.each([
    ['each item of a list', '{ search(words: ["a", "b"]) { __typename } }', 10 + 4],
    ['members of an object', '{ search(filter: { text: "x" }) { __typename } }', 10 + 3],
    ['members of members', '{ search(filter: { tags: [{ name: "a" }, { name: "b" }] }) { __typename } }', 10 + 8],
    [
      'objects that hold their own kind',
      '{ search(filter: { inner: { inner: { text: "x" } } }) { __typename } }',
      10 + 3,
    ],
  ])('an argument costs for %s', (_what, text, expected) => expect(costOf(text)).toBe(expected));

  test('an argument by variable costs as one that is written', () => {
    const text = 'query ($f: Filter) { search(filter: $f) { __typename } }';
    expect(costOf(text, { f: { text: 'x', tags: [{ name: 'a' }] } })).toBe(10 + 3 + 4);
    expect(costOf(text)).toBe(10);
  });
});
