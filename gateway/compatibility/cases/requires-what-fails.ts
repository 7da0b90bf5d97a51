import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; grams?: number | null }>;

/** The scale is broken for one of the parcels. */
export const requiresWhatFails: CompatibilityCase = {
  rule: 'a required field that fails is told, and what needs it gets null for it',
  subgraphs: {
    scale: {
      sdl: `${federation('@key')}
        type Query { parcels: [Parcel!]! }
        type Parcel @key(fields: "id") { id: ID! grams: Int }`,
      resolvers: {
        Query: { parcels: () => [{ id: '1' }, { id: '2' }] },
        Parcel: {
          __resolveReference: (ref: Ref) => ref,
          grams: ({ id }: Ref) => {
            if (id === '2') throw new Error('the scale is broken');
            return 900;
          },
        },
      },
    },
    freight: {
      sdl: `${federation('@key', '@external', '@requires')}
        type Parcel @key(fields: "id") { id: ID! grams: Int @external fee: Int @requires(fields: "grams") name: String }`,
      resolvers: {
        Parcel: {
          __resolveReference: (ref: Ref) => ref,
          name: ({ id }: Ref) => `parcel ${id}`,
          fee: ({ grams }: Ref) => (grams === null || grams === undefined ? null : grams * 2),
        },
      },
    },
  },
  questions: [
    {
      fact: 'beside the others',
      query: '{ parcels { fee name } }',
      data: {
        parcels: [
          { fee: 1800, name: 'parcel 1' },
          { fee: null, name: 'parcel 2' },
        ],
      },
      errors: ['INTERNAL_SERVER_ERROR'],
    },
    {
      fact: 'with its place when the client has selected it',
      query: '{ parcels { weight: grams fee } }',
      data: {
        parcels: [
          { weight: 900, fee: 1800 },
          { weight: null, fee: null },
        ],
      },
      errors: ['parcels.1.weight INTERNAL_SERVER_ERROR'],
    },
  ],
};
