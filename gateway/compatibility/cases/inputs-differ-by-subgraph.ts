import { federation, toSortedText } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const echo = (_root: unknown, { filter, first }: { filter: object; first?: number }) => toSortedText([filter, first]);

/** `size` is known to one subgraph alone, and `id` is required by one of them. */
export const inputsDifferBySubgraph: CompatibilityCase = {
  rule: 'an input object has the fields that all subgraphs know, as strict as the strictest',
  subgraphs: {
    a: {
      sdl: `${federation('@shareable')}
        type Query { a(filter: Filter!, first: Int = 10): String same(filter: Filter!, first: Int = 3): String @shareable }
        input Filter { id: ID word: String = "any" nested: Nested size: Int }
        input Nested { tags: [String!] exact: Boolean = true }`,
      resolvers: { Query: { a: echo, same: echo } },
    },
    b: {
      sdl: `${federation('@shareable')}
        type Query { b(filter: Filter!): String same(filter: Filter!, first: Int = 3): String @shareable }
        input Filter { id: ID! word: String = "any" nested: Nested }
        input Nested { tags: [String!] exact: Boolean = true }`,
      resolvers: { Query: { b: echo, same: echo } },
    },
  },
  questions: [
    {
      fact: 'defaults are applied, single values become lists',
      query: '{ a(filter: { id: 1, nested: { tags: "x" } }) b(filter: { id: "2", word: null }) }',
      data: {
        a: '[{"id":"1","nested":{"exact":true,"tags":["x"]},"word":"any"},10]',
        b: '[{"id":"2","word":null},null]',
      },
    },
    {
      fact: 'in variables as well',
      query: 'query ($f: Filter!, $n: Int) { a(filter: $f, first: $n) b(filter: $f) }',
      variables: { f: { id: 7, nested: { tags: ['x', 'y'] } } },
      data: {
        a: '[{"id":"7","nested":{"exact":true,"tags":["x","y"]},"word":"any"},10]',
        b: '[{"id":"7","nested":{"exact":true,"tags":["x","y"]},"word":"any"},null]',
      },
    },
    {
      fact: 'variables inside of an object literal, absent ones included',
      query:
        'query ($id: ID!, $w: String, $t: [String!]) { a(filter: { id: $id, word: $w, nested: { tags: $t } }, first: null) }',
      variables: { id: 'v', t: [] },
      data: { a: '[{"id":"v","nested":{"exact":true,"tags":[]},"word":"any"},null]' },
    },
    {
      fact: 'a field that not all know is refused',
      query: '{ a(filter: { id: 1, size: 2 }) }',
      errors: ['GRAPHQL_VALIDATION_FAILED'],
    },
    {
      fact: 'what one of them requires is required',
      query: '{ a(filter: { word: "w" }) }',
      errors: ['GRAPHQL_VALIDATION_FAILED'],
    },
  ],
};
