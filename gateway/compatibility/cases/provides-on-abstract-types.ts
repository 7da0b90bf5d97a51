import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const BOOK = { __typename: 'Book', id: 'b1', title: 'Dune', pages: 600 };
const FILM = { __typename: 'Film', id: 'f1', title: 'Alien', minutes: 117 };

export const providesOnAbstractTypes: CompatibilityCase = {
  rule: '@provides may select by type of a union or an interface',
  subgraphs: {
    media: {
      sdl: `${federation('@key', '@shareable')}
        interface Media { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String @shareable pages: Int }
        type Film implements Media @key(fields: "id") { id: ID! title: String @shareable minutes: Int }`,
      resolvers: { Book: { __resolveReference: () => BOOK }, Film: { __resolveReference: () => FILM } },
    },
    shop: {
      sdl: `${federation('@key', '@external', '@provides', '@shareable')}
        type Query {
          shelf: [Item] @provides(fields: "... on Book { title }")
          window: [Media] @provides(fields: "... on Film { title }")
        }
        union Item = Book | Film
        interface Media { id: ID! }
        type Book implements Media @key(fields: "id") { id: ID! title: String @external }
        type Film implements Media @key(fields: "id") { id: ID! title: String @external }`,
      resolvers: {
        Query: { shelf: () => [BOOK, FILM], window: () => [BOOK, FILM] },
        Book: { title: () => 'Dune (shop)' },
        Film: { title: () => 'Alien (shop)' },
      },
    },
  },
  questions: [
    {
      fact: 'of a union',
      query: '{ shelf { ... on Book { title } } }',
      data: { shelf: [{ title: 'Dune (shop)' }, {}] },
      requests: { shop: 1 },
    },
    {
      fact: 'of a union, with the rest from the owner',
      query: '{ shelf { __typename ... on Book { title pages } ... on Film { title } } }',
      data: {
        shelf: [
          { __typename: 'Book', title: 'Dune (shop)', pages: 600 },
          { __typename: 'Film', title: 'Alien' },
        ],
      },
    },
    {
      fact: 'of an interface',
      query: '{ window { id ... on Film { title } } }',
      data: { window: [{ id: 'b1' }, { id: 'f1', title: 'Alien (shop)' }] },
      requests: { shop: 1 },
    },
    {
      fact: 'of an interface, with a field of all its types',
      query: '{ window { title } }',
      data: { window: [{ title: 'Dune' }, { title: 'Alien (shop)' }] },
    },
  ],
};
