import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Ref = Readonly<{ id: string; grams?: string; cost?: string }>;

const THING = { __resolveType: ({ __typename }: { __typename: string }) => __typename };
const keep = (reference: Ref) => reference;
const sku = (id: string) => ({ __typename: 'Sku', id });
const spot = (id: string) => ({ of: id === '2' ? { __typename: 'Bundle', id } : sku(id) });

/** Of what lies at the spot of a SKU the catalog is first asked for nothing of SKUs, which the store completes. */
export const fragmentsWhoseFieldsMoveOn: CompatibilityCase = {
  rule: 'a fragment all of whose fields come from elsewhere leaves the others of its place as they are',
  subgraphs: {
    catalog: {
      sdl: `${federation('@key', '@shareable', '@external', '@requires')}
        type Query { bundles: [Bundle!]! }
        type Sku @key(fields: "id") {
          id: ID! mate: Sku place: Spot @shareable grams: String @external fee: String @requires(fields: "grams")
        }
        type Bundle @key(fields: "id") { id: ID! cost: String @external price: String @requires(fields: "cost") }
        type Shelf @key(fields: "id") { id: ID! items: [Thing] @shareable }
        type Spot @shareable { of: Thing }
        union Thing = Sku | Bundle | Shelf`,
      resolvers: {
        Query: { bundles: () => [{ id: '1' }] },
        Sku: {
          __resolveReference: keep,
          mate: ({ id }: Ref) => sku(`${id}-mate`),
          place: ({ id }: Ref) => spot(id),
          fee: ({ grams }: Ref) => `fee of ${grams}`,
        },
        Bundle: { __resolveReference: keep, price: ({ cost }: Ref) => `price of ${cost}` },
        Shelf: { __resolveReference: keep, items: () => [sku('1'), sku('2')] },
        Thing: THING,
      },
    },
    store: {
      sdl: `${federation('@key', '@shareable')}
        type Sku @key(fields: "id") { id: ID! grams: String place: Spot @shareable }
        type Bundle @key(fields: "id") { id: ID! cost: String spot: Spot }
        type Shelf @key(fields: "id") { id: ID! items: [Thing] @shareable next: Shelf }
        type Spot @shareable { of: Thing }
        union Thing = Sku | Bundle | Shelf`,
      resolvers: {
        Sku: { __resolveReference: keep, grams: ({ id }: Ref) => `${id} g`, place: ({ id }: Ref) => spot(id) },
        Bundle: {
          __resolveReference: keep,
          cost: ({ id }: Ref) => `${id} €`,
          spot: () => ({ of: { __typename: 'Shelf', id: 's1' } }),
        },
        Shelf: { __resolveReference: keep, items: () => [sku('1'), sku('2')], next: () => ({ id: 's2' }) },
        Thing: THING,
      },
    },
  },
  questions: [
    {
      fact: 'beside fields of another type that stay',
      query: `{ bundles { spot { of { ... on Shelf { next { items { ... on Sku {
        mate { id } id place { of { ... on Sku { grams fee } ... on Bundle { price id } } }
      } } } } } } } }`,
      data: {
        bundles: [
          {
            spot: {
              of: {
                next: {
                  items: [
                    { mate: { id: '1-mate' }, id: '1', place: { of: { grams: '1 g', fee: 'fee of 1 g' } } },
                    { mate: { id: '2-mate' }, id: '2', place: { of: { price: 'price of 2 €', id: '2' } } },
                  ],
                },
              },
            },
          },
        ],
      },
    },
  ],
};
