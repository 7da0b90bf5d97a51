import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const SKUS = [
  { id: 's1', price: 599 },
  { id: 's2', price: 5 },
];
type Ref = Readonly<{ id: string; price?: number; isExpensive?: boolean; hasDiscount?: boolean; canAfford?: boolean }>;

/** price -> isExpensive -> hasDiscount -> canAfford -> advice: every step needs the one before, across subgraphs. */
export const requiresOfRequires: CompatibilityCase = {
  rule: '@requires of a field that itself requires others is followed to its end',
  subgraphs: {
    prices: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Query { skus: [Sku!]! }
        type Sku @key(fields: "id") {
          id: ID! price: Int!
          hasDiscount: Boolean! @external
          canAfford: Boolean! @requires(fields: "hasDiscount")
        }`,
      resolvers: {
        Query: { skus: () => SKUS },
        Sku: {
          __resolveReference: (ref: Ref) => ({ ...byId(SKUS)(ref), ...ref }),
          canAfford: ({ hasDiscount }: Ref) => {
            if (hasDiscount === undefined) throw new Error('hasDiscount was not sent');
            return !hasDiscount;
          },
        },
      },
    },
    ratings: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Sku @key(fields: "id") {
          id: ID! price: Int! @external canAfford: Boolean! @external
          isExpensive: Boolean! @requires(fields: "price")
          advice: String @requires(fields: "canAfford price")
        }`,
      resolvers: {
        Sku: {
          __resolveReference: (ref: Ref) => ref,
          isExpensive: ({ price }: Ref) => (price ?? Number.NaN) > 100,
          advice: ({ canAfford, price }: Ref) => `${canAfford} at ${price}`,
        },
      },
    },
    campaigns: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Sku @key(fields: "id") {
          id: ID! isExpensive: Boolean! @external
          hasDiscount: Boolean! @requires(fields: "isExpensive")
        }`,
      resolvers: {
        Sku: {
          __resolveReference: (ref: Ref) => ref,
          hasDiscount: ({ isExpensive }: Ref) => {
            if (isExpensive === undefined) throw new Error('isExpensive was not sent');
            return isExpensive;
          },
        },
      },
    },
  },
  questions: [
    {
      fact: 'one step',
      query: '{ skus { isExpensive } }',
      data: { skus: [{ isExpensive: true }, { isExpensive: false }] },
    },
    {
      fact: 'three steps',
      query: '{ skus { canAfford } }',
      data: { skus: [{ canAfford: false }, { canAfford: true }] },
    },
    {
      fact: 'all of them, and back to where they began',
      query: '{ skus { advice hasDiscount id canAfford price isExpensive } }',
      data: {
        skus: [
          { advice: 'false at 599', hasDiscount: true, id: 's1', canAfford: false, price: 599, isExpensive: true },
          { advice: 'true at 5', hasDiscount: false, id: 's2', canAfford: true, price: 5, isExpensive: false },
        ],
      },
    },
  ],
};
