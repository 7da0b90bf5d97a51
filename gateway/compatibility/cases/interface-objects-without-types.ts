import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

/** `pricing` knows products as one type; in `shop` the interface has an implementation that shop cannot resolve. */
export const interfaceObjectsWithoutTypes: CompatibilityCase = {
  rule: 'an interface object is answered as it is when nothing depends on its type',
  subgraphs: {
    shop: {
      sdl: `${federation('@key', '@shareable')}
        type Query { product: Product broken: Node }
        union Product = Bread
        interface Node { id: ID! }
        type Bread @key(fields: "id") { id: ID! @shareable }`,
      resolvers: {
        Query: {
          product: () => ({ __typename: 'Bread', id: 'p1' }),
          broken: () => ({ __typename: 'Bread', id: 'p1' }),
        },
      },
    },
    pricing: {
      sdl: `${federation('@key', '@interfaceObject', '@shareable')}
        type Query { node: Node }
        type Node @interfaceObject @key(fields: "id", resolvable: false) { id: ID! field: String }
        type Bread @key(fields: "id") { id: ID! @shareable name: String }`,
      resolvers: {
        Query: { node: () => ({ id: 'n1', field: 'foo' }) },
        Bread: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Rye' }) },
      },
    },
  },
  questions: [
    {
      fact: 'all of it',
      query: '{ node { id field } }',
      data: { node: { id: 'n1', field: 'foo' } },
      requests: { pricing: 1 },
    },
    {
      fact: 'not where a subgraph answers a type that is none of the interface',
      query: '{ broken { id } }',
      data: { broken: null },
      errors: ['broken INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'beside unions',
      query: '{ product { ... on Bread { id name } } }',
      data: { product: { id: 'p1', name: 'Rye' } },
    },
  ],
};
