import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

/** Three subgraphs answer the same field of the root, each with parts of its own. */
export const rootFieldsMayBeShared: CompatibilityCase = {
  rule: 'a shared field of the root is asked wherever parts of it are',
  subgraphs: {
    names: {
      sdl: `${federation('@shareable')}
        type Query { sku: Sku @shareable skus: [Sku!]! @shareable }
        type Sku @shareable { id: ID! name: Name }
        type Name { brand: String model: String }`,
      resolvers: {
        Query: {
          sku: () => ({ id: '1', name: { brand: 'Acme', model: 'X' } }),
          skus: () => [
            { id: '1', name: { brand: 'Acme', model: 'X' } },
            { id: '2', name: { brand: 'Acme', model: 'Y' } },
          ],
        },
      },
    },
    prices: {
      sdl: `${federation('@shareable')}
        type Query { sku: Sku @shareable skus: [Sku!]! @shareable }
        type Sku @shareable { id: ID! price: Price }
        type Price { amount: Int }`,
      resolvers: {
        Query: {
          sku: () => ({ id: '1', price: { amount: 100 } }),
          skus: () => [
            { id: '1', price: { amount: 100 } },
            { id: '2', price: null },
          ],
        },
      },
    },
  },
  questions: [
    {
      fact: 'and put together',
      query: '{ sku { id name { brand } price { amount } } }',
      data: { sku: { id: '1', name: { brand: 'Acme' }, price: { amount: 100 } } },
      requests: { names: 1, prices: 1 },
    },
    {
      fact: 'item by item for a list',
      query: '{ all: skus { price { amount } name { model } id } }',
      data: {
        all: [
          { price: { amount: 100 }, name: { model: 'X' }, id: '1' },
          { price: null, name: { model: 'Y' }, id: '2' },
        ],
      },
    },
    {
      fact: 'in one subgraph when that has all',
      query: '{ sku { id price { amount } } }',
      data: { sku: { id: '1', price: { amount: 100 } } },
      requests: { prices: 1 },
    },
  ],
};
