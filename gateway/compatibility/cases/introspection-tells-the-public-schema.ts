import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

export const introspectionTellsThePublicSchema: CompatibilityCase = {
  rule: 'introspection is answered from the public schema, beside data and alone',
  subgraphs: {
    a: {
      sdl: `${federation('@key', '@tag')}
        type Query { sku(id: ID! = "s1"): Sku @tag(name: "public") }
        "What is sold."
        type Sku implements Node @key(fields: "id") { id: ID! old: Int @deprecated(reason: "gone") }
        interface Node { id: ID! }
        input By @oneOf { id: ID name: String }
        type Mutation { find(by: By!): String }
        scalar Url @specifiedBy(url: "https://example.org/url")`,
      resolvers: {
        Query: { sku: () => ({ id: 's1' }) },
        Mutation: { find: (_r: unknown, { by }: { by: object }) => JSON.stringify(by) },
      },
    },
    b: {
      sdl: `${federation('@key')} type Sku @key(fields: "id") { id: ID! title: String site: Url } scalar Url`,
      resolvers: { Sku: { __resolveReference: ({ id }: { id: string }) => ({ id, title: 'Boots' }) } },
    },
  },
  questions: [
    {
      fact: 'both in one operation, with aliases, fragments and variables',
      query: `query ($n: String!, $d: Boolean = true) {
        sku { title }
        t: __type(name: $n) { ...T description }
        __schema { queryType { name } mutationType { fields { name } } subscriptionType { name } }
      } fragment T on __Type { k: kind interfaces { name } fields(includeDeprecated: $d) { name isDeprecated deprecationReason } }`,
      variables: { n: 'Sku' },
      data: {
        sku: { title: 'Boots' },
        t: {
          k: 'OBJECT',
          interfaces: [{ name: 'Node' }],
          fields: [
            { name: 'id', isDeprecated: false, deprecationReason: null },
            { name: 'old', isDeprecated: true, deprecationReason: 'gone' },
            { name: 'title', isDeprecated: false, deprecationReason: null },
            { name: 'site', isDeprecated: false, deprecationReason: null },
          ],
          description: 'What is sold.',
        },
        __schema: {
          queryType: { name: 'Query' },
          mutationType: { fields: [{ name: 'find' }] },
          subscriptionType: null,
        },
      },
    },
    {
      fact: 'what federation adds is not there',
      query:
        '{ a: __type(name: "_Entity") { name } b: __type(name: "join__Graph") { name } c: __type(name: "link__Import") { name } __schema { directives { name } } }',
      data: {
        a: null,
        b: null,
        c: null,
        __schema: {
          directives: ['include', 'skip', 'deprecated', 'specifiedBy', 'oneOf'].map((name) => ({ name })),
        },
      },
      requests: {},
    },
    {
      fact: 'defaults, and what a scalar refers to',
      query:
        '{ __type(name: "Query") { fields { args { name defaultValue type { kind } } } } u: __type(name: "Url") { specifiedByURL } }',
      data: {
        __type: { fields: [{ args: [{ name: 'id', defaultValue: '"s1"', type: { kind: 'NON_NULL' } }] }] },
        u: { specifiedByURL: 'https://example.org/url' },
      },
    },
    {
      fact: 'one of several inputs is exactly one',
      query: 'mutation { find(by: { id: "1" }) }',
      data: { find: '{"id":"1"}' },
    },
    {
      fact: 'and not two',
      query: 'mutation { find(by: { id: "1", name: "n" }) }',
      errors: ['GRAPHQL_VALIDATION_FAILED'],
    },
    {
      fact: 'entities cannot be asked for',
      query: '{ _entities(representations: []) { __typename } }',
      errors: ['GRAPHQL_VALIDATION_FAILED'],
    },
    { fact: 'nor the text of a subgraph', query: '{ _service { sdl } }', errors: ['GRAPHQL_VALIDATION_FAILED'] },
  ],
};
