import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

interface Basket {
  readonly id: string;
  readonly lines: readonly { readonly sku: { readonly id: string }; readonly note: string | null }[];
}
const BASKETS: readonly Basket[] = [
  {
    id: 'b1',
    lines: [
      { sku: { id: 's1' }, note: 'gift' },
      { sku: { id: 's2' }, note: null },
    ],
  },
  { id: 'b2', lines: [] },
];

/** A basket is priced as a whole: what is in it is part of its key, entities of their own included. */
export const keysMayHoldLists: CompatibilityCase = {
  rule: 'a key may go through lists and other entities',
  subgraphs: {
    baskets: {
      sdl: `${federation('@key', '@shareable')}
        type Query { baskets: [Basket!]! }
        type Basket @key(fields: "id lines { sku { id } note }") { id: ID! lines: [Line!]! @shareable }
        type Line @shareable { sku: Sku! note: String }
        type Sku @key(fields: "id") { id: ID! }`,
      resolvers: { Query: { baskets: () => BASKETS } },
    },
    promotions: {
      sdl: `${federation('@key', '@shareable')}
        type Basket @key(fields: "id lines { sku { id } note }") { id: ID! lines: [Line!]! @shareable discount: String }
        type Line @shareable { sku: Sku! note: String }
        type Sku @key(fields: "id") { id: ID! promoted: Boolean }`,
      resolvers: {
        Basket: {
          __resolveReference: (reference: Basket) => reference,
          discount: ({ lines }: Basket) => lines.map(({ sku, note }) => `${sku.id}:${note ?? '-'}`).join(),
        },
        Sku: { __resolveReference: ({ id }: { id: string }) => ({ id, promoted: id === 's1' }) },
      },
    },
  },
  questions: [
    {
      fact: 'the list is sent with nulls and empty lists as they are',
      query: '{ baskets { discount } }',
      data: { baskets: [{ discount: 's1:gift,s2:-' }, { discount: '' }] },
    },
    {
      fact: 'the entities in it are joined as well',
      query: '{ baskets { lines { sku { promoted } } discount } }',
      data: {
        baskets: [
          { lines: [{ sku: { promoted: true } }, { sku: { promoted: false } }], discount: 's1:gift,s2:-' },
          { lines: [], discount: '' },
        ],
      },
    },
  ],
};
