import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

/** A key that is marked external in a Federation 2 subgraph without need. */
export const externalKeysAreKnown: CompatibilityCase = {
  rule: 'an external field that is part of a key is there where the key is',
  subgraphs: {
    prices: {
      sdl: `${federation('@key')}
        type Query { offer: Sku }
        type Sku @key(fields: "id") { id: ID! amount: Int }`,
      resolvers: {
        Query: { offer: () => ({ id: 's1', amount: 9 }) },
        Sku: { __resolveReference: ({ id }: { id: string }) => ({ id, amount: 9 }) },
      },
    },
    names: {
      sdl: `${federation('@key', '@external', '@extends')}
        type Query { named: Sku }
        type Sku @extends @key(fields: "id") { id: ID! @external name: String }`,
      resolvers: {
        Query: { named: () => ({ id: 's1', name: 'Boots' }) },
        Sku: { __resolveReference: ({ id }: { id: string }) => ({ id, name: 'Boots' }) },
      },
    },
  },
  questions: [
    {
      fact: 'both ways',
      query: '{ named { id amount } offer { id name } }',
      data: { named: { id: 's1', amount: 9 }, offer: { id: 's1', name: 'Boots' } },
    },
    {
      fact: 'without a hop',
      query: '{ named { id name } }',
      data: { named: { id: 's1', name: 'Boots' } },
      requests: { names: 1 },
    },
  ],
};
