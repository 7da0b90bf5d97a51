import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; grams?: number }>;

const GRAMS: Readonly<Record<string, number>> = { s1: 900, s2: 80, s3: 20 };
const ACCESSORIES: Readonly<Record<string, readonly string[]>> = { s1: ['s2', 's3'], s2: ['s3'], s3: [] };

/** From a SKU to its accessories, which are SKUs again, whose fee requires what the first subgraph has. */
export const requiresBelowTheSameType: CompatibilityCase = {
  rule: '@requires holds for an entity that is reached through another one of its type',
  subgraphs: {
    catalog: {
      sdl: `${federation('@key')}
        type Query { sku: Sku pieces: [Piece!]! }
        type Mutation { touch: Sku }
        union Piece = Sku | Box
        type Box { of: Sku }
        type Sku @key(fields: "id") { id: ID! grams: Int }`,
      resolvers: {
        Query: {
          sku: () => skuOf('s1'),
          pieces: () => [
            { __typename: 'Box', of: skuOf('s1') },
            { __typename: 'Sku', ...skuOf('s2') },
          ],
        },
        Mutation: { touch: () => skuOf('s1') },
        Sku: { __resolveReference: ({ id }: Ref) => skuOf(id) },
      },
    },
    freight: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Query { first: Sku }
        type Sku @key(fields: "id") {
          id: ID! grams: Int @external fee(times: Int = 2): Int @requires(fields: "grams")
          accessory: Accessory accessories: [Accessory!]! likely: [Part!]!
        }
        type Accessory { sku: Sku }
        union Part = Sku | Glue
        type Glue { ml: Int }`,
      resolvers: {
        Query: { first: () => ({ id: 's1' }) },
        Sku: {
          __resolveReference: (ref: Ref) => ref,
          accessory: ({ id }: Ref) => accessoriesOf(id)[0] ?? null,
          accessories: ({ id }: Ref) => accessoriesOf(id),
          likely: ({ id }: Ref) => [
            { __typename: 'Glue', ml: 5 },
            ...accessoriesOf(id).map(({ sku }) => ({ __typename: 'Sku', ...sku })),
          ],
          fee: ({ grams }: Ref, { times }: { times: number }) => (grams ?? Number.NaN) * times,
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
      requests: { catalog: 2, freight: 2 },
    },
    {
      fact: 'in lists, beside the same of the outer one, and under other names',
      query: '{ sku { fee all: accessories { it: sku { id price: fee grams } } } }',
      data: {
        sku: {
          fee: 1800,
          all: [{ it: { id: 's2', price: 160, grams: 80 } }, { it: { id: 's3', price: 40, grams: 20 } }],
        },
      },
    },
    {
      fact: 'with variables, some of which are needed on one side alone',
      query: `query Fees($times: Int, $with: Boolean!) {
        sku { id @include(if: $with) accessory { sku { fee(times: $times) } } }
      }`,
      variables: { times: 3, with: true },
      data: { sku: { id: 's1', accessory: { sku: { fee: 240 } } } },
    },
    {
      fact: 'however deep',
      query: '{ sku { accessory { sku { fee accessory { sku { fee accessory { sku { fee } } } } } } } }',
      data: { sku: { accessory: { sku: { fee: 160, accessory: { sku: { fee: 40, accessory: null } } } } } },
    },
    {
      fact: 'as one of the members of a union',
      query: '{ sku { likely { __typename ... on Sku { fee } ... on Glue { ml } } } }',
      data: {
        sku: {
          likely: [
            { __typename: 'Glue', ml: 5 },
            { __typename: 'Sku', fee: 160 },
            { __typename: 'Sku', fee: 40 },
          ],
        },
      },
    },
    {
      fact: 'below members of a union',
      query: '{ pieces { ... on Box { of { accessory { sku { fee } } } } ... on Sku { accessory { sku { fee } } } } }',
      data: {
        pieces: [{ of: { accessory: { sku: { fee: 160 } } } }, { accessory: { sku: { fee: 40 } } }],
      },
    },
    {
      fact: 'of what a mutation answers',
      query: 'mutation { touch { accessory { sku { fee } } } }',
      data: { touch: { accessory: { sku: { fee: 160 } } } },
    },
  ],
};

function skuOf(id: string) {
  return { id, grams: GRAMS[id] };
}

function accessoriesOf(id: string) {
  return (ACCESSORIES[id] ?? []).map((other) => ({ sku: { id: other } }));
}
