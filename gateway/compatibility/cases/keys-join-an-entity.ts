import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const SKUS = [
  { id: 's1', title: 'Boots', price: 90 },
  { id: 's2', title: 'Socks', price: 5 },
];

export const keysJoinAnEntity: CompatibilityCase = {
  rule: 'a key joins what two subgraphs say of an entity',
  subgraphs: {
    catalog: {
      sdl: `${federation('@key')}
        type Query { skus: [Sku!]! sku(id: ID!): Sku }
        type Sku @key(fields: "id") { id: ID! title: String! }`,
      resolvers: {
        Query: { skus: () => SKUS, sku: (_root: unknown, reference: { id: string }) => byId(SKUS)(reference) },
        Sku: { __resolveReference: byId(SKUS) },
      },
    },
    prices: {
      sdl: `${federation('@key')}
        type Sku @key(fields: "id") { id: ID! price: Int }`,
      resolvers: { Sku: { __resolveReference: byId(SKUS) } },
    },
  },
  questions: [
    {
      fact: 'the key is fetched although nobody asked for it',
      query: '{ skus { title price } }',
      data: {
        skus: [
          { title: 'Boots', price: 90 },
          { title: 'Socks', price: 5 },
        ],
      },
      requests: { catalog: 1, prices: 1 },
    },
    {
      fact: 'entities of several root fields are joined in one request',
      query: '{ a: sku(id: "s1") { price } b: sku(id: "s2") { cost: price id } none: sku(id: "x") { price } }',
      data: { a: { price: 90 }, b: { cost: 5, id: 's2' }, none: null },
      requests: { catalog: 1, prices: 1 },
    },
    {
      fact: 'the other subgraph is not asked for what the first one has',
      query: '{ skus { id title } }',
      data: {
        skus: [
          { id: 's1', title: 'Boots' },
          { id: 's2', title: 'Socks' },
        ],
      },
      requests: { catalog: 1 },
    },
  ],
};
