import { GraphQLScalarType } from 'graphql';
import type { CompatibilityCase } from '../compatibility-case.ts';
import { federation } from '../compatibility-case.ts';

const VALUES = [null, 0, -1.5, 'text', true, [1, ['a', null]], { a: { b: [] } }];

/** Scalars of which the gateway knows nothing but the name. `DateTime` is also the name of a scalar of the hub. */
export const scalarsPassThrough: CompatibilityCase = {
  rule: 'values of custom scalars go through as they are, both ways',
  subgraphs: {
    a: {
      sdl: `${federation('@key')}
        scalar Json
        scalar DateTime
        type Query { echo(value: Json): Json when(at: DateTime = "noon"): DateTime all: [Json] thing: Thing number: Float id: ID }
        type Thing @key(fields: "id") { id: Json! }`,
      resolvers: {
        // The hub's own scalars would be put in place of a declaration without one.
        DateTime: new GraphQLScalarType({ name: 'DateTime' }),
        Query: {
          echo: (_root: unknown, { value }: { value: unknown }) => value,
          when: (_root: unknown, { at }: { at: unknown }) => at,
          all: () => VALUES,
          thing: () => ({ id: { nested: ['key', 1] } }),
          number: () => 1e21,
          id: () => 12,
        },
      },
    },
    b: {
      sdl: `${federation('@key')}
        scalar Json
        type Thing @key(fields: "id") { id: Json! seen: Json }`,
      resolvers: { Thing: { __resolveReference: ({ id }: { id: unknown }) => ({ id, seen: { of: id } }) } },
    },
  },
  questions: [
    { fact: 'of every form', query: '{ all }', data: { all: VALUES } },
    {
      fact: 'as literals and variables, alone and inside',
      query:
        'query ($v: Json, $w: Json) { a: echo(value: { x: [1, "two", null, ENUM], y: $w }) b: echo(value: $v) c: echo(value: 5) }',
      variables: { v: [{ a: 1 }], w: 'inside' },
      data: { a: { x: [1, 'two', null, 'ENUM'], y: 'inside' }, b: [{ a: 1 }], c: 5 },
    },
    {
      fact: 'whatever the hub thinks of their name',
      query: 'query ($at: DateTime) { when a: when(at: "yesterday") b: when(at: $at) }',
      variables: { at: 5 },
      data: { when: 'noon', a: 'yesterday', b: 5 },
    },
    {
      fact: 'as keys',
      query: '{ thing { seen id } }',
      data: { thing: { seen: { of: { nested: ['key', 1] } }, id: { nested: ['key', 1] } } },
    },
    { fact: 'beside those of GraphQL', query: '{ number id }', data: { number: 1e21, id: '12' } },
  ],
};
