import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const ITEMS = [
  { __typename: 'Shoe', id: 'i1', weight: 4, size: 42 },
  { __typename: 'Bag', id: 'i2', weight: 7, size: null },
];

type Ref = Readonly<{ id: string; weight?: number }>;
const findItem = ({ id }: Ref) => ITEMS.find((item) => item.id === id) ?? null;

export const interfaceObjectsRequireFields: CompatibilityCase = {
  rule: '@requires on an interface object brings what the interface has elsewhere',
  subgraphs: {
    catalog: {
      sdl: `${federation('@key')}
        type Query { items: [Item!]! }
        interface Item @key(fields: "id") { id: ID! weight: Int }
        type Shoe implements Item @key(fields: "id") { id: ID! weight: Int size: Int }
        type Bag implements Item @key(fields: "id") { id: ID! weight: Int }`,
      resolvers: {
        Query: { items: () => ITEMS },
        Item: { __resolveReference: findItem },
        Shoe: { __resolveReference: findItem },
        Bag: { __resolveReference: findItem },
      },
    },
    freight: {
      sdl: `${federation('@key', '@external', '@requires', '@interfaceObject')}
        type Query { sent: [Item!]! }
        type Item @key(fields: "id") @interfaceObject { id: ID! weight: Int @external fee: Int @requires(fields: "weight") }`,
      resolvers: {
        Query: { sent: () => ITEMS.map(({ id }) => ({ __typename: 'Item', id })) },
        Item: {
          __resolveReference: ({ id, weight }: Ref) => ({ __typename: 'Item', id, weight }),
          fee: ({ weight }: Ref) => (weight ?? Number.NaN) * 2,
        },
      },
    },
  },
  questions: [
    {
      fact: 'from the interface object',
      query: '{ sent { id weight fee } }',
      data: {
        sent: [
          { id: 'i1', weight: 4, fee: 8 },
          { id: 'i2', weight: 7, fee: 14 },
        ],
      },
    },
    {
      fact: 'from the interface',
      query: '{ items { fee __typename } }',
      data: {
        items: [
          { fee: 8, __typename: 'Shoe' },
          { fee: 14, __typename: 'Bag' },
        ],
      },
    },
    {
      fact: 'for one of its types',
      query: '{ sent { ... on Shoe { size fee weight } id } }',
      data: { sent: [{ size: 42, fee: 8, weight: 4, id: 'i1' }, { id: 'i2' }] },
    },
  ],
};
