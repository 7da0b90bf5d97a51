import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; price?: number }>;

/** `freight` fails loudly for whatever a condition should have kept from it. */
export const conditionsHoldEverywhere: CompatibilityCase = {
  rule: '@include and @skip hold at every level, across hops, and nothing that they exclude is fetched',
  subgraphs: {
    shop: {
      sdl: `${federation('@key')}
        type Query { sku: Sku list: [Sku] }
        type Sku @key(fields: "id") { id: ID! price: Int other: Sku }`,
      resolvers: {
        Query: { sku: () => ({ id: 's1', price: 9 }), list: () => [{ id: 's1', price: 9 }, null] },
        Sku: {
          __resolveReference: ({ id }: Ref) => ({ id, price: 9 }),
          other: () => ({ id: 's2', price: 8 }),
        },
      },
    },
    freight: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Sku @key(fields: "id") {
          id: ID! price: Int @external
          fee: Int @requires(fields: "price")
          included: Boolean
          skipped: Boolean
          neverCalled: String
          box: Box
        }
        type Box { size: Int fails: Int }`,
      resolvers: {
        Sku: {
          __resolveReference: (ref: Ref) => ref,
          fee: ({ price }: Ref) => (price ?? Number.NaN) + 1,
          included: () => true,
          skipped: () => true,
          neverCalled: () => {
            throw new Error('it was called');
          },
          box: () => ({ size: 3 }),
        },
        Box: {
          fails: () => {
            throw new Error('it was called');
          },
        },
      },
    },
  },
  questions: [
    {
      fact: 'on fields of another subgraph',
      query: `query ($y: Boolean! = true, $n: Boolean! = false) {
        sku { price neverCalled @include(if: $n) skipped @skip(if: $n) included @include(if: $y) x: neverCalled @skip(if: $y) }
      }`,
      data: { sku: { price: 9, skipped: true, included: true } },
    },
    {
      fact: 'on fragments around a hop',
      query: `query ($y: Boolean!, $n: Boolean!) {
        sku { id ... on Sku @include(if: $n) { neverCalled } ...F @skip(if: $y) ... @include(if: $y) { fee } }
      } fragment F on Sku { neverCalled }`,
      variables: { y: true, n: false },
      data: { sku: { id: 's1', fee: 10 } },
    },
    {
      fact: 'so that a subgraph which is not needed is not asked',
      query: 'query ($n: Boolean!) { sku { id ... @include(if: $n) { fee box { size } } } }',
      variables: { n: false },
      data: { sku: { id: 's1' } },
      requests: { shop: 1 },
    },
    {
      fact: 'both on one field',
      query: `query ($y: Boolean!, $n: Boolean!) {
        sku { a: included @include(if: $y) @skip(if: $n) b: neverCalled @include(if: $y) @skip(if: $y) c: neverCalled @skip(if: $n) @include(if: $n) }
      }`,
      variables: { y: true, n: false },
      data: { sku: { a: true } },
    },
    {
      fact: 'below objects of another subgraph and through lists',
      query:
        'query ($y: Boolean!) { list { box { size fails @skip(if: $y) } other @include(if: $y) { box @skip(if: $y) { fails } fee } } }',
      variables: { y: true },
      data: { list: [{ box: { size: 3 }, other: { fee: 9 } }, null] },
    },
    {
      fact: 'a field that one selection excludes and another includes is there',
      query:
        'query ($n: Boolean!) { sku { fee @include(if: $n) ...F } } fragment F on Sku { fee box { size @include(if: $n) } box { size } }',
      variables: { n: false },
      data: { sku: { fee: 10, box: { size: 3 } } },
    },
    {
      fact: 'on fields of the root, down to nothing at all',
      query: 'query ($n: Boolean!) { sku @include(if: $n) { id } ... @skip(if: true) { list { id } } }',
      variables: { n: false },
      data: {},
      requests: {},
    },
    {
      fact: 'with everything below left out',
      query: 'query ($n: Boolean!) { sku { box { size @include(if: $n) } other { fee @include(if: $n) } } }',
      variables: { n: false },
      data: { sku: { box: {}, other: {} } },
    },
    {
      fact: 'a condition that is no boolean is refused',
      query: 'query ($n: Boolean!) { sku { id @include(if: $n) } }',
      variables: { n: 'yes' },
      errors: ['BAD_USER_INPUT'],
    },
  ],
};
