import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

type Pieces = readonly Readonly<Record<string, unknown>>[];

const SKU = { __typename: 'Sku', code: 'S1' };
const PALLET = { __typename: 'Pallet', parts: [{ no: 1 }, { no: 2 }] };
const VOUCHER = { __typename: 'Voucher', value: { amount: 20 } };

const displayOf = (pieces: Pieces) => ({ id: 'd1', shelf: { pieces } });
const reference = (pieces: Pieces) => ({ __resolveReference: () => displayOf(pieces) });

const ALL = `__typename
  ... on Sku { code } ... on Pallet { parts(first: $first) { no } } ... on Voucher { value { amount } }`;

/** The shelf of a display is what its subgraph puts on it, although both resolve it. */
export const unionsDifferWhereFieldsAreShared: CompatibilityCase = {
  rule: 'a shared field of a union asks the subgraph that it comes from for all members which that one has',
  subgraphs: {
    stock: {
      sdl: `${federation('@key', '@shareable')}
        type Query { inStore: Display both: Display @shareable }
        type Display @key(fields: "id") { id: ID! shelf: Shelf @shareable }
        type Shelf @shareable { pieces: [Piece!]! }
        union Piece = Sku | Pallet
        type Sku @shareable { code: String }
        type Pallet { parts(first: Int = 9): [Part!]! }
        type Part { no: Int }`,
      resolvers: {
        Query: { inStore: () => displayOf([SKU, PALLET]), both: () => displayOf([SKU]) },
        Display: reference([SKU, PALLET]),
        Pallet: {
          parts: ({ parts }: typeof PALLET, { first }: { first: number }) => parts.slice(0, first),
        },
      },
    },
    gifts: {
      sdl: `${federation('@key', '@shareable')}
        type Query { online: Display both: Display @shareable }
        type Display @key(fields: "id") { id: ID! shelf: Shelf @shareable wrapped: Shelf }
        type Shelf @shareable { pieces: [Piece!]! }
        union Piece = Sku | Voucher
        type Sku @shareable { code: String }
        type Voucher { value: Money }
        type Money { amount: Int }`,
      resolvers: {
        Query: { online: () => displayOf([SKU, VOUCHER]), both: () => displayOf([SKU]) },
        Display: { ...reference([SKU, VOUCHER]), wrapped: () => ({ pieces: [VOUCHER, SKU] }) },
      },
    },
  },
  questions: [
    {
      fact: 'of the one',
      query: `query ($first: Int) { inStore { shelf { pieces { ${ALL} } } } }`,
      variables: { first: 1 },
      data: {
        inStore: { shelf: { pieces: [SKU, { __typename: 'Pallet', parts: [{ no: 1 }] }] } },
      },
      requests: { stock: 1 },
    },
    {
      fact: 'of the other, which knows neither the member nor the variable of the one',
      query: `query ($first: Int) { online { shelf { pieces { ${ALL} } } } }`,
      variables: { first: 1 },
      data: { online: { shelf: { pieces: [SKU, VOUCHER] } } },
      requests: { gifts: 1 },
    },
    {
      fact: 'what it does not have is not there',
      query: '{ inStore { shelf { pieces { ... on Voucher { value { amount } } } } } }',
      data: { inStore: { shelf: { pieces: [{}, {}] } } },
      requests: { stock: 1 },
    },
    {
      fact: 'of both what both have',
      query: `query ($first: Int) { both { shelf { pieces { ${ALL} } } } }`,
      data: { both: { shelf: { pieces: [SKU] } } },
    },
    {
      fact: 'after a hop',
      query: `query ($first: Int) { inStore { wrapped { pieces { ${ALL} } } } }`,
      data: { inStore: { wrapped: { pieces: [VOUCHER, SKU] } } },
      requests: { stock: 1, gifts: 1 },
    },
    {
      fact: 'through fragments that are long enough to be sent as such',
      query: `query ($first: Int) {
        a: inStore { shelf { ...Pieces } } b: inStore { shelf { ...Pieces } } c: inStore { shelf { ...Pieces } }
        d: online { shelf { ...Pieces } } e: online { shelf { ...Pieces } wrapped { ...Pieces } }
      }
      fragment Pieces on Shelf { pieces { ${ALL} } more: pieces { ${ALL} } }`,
      data: {
        ...Object.fromEntries(['a', 'b', 'c'].map((key) => [key, { shelf: doubled([SKU, PALLET]) }])),
        d: { shelf: doubled([SKU, VOUCHER]) },
        e: { shelf: doubled([SKU, VOUCHER]), wrapped: doubled([VOUCHER, SKU]) },
      },
    },
  ],
};

function doubled(pieces: Pieces) {
  return { pieces, more: pieces };
}
