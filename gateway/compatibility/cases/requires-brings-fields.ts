import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const SKUS = [
  { id: 's1', grams: 900, size: { width: 30, height: 10 }, price: 90 },
  { id: 's2', grams: null, size: null, price: 5 },
];

interface Reference {
  readonly id: string;
  readonly grams?: number | null;
  readonly size?: { readonly width: number; readonly height: number } | null;
}

export const requiresBringsFields: CompatibilityCase = {
  rule: '@requires brings fields of another subgraph, nested ones and nulls included',
  subgraphs: {
    catalog: {
      sdl: `${federation('@key', '@shareable')}
        type Query { skus: [Sku!]! }
        type Sku @key(fields: "id") { id: ID! grams: Int size: Size price: Int }
        type Size { width: Int! height: Int! }`,
      resolvers: { Query: { skus: () => SKUS }, Sku: { __resolveReference: byId(SKUS) } },
    },
    freight: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Sku @key(fields: "id") {
          id: ID!
          grams: Int @external
          size: Size @external
          fee: String @requires(fields: "grams size { width height }")
          zone: String
        }
        type Size @external { width: Int! height: Int! }`,
      resolvers: {
        Sku: {
          __resolveReference: (reference: Reference) => reference,
          zone: ({ grams }: Reference) => (grams === undefined ? 'any' : `with grams ${grams}`),
          fee: ({ grams, size }: Reference) => `${grams}g ${size ? `${size.width}x${size.height}` : String(size)}`,
        },
      },
    },
  },
  questions: [
    {
      fact: 'which are not shown',
      query: '{ skus { fee } }',
      data: { skus: [{ fee: '900g 30x10' }, { fee: 'nullg null' }] },
      requests: { catalog: 1, freight: 1 },
    },
    {
      fact: 'under whatever names the client gives to the same fields',
      query: '{ skus { grams: fee fee: grams size { height: width } zone: id } }',
      data: {
        skus: [
          { grams: '900g 30x10', fee: 900, size: { height: 30 }, zone: 's1' },
          { grams: 'nullg null', fee: null, size: null, zone: 's2' },
        ],
      },
    },
  ],
};
