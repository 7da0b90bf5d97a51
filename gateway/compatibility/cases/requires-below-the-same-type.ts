import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; grams?: number }>;

/** From a SKU to its accessory, which is a SKU again, whose fee requires what the first subgraph has. */
export const requiresBelowTheSameType: CompatibilityCase = {
  rule: '@requires holds for an entity that is reached through another one of its type',
  subgraphs: {
    catalog: {
      sdl: `${federation('@key')}
        type Query { sku: Sku }
        type Sku @key(fields: "id") { id: ID! grams: Int }`,
      resolvers: {
        Query: { sku: () => ({ id: 's1', grams: 900 }) },
        Sku: { __resolveReference: ({ id }: Ref) => ({ id, grams: 80 }) },
      },
    },
    freight: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Query { first: Sku }
        type Sku @key(fields: "id") { id: ID! grams: Int @external fee: Int @requires(fields: "grams") accessory: Accessory }
        type Accessory { sku: Sku }`,
      resolvers: {
        Query: { first: () => ({ id: 's1' }) },
        Sku: {
          __resolveReference: (ref: Ref) => ref,
          accessory: () => ({ sku: { id: 's2' } }),
          fee: ({ grams }: Ref) => (grams ?? Number.NaN) * 2,
        },
      },
    },
  },
  questions: [
    {
      fact: 'from the subgraph that requires',
      query: '{ first { accessory { sku { fee } } } }',
      data: { first: { accessory: { sku: { fee: 160 } } } },
    },
    {
      fact: 'from another one',
      query: '{ sku { accessory { sku { fee } } } }',
      data: { sku: { accessory: { sku: { fee: 160 } } } },
      limit: {
        cause: 'the planner looks for the inner entity in the fetch of the outer one and finds no plan',
        errors: ['INTERNAL_SERVER_ERROR'],
      },
    },
  ],
};
