import { byId, federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const BOOKS = [
  { __typename: 'Book', id: '1', price: 10.99, twin: '3' },
  { __typename: 'Book', id: '3', price: 10.99, twin: '1' },
];

export const interfacesMayReferToThemselves: CompatibilityCase = {
  rule: 'an interface whose field returns the interface is narrowed by its types, round and round',
  subgraphs: {
    shop: {
      sdl: `${federation('@key', '@external', '@provides')}
        type Query { product: Product }
        interface Product { same: Product }
        type Book implements Product @key(fields: "id") { id: ID! same: Book @provides(fields: "price") price: Float @external }`,
      resolvers: {
        Query: { product: () => BOOKS[0] },
        Book: { same: ({ id }: { id: string }) => BOOKS.find(({ twin }) => twin === id) },
      },
    },
    prices: {
      sdl: `${federation('@key', '@shareable')} type Book @key(fields: "id") { id: ID! price: Float @shareable }`,
      resolvers: { Book: { __resolveReference: byId(BOOKS) } },
    },
  },
  questions: [
    {
      fact: 'by the interface',
      query: '{ product { same { ... on Product { same { __typename } } } } }',
      data: { product: { same: { same: { __typename: 'Book' } } } },
    },
    {
      fact: 'by the interface and by the type at once',
      query: `{ product { __typename same { __typename ... on Book { id } same { __typename ... on Book { id } } }
        ... on Book { __typename id price same { id price } } } }`,
      data: {
        product: {
          __typename: 'Book',
          same: { __typename: 'Book', id: '3', same: { __typename: 'Book', id: '1' }, price: 10.99 },
          id: '1',
          price: 10.99,
        },
      },
    },
  ],
};
