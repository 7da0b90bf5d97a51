import { federation } from '../compatibility-case.ts';
import type { CompatibilityCase } from '../compatibility-case.ts';

const BOOK = { __typename: 'Book', id: 'b1', title: 'Dune', pages: 600, aTitle: 'A' };
const FILM = { __typename: 'Film', id: 'f1', title: 'Alien', minutes: 117 };
const SONG = { __typename: 'Song', title: 'Help' };

/** `shop` knows books and films, `library` books and songs; both answer the shared field `media`. */
export const unionsDifferBySubgraph: CompatibilityCase = {
  rule: 'a union has the members of all subgraphs, and each is asked for those that it knows',
  subgraphs: {
    shop: {
      sdl: `${federation('@key', '@shareable')}
        type Query { media: Media @shareable film: Media @shareable list: [Media] wrapped: Wrapper own: ShopMedia }
        union Media = Book | Film
        union ShopMedia = Film
        type Wrapper @key(fields: "id") { id: ID! media: [Media!]! @shareable }
        type Book @key(fields: "id") { id: ID! title: String! @shareable aTitle: String }
        type Film @key(fields: "id") { id: ID! title: String! @shareable minutes: Int }`,
      resolvers: {
        Query: {
          media: () => BOOK,
          film: () => FILM,
          list: () => [BOOK, FILM, null],
          wrapped: () => ({ id: 'w', media: [BOOK] }),
          own: () => FILM,
        },
        Wrapper: { __resolveReference: () => ({ id: 'w', media: [BOOK, FILM] }) },
        Book: { __resolveReference: () => BOOK },
        Film: { __resolveReference: () => FILM },
      },
    },
    library: {
      sdl: `${federation('@key', '@shareable')}
        type Query { media: Media @shareable film: Media @shareable songs: [Media] }
        union Media = Book | Song
        union ShopMedia = Book
        type Wrapper @key(fields: "id") { id: ID! media: [Media!]! @shareable label: String other: [Media] }
        type Song @shareable { title: String! }
        type Book @key(fields: "id") { id: ID! title: String! @shareable pages: Int }`,
      resolvers: {
        Query: { media: () => BOOK, film: () => null, songs: () => [SONG, BOOK] },
        Wrapper: { __resolveReference: () => ({ id: 'w', label: 'library', media: [BOOK], other: [SONG, BOOK] }) },
        Book: { __resolveReference: () => BOOK },
      },
    },
  },
  questions: [
    {
      fact: 'a member that both know',
      query: '{ media { ... on Book { title pages aTitle } } }',
      data: { media: { title: 'Dune', pages: 600, aTitle: 'A' } },
    },
    {
      fact: 'a member that stands in one alone',
      query: '{ songs { __typename ... on Song { title } ... on Book { title } ... on Film { title } } }',
      data: {
        songs: [
          { __typename: 'Song', title: 'Help' },
          { __typename: 'Book', title: 'Dune' },
        ],
      },
    },
    {
      fact: 'conditions that can never be met select nothing',
      query: '{ songs { ... on Film { minutes } } list { ... on Song { title } } own { ... on Book { id } } }',
      data: { songs: [{}, {}], list: [{}, {}, null], own: {} },
    },
    {
      fact: 'a shared field with fields of several members',
      query: '{ media { __typename ... on Film { minutes } ... on Song { title } ... on Book { pages } } }',
      data: { media: { __typename: 'Book', pages: 600 } },
    },
    {
      fact: 'below an entity that both answer',
      query: '{ wrapped { label media { ... on Book { pages } ... on Film { minutes } } other { __typename } } }',
      data: {
        wrapped: { label: 'library', media: [{ pages: 600 }], other: [{ __typename: 'Song' }, { __typename: 'Book' }] },
      },
    },
    {
      fact: 'the same key for other fields of each member',
      query: '{ list { ... on Book { x: pages id } ... on Film { x: minutes id } } }',
      data: { list: [{ x: 600, id: 'b1' }, { x: 117, id: 'f1' }, null] },
    },
  ],
};
