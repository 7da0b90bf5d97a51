import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

interface Position {
  readonly sku: string;
  readonly place: { readonly store: string; readonly shelf: { readonly code: string } };
}
const POSITIONS: readonly Position[] = [
  { sku: 's1', place: { store: 'leeds', shelf: { code: 'a' } } },
  { sku: 's1', place: { store: 'leeds', shelf: { code: 'b' } } },
  { sku: 's2', place: { store: 'york', shelf: { code: 'a' } } },
];

export const keysMayBeCompound: CompatibilityCase = {
  rule: 'a key may have several fields and objects in it',
  subgraphs: {
    stock: {
      sdl: `${federation('@key', '@shareable')}
        type Query { positions: [Position!]! }
        type Position @key(fields: "sku place { store shelf { code } }") { sku: ID! place: Place! }
        type Place @shareable { store: ID! shelf: Shelf! }
        type Shelf @shareable { code: ID! }`,
      resolvers: { Query: { positions: () => POSITIONS } },
    },
    counts: {
      sdl: `${federation('@key', '@shareable')}
        type Position @key(fields: "place { shelf { code } store } sku") { sku: ID! place: Place! counted: String }
        type Place @shareable { store: ID! shelf: Shelf! }
        type Shelf @shareable { code: ID! }`,
      resolvers: {
        Position: {
          __resolveReference: (reference: Position) => reference,
          counted: ({ sku, place }: Position) => `${sku}/${place.store}/${place.shelf.code}`,
        },
      },
    },
  },
  questions: [
    {
      fact: 'all of it is sent, whatever the client selected of it',
      query: '{ positions { counted place { store } } }',
      data: {
        positions: [
          { counted: 's1/leeds/a', place: { store: 'leeds' } },
          { counted: 's1/leeds/b', place: { store: 'leeds' } },
          { counted: 's2/york/a', place: { store: 'york' } },
        ],
      },
      requests: { stock: 1, counts: 1 },
    },
    {
      fact: 'aliases inside it do not reach the key',
      query: '{ positions { place { store: shelf { code: __typename } shelf { store: code } } counted } }',
      data: {
        positions: [
          { place: { store: { code: 'Shelf' }, shelf: { store: 'a' } }, counted: 's1/leeds/a' },
          { place: { store: { code: 'Shelf' }, shelf: { store: 'b' } }, counted: 's1/leeds/b' },
          { place: { store: { code: 'Shelf' }, shelf: { store: 'a' } }, counted: 's2/york/a' },
        ],
      },
    },
  ],
};
