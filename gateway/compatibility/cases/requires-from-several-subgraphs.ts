import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; price?: number; grams?: number; supplier?: { country?: string } }>;

export const requiresFromSeveralSubgraphs: CompatibilityCase = {
  rule: '@requires gathers from several subgraphs before it asks',
  subgraphs: {
    orders: {
      sdl: `${federation('@key')}
        type Query { skus: [Sku!]! }
        type Sku @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { skus: () => [{ id: 's1' }, { id: 's2' }] } },
    },
    prices: {
      sdl: `${federation('@key')} type Sku @key(fields: "id") { id: ID! price: Int }`,
      resolvers: { Sku: { __resolveReference: ({ id }: Ref) => ({ id, price: id === 's1' ? 90 : 5 }) } },
    },
    scale: {
      sdl: `${federation('@key')} type Sku @key(fields: "id") { id: ID! grams: Int }`,
      resolvers: { Sku: { __resolveReference: ({ id }: Ref) => ({ id, grams: id === 's1' ? 900 : 80 }) } },
    },
    suppliers: {
      sdl: `${federation('@key')}
        type Sku @key(fields: "id") { id: ID! supplier: Supplier }
        type Supplier @key(fields: "id") { id: ID! }`,
      resolvers: { Sku: { __resolveReference: ({ id }: Ref) => ({ id, supplier: { id: `of-${id}` } }) } },
    },
    countries: {
      sdl: `${federation('@key')} type Supplier @key(fields: "id") { id: ID! country: String }`,
      resolvers: {
        Supplier: { __resolveReference: ({ id }: Ref) => ({ id, country: id === 'of-s1' ? 'PT' : 'IT' }) },
      },
    },
    customs: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Sku @key(fields: "id") {
          id: ID! price: Int @external grams: Int @external supplier: Supplier @external
          duty: String @requires(fields: "price grams supplier { country }")
        }
        type Supplier @key(fields: "id", resolvable: false) { id: ID! country: String @external }`,
      resolvers: {
        Sku: {
          __resolveReference: (reference: Ref) => reference,
          duty: ({ price, grams, supplier }: Ref) => `${price}/${grams}/${supplier?.country}`,
        },
      },
    },
  },
  questions: [
    {
      fact: 'an object whose parts are in a third one as well',
      query: '{ skus { duty } }',
      data: { skus: [{ duty: '90/900/PT' }, { duty: '5/80/IT' }] },
      requests: { orders: 1, prices: 1, scale: 1, suppliers: 1, countries: 1, customs: 1 },
    },
  ],
};
