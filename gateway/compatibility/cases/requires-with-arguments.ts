import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const SKUS = [
  { id: 's1', base: 10, category: { mean: 8 } },
  { id: 's2', base: 20, category: { mean: 30 } },
];
type Ref = Readonly<{ id: string; price?: number; category?: { meanPrice: number } }>;
const rate = (currency: string): number => (currency === 'EUR' ? 2 : 1);

/** Two fields need the same field with other arguments, and the client asks for it with a third. */
export const requiresWithArguments: CompatibilityCase = {
  rule: '@requires may give arguments, which are kept apart from each other and from those of the client',
  subgraphs: {
    prices: {
      sdl: `${federation('@key')}
        type Query { skus: [Sku] }
        type Sku @key(fields: "id") { id: ID! price(currency: String!): Int category: Category }
        type Category { meanPrice(currency: String!): Int }`,
      resolvers: {
        Query: { skus: () => SKUS },
        Sku: {
          __resolveReference: ({ id }: Ref) => SKUS.find((sku) => sku.id === id) ?? null,
          price: ({ base }: { base: number }, { currency }: { currency: string }) => base * rate(currency),
        },
        Category: {
          meanPrice: ({ mean }: { mean: number }, { currency }: { currency: string }) => mean * rate(currency),
        },
      },
    },
    freight: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Sku @key(fields: "id") {
          id: ID!
          price(currency: String!): Int @external
          category: Category @external
          fee: Int @requires(fields: "price(currency: \\"USD\\")")
          feeInEuro: Int @requires(fields: "price(currency: \\"EUR\\")")
          isDear: Boolean @requires(fields: "category { meanPrice(currency: \\"EUR\\") }")
        }
        type Category @external { meanPrice(currency: String!): Int }`,
      resolvers: {
        Sku: {
          __resolveReference: (reference: Ref) => reference,
          fee: ({ price }: Ref) => (price ?? Number.NaN) * 10,
          feeInEuro: ({ price }: Ref) => (price ?? Number.NaN) * 100,
          isDear: ({ category }: Ref) => (category?.meanPrice ?? Number.NaN) > 50,
        },
      },
    },
  },
  questions: [
    {
      fact: 'one alone',
      query: '{ skus { feeInEuro } }',
      data: { skus: [{ feeInEuro: 2000 }, { feeInEuro: 4000 }] },
    },
    {
      fact: 'both beside each other',
      query: '{ skus { fee feeInEuro isDear } }',
      data: {
        skus: [
          { fee: 100, feeInEuro: 2000, isDear: false },
          { fee: 200, feeInEuro: 4000, isDear: true },
        ],
      },
    },
    {
      fact: 'beside the client asking for the same with its own arguments',
      query: '{ skus { price(currency: "USD") feeInEuro category { meanPrice(currency: "USD") } isDear } }',
      data: {
        skus: [
          { price: 10, feeInEuro: 2000, category: { meanPrice: 8 }, isDear: false },
          { price: 20, feeInEuro: 4000, category: { meanPrice: 30 }, isDear: true },
        ],
      },
    },
    {
      fact: 'beside a variable of the client',
      query: 'query ($c: String!) { skus { price(currency: $c) fee } }',
      variables: { c: 'EUR' },
      data: {
        skus: [
          { price: 20, fee: 100 },
          { price: 40, fee: 200 },
        ],
      },
    },
  ],
};
