import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const refuse = (what: string) => () => {
  throw new Error(`${what} has moved`);
};
type Ref = Readonly<{ id: string; price?: number }>;

/** Prices have moved from the old shop to a service of their own; the old resolvers are still there. */
export const overrideMovesAField: CompatibilityCase = {
  rule: '@override takes a field away from another subgraph',
  subgraphs: {
    shop: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Query { skus: [Sku!]! oldest: Sku! }
        type Sku @key(fields: "id") { id: ID! title: String price: Int! tax: Int @requires(fields: "rate") rate: Int @external }`,
      resolvers: {
        Query: {
          skus: () => [{ id: 's1', title: 'Boots' }],
          oldest: refuse('oldest'),
        },
        Sku: { __resolveReference: (ref: Ref) => ({ title: 'Boots', ...ref }), price: refuse('price'), tax: () => 2 },
      },
    },
    prices: {
      sdl: `${federation('@key', '@override', '@external', '@requires')}
        type Query { oldest: Sku! @override(from: "shop") }
        type Sku @key(fields: "id") {
          id: ID! price: Int! @override(from: "shop") title: String @external
          rate: Int
          label: String @requires(fields: "title")
          former: Int @override(from: "gone")
        }`,
      resolvers: {
        Query: { oldest: () => ({ id: 's1' }) },
        Sku: {
          __resolveReference: (ref: Ref) => ref,
          price: () => 90,
          rate: () => 20,
          former: () => 80,
          label: ({ title }: { title: string }) => `${title} for 90`,
        },
      },
    },
    alerts: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Sku @key(fields: "id") { id: ID! price: Int! @external isDear: Boolean @requires(fields: "price") }`,
      resolvers: { Sku: { __resolveReference: (ref: Ref) => ref, isDear: ({ price }: Ref) => (price ?? 0) > 50 } },
    },
  },
  questions: [
    {
      fact: 'of an entity',
      query: '{ skus { title price } }',
      data: { skus: [{ title: 'Boots', price: 90 }] },
      requests: { shop: 1, prices: 1 },
    },
    { fact: 'of the root', query: '{ oldest { id title } }', data: { oldest: { id: 's1', title: 'Boots' } } },
    {
      fact: 'also where others require it',
      query: '{ skus { isDear label tax } }',
      data: { skus: [{ isDear: true, label: 'Boots for 90', tax: 2 }] },
    },
    { fact: 'of a subgraph that is not there', query: '{ skus { former } }', data: { skus: [{ former: 80 }] } },
  ],
};
